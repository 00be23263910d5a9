/* The facets: links to groups in the page as it came, boxes to tick once script runs. */
(function (showcase) {
  "use strict";

  var element = showcase.dom.element;
  var each = showcase.dom.each;
  var SHORT = 8; // values of a facet that are shown at once; search.css knows it too

  /* choose(facet, slugs) is called when a visitor ticks or unticks. */
  function Facets(panel, choose) {
    var self = this;
    this.choose = choose;
    this.known = {};
    this.boxes = [];
    each(panel.querySelectorAll(".facet"), function (node) { self.boxes.push(self.take(node)); });
  }

  Facets.prototype.take = function (node) {
    var self = this;
    var box = { kind: node.getAttribute("data-facet"), node: node, all: node.querySelector(".facet__all"), isLong: false };
    box.rows = Array.prototype.map.call(node.querySelectorAll("a.facet__row"), function (link) {
      return self.tickable(link, box);
    });
    this.known[box.kind] = box.rows.map(function (row) { return row.slug; });
    if (box.all) {
      box.all.addEventListener("click", function () {
        box.isLong = !box.isLong;
        self.showBox(box);
      });
    }
    return box;
  };

  Facets.prototype.tickable = function (link, box) {
    var self = this;
    var slug = link.getAttribute("data-value");
    var input = element("input", { type: "checkbox", value: slug, name: box.kind, autocomplete: "off" });
    var label = element("label", { class: "facet__row" }, [input]);
    while (link.firstChild) {
      label.appendChild(link.firstChild);
    }
    link.parentNode.replaceChild(label, link);
    input.addEventListener("change", function () {
      self.choose(box.kind, box.rows.filter(function (row) { return row.input.checked; }).map(function (row) {
        return row.slug;
      }));
    });
    var count = label.querySelector(".facet__count");
    var total = Number(count.textContent);
    return {
      slug: slug, text: label.querySelector(".facet__text").textContent, input: input, count: count, node: label.parentNode,
      total: total, initial: total
    };
  };

  /* counts: facet → slug → number, or null for those that the page came with. */
  Facets.prototype.show = function (counts, chosen) {
    var self = this;
    this.boxes.forEach(function (box) {
      box.rows.forEach(function (row) {
        row.total = counts ? (counts[box.kind] || {})[row.slug] || 0 : row.initial;
        row.count.textContent = String(row.total);
        row.input.checked = chosen[box.kind].indexOf(row.slug) >= 0;
      });
      self.showBox(box);
    });
  };

  /* Values that would show nothing are hidden, and of a long facet all but the first few. */
  Facets.prototype.showBox = function (box) {
    var useful = 0;
    box.rows.forEach(function (row) {
      var isUseful = row.total > 0 || row.input.checked;
      useful += isUseful ? 1 : 0;
      row.node.hidden = !isUseful || (useful > SHORT && !box.isLong && !row.input.checked);
    });
    if (box.all) {
      box.all.hidden = useful <= SHORT;
      box.all.textContent = box.isLong ? "收起" : "显示全部 " + useful + " 项";
      box.all.setAttribute("aria-expanded", String(box.isLong));
    }
    box.node.hidden = !useful;
  };

  /* What is chosen: [{kind, slug, text}] in the order of the facets. */
  Facets.prototype.chosen = function (chosen) {
    var rows = [];
    this.boxes.forEach(function (box) {
      box.rows.forEach(function (row) {
        if (chosen[box.kind].indexOf(row.slug) >= 0) {
          rows.push({ kind: box.kind, slug: row.slug, text: row.text });
        }
      });
    });
    return rows;
  };

  Facets.prototype.nothing = function () {
    var chosen = {};
    Object.keys(this.known).forEach(function (kind) { chosen[kind] = []; });
    return chosen;
  };

  showcase.Facets = Facets;
})((window.ShowcaseSearch = window.ShowcaseSearch || {}));
