/* What may be meant by what is typed; generator/search/suggestions.py says which file knows it. */
(function (showcase) {
  "use strict";

  var KINDS = [["topic", "主题", 2], ["region", "地区", 2], ["unit", "单位", 3], ["campaign", "征集活动", 1], ["case", "案例", 5]];
  var DIGITS = 8;

  function heads(root) {
    return showcase.load(root + "search/index.json", "json", { cache: "no-cache" }).then(function (index) {
      return showcase.load(root + "search/t/all-" + index.suggestions + ".json", "json");
    });
  }

  /* The file of the rarest character, for it leaves out least. */
  function rest(root, head, terms) {
    if (!head.names) {
      return Promise.resolve([]);
    }
    var frequent = Array.from(head.frequent);
    var best = null;
    var place = Infinity;
    Array.from(terms.join("")).forEach(function (char) {
      var its = frequent.indexOf(char);
      if (its < place) {
        place = its;
        best = char;
      }
    });
    var file = best.codePointAt(0) % (head.names.length / DIGITS);
    var name = head.names.substr(file * DIGITS, DIGITS);
    return showcase.load(root + "search/t/" + file + "-" + name + ".json", "json");
  }

  /* Texts that begin with the first term stand before those that hold it elsewhere; else the order of the file. */
  function matching(rows, kind, terms, most) {
    var first = [];
    var later = [];
    rows.forEach(function (row) {
      if (row[0] !== kind) {
        return;
      }
      var folded = row[4] = row[4] || showcase.fold(row[1]).text;
      if (terms.every(function (term) { return folded.indexOf(term) >= 0; })) {
        (folded.indexOf(terms[0]) ? later : first).push({ kind: kind, text: row[1], url: row[2], count: row[3] });
      }
    });
    return first.concat(later).slice(0, most);
  }

  /* [{label, rows: [{kind, text, url, count}]}] for what is typed; kinds without any are left out. */
  showcase.propose = function (root, typed) {
    var terms = showcase.parse(typed).wanted;
    if (!terms.length) {
      return Promise.resolve({ terms: [], groups: [] });
    }
    return heads(root).then(function (head) {
      return rest(root, head, terms).then(function (more) {
        var rows = head.rows.concat(more);
        var groups = KINDS.map(function (kind) {
          return { label: kind[1], rows: matching(rows, kind[0], terms, kind[2]) };
        });
        return { terms: terms, groups: groups.filter(function (group) { return group.rows.length; }) };
      });
    });
  };
})((window.ShowcaseSearch = window.ShowcaseSearch || {}));
