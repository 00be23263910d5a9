/* What the finder shows: chips, how many there are, results, and ways out where there are none. */
(function (showcase) {
  "use strict";

  var Finder = showcase.Finder;
  var element = showcase.dom.element;
  var fill = showcase.dom.fill;

  Finder.prototype.showChips = function () {
    var self = this;
    var chips = [];
    var hadFocus = this.chips.contains(document.activeElement);
    function chip(text, name, action) {
      var button = element("button", { type: "button", class: "chip", "aria-label": name }, [text]);
      button.addEventListener("click", action);
      chips.push(element("li", {}, [button]));
    }
    var chosen = this.facets.chosen(this.state.chosen);
    chosen.forEach(function (row) {
      chip(row.text + " ×", "去掉条件：" + row.text, function () {
        self.choose(row.kind, self.state.chosen[row.kind].filter(function (one) { return one !== row.slug; }));
      });
    });
    if (chosen.length > 1) {
      chip("全部清除", "清除全部筛选条件", function () { self.change({ chosen: self.facets.nothing() }); });
    }
    fill(this.chips, chips);
    this.chips.hidden = !chips.length;
    this.toggle.textContent = chosen.length ? "筛选（" + chosen.length + "）" : "筛选";
    if (hadFocus) {
      (this.chips.querySelector("button") || this.select).focus();
    }
  };

  Finder.prototype.showStill = function () {
    this.facets.show(null, this.state.chosen);
    this.static.hidden = false;
    this.list.hidden = true;
    this.list.setAttribute("aria-busy", "false");
    this.more.hidden = true;
    this.tell(this.stillStatus, this.stillStatus.replace(/\D/g, ""));
  };

  Finder.prototype.showStatus = function () {
    var text = this.state.q ? "“" + this.state.q + "”找到 " : "共 ";
    text += this.slots.length + " 个案例";
    if (this.query.dropped.length) {
      text += "（“" + this.query.dropped.join("”“") + "”里没有文字，已略过）";
    }
    this.tell(text, this.slots.length);
  };

  Finder.prototype.tell = function (text, count) {
    if (this.status.textContent !== text) {
      fill(this.status, [text]);
    }
    fill(this.close, ["看结果（" + count + "）"]);
  };

  /* Results from *first* to as many as the state shows. */
  Finder.prototype.show = function (first) {
    var self = this;
    var turn = this.turn;
    var index = this.index;
    var terms = this.query.wanted;
    var slots = this.slots.slice(first, this.state.shown);
    this.list.setAttribute("aria-busy", "true");
    return Promise.all(slots.map(function (slot) { return index.card(slot); })).then(function (cards) {
      if (turn !== self.turn) {
        return null;
      }
      var made = cards.map(function (card) { return showcase.cardOf(card, terms, self.rootUrl); });
      if (!first) {
        fill(self.list, self.slots.length ? [self.results] : [self.empty()]);
        fill(self.results, []);
        self.static.hidden = true;
        self.list.hidden = false;
      }
      made.forEach(function (one) { self.results.appendChild(one.node); });
      self.more.hidden = self.slots.length <= self.state.shown;
      return Promise.all(terms.length ? slots.map(function (slot, place) {
        return self.showWords(made[place].words, slot, cards[place]);
      }) : []);
    }).then(function () {
      if (turn === self.turn) {
        self.list.setAttribute("aria-busy", "false");
      }
    });
  };

  Finder.prototype.showWords = function (target, slot, card) {
    var hits = this.found.wanted.map(function (cases) { return cases.get(slot); });
    return this.index.words(card, this.query.wanted, hits).then(function (parts) {
      fill(target, showcase.dom.inMarks(parts));
    });
  };

  Finder.prototype.showMore = function () {
    var self = this;
    var before = this.state.shown;
    this.state.shown += showcase.state.PAGE;
    this.note(false);
    this.show(before).then(function () {
      var next = self.results.children[before] && self.results.children[before].querySelector("h3 a");
      if (next) {
        next.focus();
      }
    });
  };

  Finder.prototype.fail = function (error) {
    var self = this;
    if (window.console) {
      window.console.error(error);
    }
    var button = element("button", { type: "button", class: "finder__again" }, ["再试一次"]);
    button.addEventListener("click", function () { self.run(); });
    fill(this.status, ["搜索数据没有加载成功，请检查网络。"]);
    fill(this.list, [button]);
    this.list.setAttribute("aria-busy", "false");
    this.static.hidden = true;
    this.list.hidden = false;
    this.more.hidden = true;
  };

  /* What to say when nothing was found, and what to try. */
  Finder.prototype.empty = function () {
    var self = this;
    var state = this.state;
    var nothing = this.facets.nothing();
    var tries = [];
    function offer(text, part) {
      var next = Object.assign({}, state, part);
      var link = element("a", { href: location.pathname + showcase.state.write(next) }, [text]);
      link.addEventListener("click", function (event) {
        event.preventDefault();
        self.change(part);
      });
      tries.push(element("li", {}, [link]));
    }
    if (this.found.slots.length) {
      offer("去掉筛选条件，看全部 " + this.found.slots.length + " 个结果", { chosen: nothing });
    } else {
      var terms = this.query.wanted;
      terms.forEach(function (term, place) {
        var count = self.found.wanted[place].size;
        if (count && (terms.length > 1 || self.query.unwanted.length)) {
          offer("只搜“" + term + "”：" + count + " 个案例", { q: term, chosen: nothing });
        } else if (!count) {
          tries.push(element("li", {}, ["没有案例含有“" + term + "”，换一个说法或少几个字试试"]));
        }
      });
    }
    offer("看全部案例", { q: "", chosen: nothing, sort: "" });
    return element("div", { class: "finder__empty" }, [
      element("p", {}, ["没有找到符合条件的案例。可以这样试试："]),
      element("ul", {}, tries)
    ]);
  };

  function begin() {
    showcase.dom.each(document.querySelectorAll("[data-finder]"), function (host) { new Finder(host); });
  }
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", begin);
  } else {
    begin();
  }
})((window.ShowcaseSearch = window.ShowcaseSearch || {}));
