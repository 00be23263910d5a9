/* What becomes of the cases found: narrowed by facets, counted, sorted, each with its card and its words. */
(function (showcase) {
  "use strict";

  var Index = showcase.Index;
  var excerpt = showcase.excerpt;
  var fold = showcase.fold;
  var load = showcase.load;
  var marked = showcase.marked;

  /* Of *slots* those that pass the chosen facets (any value of a facet, every facet), and how many cases each value
     would show, facet → slug → number: of a facet's own values as if nothing were chosen in it. */
  Index.prototype.narrow = function (slots, chosen) {
    var self = this;
    var names = Object.keys(this.root.labels);
    var counts = {};
    var sets = {};
    names.forEach(function (facet) {
      var labels = self.root.labels[facet];
      counts[facet] = {};
      labels.forEach(function (row) { counts[facet][row[0]] = 0; });
      if (chosen[facet] && chosen[facet].length) {
        sets[facet] = labels.map(function (row) { return chosen[facet].indexOf(row[0]) >= 0; });
      }
    });
    var passed = slots.filter(function (slot) {
      var failed = Object.keys(sets).filter(function (facet) {
        return !self.facets[facet][slot].some(function (value) { return sets[facet][value]; });
      });
      if (failed.length < 2) {
        (failed.length ? failed : names).forEach(function (facet) {
          self.facets[facet][slot].forEach(function (value) { counts[facet][self.root.labels[facet][value][0]]++; });
        });
      }
      return !failed.length;
    });
    return { slots: passed, counts: counts };
  };

  var WEIGHTS = [64, 16, 4, 1];

  Index.prototype.sort = function (slots, wanted, order) {
    var self = this;
    function year(slot) {
      var cell = self.facets.year ? self.facets.year[slot] : [];
      return cell.length ? self.years[cell[0]] : 0;
    }
    var keys = new Map();
    slots.forEach(function (slot) {
      var weight = wanted.reduce(function (sum, cases) { return sum + WEIGHTS[cases.get(slot).zone]; }, 0);
      var rank = self.ranks[slot];
      var key = [weight, rank, year(slot)];
      if (order === "honour") {
        key = [rank, year(slot), weight];
      } else if (order === "year" || !wanted.length) {
        key = [year(slot), rank, weight];
      }
      keys.set(slot, key);
    });
    return slots.slice().sort(function (a, b) {
      var x = keys.get(a);
      var y = keys.get(b);
      return y[0] - x[0] || y[1] - x[1] || y[2] - x[2] || a - b;
    });
  };

  Index.prototype.card = function (slot) {
    var size = this.root.shelf;
    var shelf = Math.floor(slot / size);
    return load(this.base + "c/" + shelf + "-" + this.shelves.substr(shelf * 6, 6) + ".json", "json").then(function (cards) {
      return cards[slot % size];
    });
  };

  Index.prototype.piece = function (card, index) {
    return load(this.base + "x/" + card.x[index].slice(0, 2) + "/" + card.x[index] + ".json", "json");
  };

  /* The words under a result, in parts: around the first wanted term that is not in the title alone. */
  Index.prototype.words = function (card, terms, hits) {
    var self = this;
    var lead = marked(card.l, terms);
    var chosen = 0;
    while (chosen < terms.length && hits[chosen].zone === 0) {
      chosen++;
    }
    if (chosen === terms.length) {
      return Promise.resolve(lead);
    }
    var order = [terms[chosen]].concat(terms.filter(function (term) { return term !== terms[chosen]; }));
    var behind = hits[chosen].at - self.root.zones[3];
    var index = behind >= 0 ? Math.floor(behind / self.root.piece) : 0;
    if (index >= card.x.length) {
      index = 0;
    }
    function look(from) {
      return self.piece(card, from).then(function (piece) {
        var parts = inPiece(piece, order);
        // A frequent term comes without its position: it is met in the first pieces.
        return parts || (from + 1 < card.x.length ? look(from + 1) : lead);
      });
    }
    return look(index);
  };

  function inPiece(piece, terms) {
    function listed(title, names) {
      var isThere = (names || []).some(function (name) { return fold(name).text.indexOf(terms[0]) >= 0; });
      return isThere && names.reduce(function (parts, name, index) {
        return parts.concat(index ? [["、", false]] : [], marked(name, terms));
      }, [[title, false]]);
    }
    return (
      listed("关键词：", piece.k) || listed("作者：", piece.a) || excerpt(piece.s || "", terms) || excerpt(piece.b || "", terms)
    );
  }
})((window.ShowcaseSearch = window.ShowcaseSearch || {}));
