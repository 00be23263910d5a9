/* Text as search sees it: how it is folded, what a query asks, where its terms stand.
   The rules are those of generator/search/tokens.py; tests/search/vectors.json holds both to them. */
(function (showcase) {
  "use strict";

  // Engines without property escapes (before Chrome 64, Safari 11.1) get the ranges that our texts use.
  function characters(modern, plain) {
    try {
      return new RegExp(modern, "u");
    } catch (error) {
      return new RegExp(plain);
    }
  }
  var KEPT = characters(
    "[\\p{L}\\p{N}]",
    "[0-9A-Za-z\\u00aa\\u00b2\\u00b3\\u00b5\\u00b9\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02c1\\u0370-\\u0373" +
      "\\u0376-\\u037d\\u0386\\u0388-\\u0481\\u048a-\\u0587\\u3005-\\u3007\\u3021-\\u3029\\u3031-\\u3035\\u3041-\\u3096" +
      "\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3105-\\u318e\\u31a0-\\u31bf\\u31f0-\\u31ff\\u3400-\\u4dbf" +
      "\\u4e00-\\u9fff\\ua000-\\ua48c\\uac00-\\ud7a3\\uf900-\\ufad9]"
  );
  var MARK = characters("\\p{M}", "[\\u0300-\\u036f\\u0483-\\u0489\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\u302a-\\u302f\\u3099\\u309a]");
  var BLANKS = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
  var foldedAlone = new Map();

  function isSelector(code) {
    return (code >= 0xfe00 && code < 0xfe10) || (code >= 0xe0100 && code < 0xe01f0);
  }

  function foldCluster(cluster) {
    var known = foldedAlone.get(cluster);
    if (known === undefined) {
      known = Array.from(cluster.normalize("NFKC").toLowerCase())
        .filter(function (char) {
          var code = char.codePointAt(0);
          return (code >= 0x20000 && code < 0x40000) || KEPT.test(char);
        })
        .join("");
      foldedAlone.set(cluster, known);
    }
    return known;
  }

  /* NFKC, lower case, only letters, digits and Han. starts[i] and ends[i] say which part of the original
     the i-th unit of the folded text came from. */
  function fold(text) {
    var clusters = [];
    Array.from(text).forEach(function (char) {
      var last = clusters.length - 1;
      if (last >= 0 && MARK.test(char) && !isSelector(char.codePointAt(0))) {
        clusters[last] += char;
      } else {
        clusters.push(char);
      }
    });
    var out = "";
    var starts = [];
    var ends = [];
    var offset = 0;
    clusters.forEach(function (cluster) {
      var folded = foldCluster(cluster);
      for (var i = 0; i < folded.length; i++) {
        starts.push(offset);
        ends.push(offset + cluster.length);
      }
      out += folded;
      offset += cluster.length;
    });
    return { text: out, starts: starts, ends: ends };
  }

  /* Words between blanks; one that begins with "-" is unwanted. */
  function parse(text) {
    var query = { wanted: [], unwanted: [], dropped: [] };
    text.split(BLANKS).forEach(function (word) {
      if (!word) {
        return;
      }
      var term = fold(word).text;
      var list = /^[-－]/.test(word) ? query.unwanted : query.wanted;
      if (!term) {
        query.dropped.push(word);
      } else if (list.indexOf(term) < 0) {
        list.push(term);
      }
    });
    return query;
  }

  /* Where terms stand in a text: [start, end) of the original, ascending, merged where they touch. */
  function spans(text, terms) {
    var folded = fold(text);
    var found = [];
    terms.forEach(function (term) {
      for (var at = folded.text.indexOf(term); at >= 0; at = folded.text.indexOf(term, at + 1)) {
        found.push([folded.starts[at], folded.ends[at + term.length - 1]]);
      }
    });
    found.sort(function (a, b) {
      return a[0] - b[0] || a[1] - b[1];
    });
    return found.reduce(function (merged, span) {
      var last = merged[merged.length - 1];
      if (last && span[0] <= last[1]) {
        last[1] = Math.max(last[1], span[1]);
      } else {
        merged.push(span.slice());
      }
      return merged;
    }, []);
  }

  /* The text in parts: [words, whether a term]. */
  function marked(text, terms) {
    var parts = [];
    var done = 0;
    spans(text, terms).forEach(function (span) {
      if (span[0] > done) {
        parts.push([text.slice(done, span[0]), false]);
      }
      parts.push([text.slice(span[0], span[1]), true]);
      done = span[1];
    });
    if (done < text.length) {
      parts.push([text.slice(done), false]);
    }
    return parts;
  }

  /* A window of the text around the first place of the first term, in parts; null where it does not occur. */
  function excerpt(text, terms) {
    var first = spans(text, terms.slice(0, 1))[0];
    if (!first) {
      return null;
    }
    var left = Math.max(0, first[0] - 36);
    var lead = text.slice(left, first[0]);
    var sentence = Math.max(lead.lastIndexOf("。"), lead.lastIndexOf("！"), lead.lastIndexOf("？"), lead.lastIndexOf("；"));
    if (sentence >= 0) {
      left += sentence + 1;
    }
    var right = Math.min(text.length, Math.max(left + 110, first[1] + 20));
    left += /^[\udc00-\udfff]/.test(text.slice(left)) ? 1 : 0;
    right -= /[\ud800-\udbff]$/.test(text.slice(left, right)) ? 1 : 0;
    var parts = marked(text.slice(left, right), terms);
    if (left > 0 && sentence < 0) {
      parts.unshift(["…", false]);
    }
    if (right < text.length) {
      parts.push(["…", false]);
    }
    return parts;
  }

  showcase.fold = fold;
  showcase.parse = parse;
  showcase.marked = marked;
  showcase.excerpt = excerpt;
})((window.ShowcaseSearch = window.ShowcaseSearch || {}));
