/* Search of the showcase: finds every part of every text, with filters, in small static files.
   The rules of text are those of generator/search/tokens.py; tests/search/vectors.json holds both to them. */
(function () {
  "use strict";

  /* ---- Text ------------------------------------------------------------------------------------------------ */

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

  /* ---- Index ----------------------------------------------------------------------------------------------- */

  /* The number behind a character of the tables; see generator/search/tables.py. */
  function number(char) {
    var code = char.charCodeAt(0);
    code -= code >= 0xe000 ? 0x800 : 0;
    code -= code >= 0xa1 ? 0x22 : 0;
    return code - (code > 0x5c ? 1 : 0) - 0x23;
  }

  function readHeads(text) {
    var heads = new Map();
    var before = "";
    text.split(" ").forEach(function (row) {
      if (row) {
        var rest = Array.from(row.slice(2));
        before = Array.from(before).slice(0, number(row[0])).concat(rest).join("");
        heads.set(before, number(row[1]));
      }
    });
    return heads;
  }

  /* slot → the values that its case has of a facet */
  function readColumn(column, slots) {
    var rows = column.one !== undefined ? Array.from(column.one) : column.many.split("!");
    var cells = [];
    slots.forEach(function (slot, place) {
      cells[slot] = Array.from(rows[place]).filter(function (char) { return char !== "!"; }).map(number);
    });
    return cells;
  }

  /* Which nodes answer a term: the list of cases where the whole term is frequent, else pieces that cover it. */
  function plan(term, heads) {
    var chars = Array.from(term);
    var size = chars.length;
    function isFrequent(from, to) {
      return to - from === 1 || heads.has(chars.slice(from, to).join(""));
    }
    if (isFrequent(0, size)) {
      return { whole: term };
    }
    var reach = chars.map(function (_, from) {
      var to = from + 1;
      while (to < size && isFrequent(from, to + 1)) {
        to++;
      }
      return to - from;
    });
    function end(from) {
      return Math.min(size, from + 1 + Math.max(reach[from], from + 1 < size ? reach[from + 1] : 0));
    }
    var pieces = [];
    for (var from = 0, done = 0; ; ) {
      var split = from + reach[from];
      pieces.push({ at: from, head: chars.slice(from, split).join(""), tail: chars.slice(split, end(from)).join("") });
      done = end(from);
      if (done === size) {
        return { pieces: pieces };
      }
      for (var next = done; next > from; next--) {
        if (next + reach[next] < size) {
          from = next;
          break;
        }
      }
    }
  }

  function bucketOf(char, bits) {
    return (Math.imul(char.codePointAt(0), 0x9e3779b1) >>> 16) >>> (16 - bits);
  }

  function shardOf(head, mark, shards) {
    var hash = 2166136261;
    Array.from(head).forEach(function (char) {
      hash = Math.imul(hash ^ char.codePointAt(0), 16777619);
    });
    hash = Math.imul(hash ^ mark, 16777619) >>> 0;
    return ((hash ^ (hash >>> 15)) >>> 0) % shards;
  }

  function Reader(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  Reader.prototype.next = function () {
    var value = 0;
    for (var unit = 1; ; unit *= 128) {
      var byte = this.bytes[this.at++];
      value += (byte & 127) * unit;
      if (byte < 128) {
        return value;
      }
    }
  };
  Reader.prototype.text = function (size) {
    var out = "";
    while (size-- > 0) {
      out += String.fromCodePoint(this.next());
    }
    return out;
  };

  /* The bytes of one part of a shard, or null. */
  function partOf(shard, mark, head) {
    var reader = new Reader(shard);
    var count = reader.next();
    var from = 0;
    var found = null;
    while (count-- > 0) {
      var itsMark = reader.next();
      var itsHead = reader.text(reader.next());
      var size = reader.next();
      if (itsMark === mark && itsHead === head) {
        found = [from, from + size];
      }
      from += size;
    }
    return found && shard.subarray(reader.at + found[0], reader.at + found[1]);
  }

  /* Positions of all tails of a node that begin with *wanted*, ascending. */
  function positionsOf(node, wanted) {
    var reader = new Reader(node);
    var found = [];
    var lead = 0;
    while (reader.at < node.length) {
      var sizes = reader.next();
      var step = reader.next();
      lead += step % 2 ? -(step + 1) / 2 : step / 2;
      var tail = String.fromCodePoint(lead) + reader.text((sizes % 16) - 1);
      var count = Math.floor(sizes / 16);
      var isWanted = tail.lastIndexOf(wanted, 0) === 0;
      for (var position = 0; count > 0; count--) {
        position += reader.next();
        if (isWanted) {
          found.push(position);
        }
      }
    }
    return found.sort(function (a, b) {
      return a - b;
    });
  }

  function intersect(a, b) {
    var both = [];
    for (var i = 0, j = 0; i < a.length && j < b.length; ) {
      if (a[i] === b[j]) {
        both.push(a[i]);
        i++;
        j++;
      } else if (a[i] < b[j]) {
        i++;
      } else {
        j++;
      }
    }
    return both;
  }

  /* base: address of the folder of the index, ending in "/". */
  function Index(base, root, table) {
    this.base = base;
    this.root = root;
    this.shelves = table.shelves;
    this.heads = readHeads(root.heads);
    this.years = ((root.labels.year || []).map(function (row) {
      return parseInt(row[0], 10) || 0;
    }));
    this.ranks = [];
    this.slots = [];
    for (var slot = 0; slot < root.slots; slot++) {
      this.ranks.push(table.rank[slot] === "!" ? -1 : number(table.rank[slot]));
      if (this.ranks[slot] >= 0) {
        this.slots.push(slot);
      }
    }
    this.facets = {};
    for (var facet in table.facets) {
      this.facets[facet] = readColumn(table.facets[facet], this.slots);
    }
  }

  var loaded = new Map();

  /* A file, once; a failure is forgotten, so that the next try asks again. */
  function load(url, kind, options) {
    var known = loaded.get(url);
    if (!known) {
      known = fetch(url, options)
        .then(function (response) {
          if (!response.ok) {
            throw new Error(url + ": " + response.status);
          }
          return kind === "bytes" ? response.arrayBuffer() : response.json();
        })
        .then(function (data) {
          return kind === "bytes" ? new Uint8Array(data) : data;
        });
      known.catch(function () {
        loaded.delete(url);
      });
      loaded.set(url, known);
    }
    return known;
  }

  function openIndex(url) {
    var base = url.slice(0, url.lastIndexOf("/") + 1);
    return load(url, "json", { cache: "no-cache" })
      .then(function (root) {
        return load(base + "table-" + root.table + ".json", "json").then(function (table) {
          return new Index(base, root, table);
        });
      })
      .catch(function (error) {
        loaded.delete(url);
        throw error;
      });
  }

  Index.prototype.part = function (head, mark) {
    var base = this.base;
    var shard = shardOf(head, mark, this.root.shards);
    var row = Math.floor(shard / 128);
    var name = this.root.directories.substr(row * 8, 8);
    return load(base + "d/" + row + "-" + name + ".json", "json").then(function (names) {
      var hash = names.substr((shard % 128) * 8, 8);
      if (hash === "00000000") {
        return null;
      }
      return load(base + "s/" + row + "/" + shard + "-" + hash + ".bin", "bytes").then(function (bytes) {
        return partOf(bytes, mark, head);
      });
    });
  };

  Index.prototype.zone = function (offset) {
    var starts = this.root.zones;
    var zone = starts.length - 1;
    while (offset < starts[zone]) {
      zone--;
    }
    return zone;
  };

  /* slot → {zone, at}: the weightiest zone where a term stands, and its first position there (-1: not known). */
  Index.prototype.find = function (term) {
    var self = this;
    var way = plan(term, this.heads);
    if (way.whole) {
      return this.part(term, 0).then(function (part) {
        var found = new Map();
        var reader = new Reader(part || []);
        for (var slot = -1; reader.at < reader.bytes.length; ) {
          var value = reader.next();
          slot += Math.floor(value / 4);
          found.set(slot, { zone: value % 4, at: -1 });
        }
        return found;
      });
    }
    return Promise.all(
      way.pieces.map(function (piece) {
        var bits = self.heads.get(piece.head) || 0;
        return self.part(piece.head, bucketOf(Array.from(piece.tail)[0], bits) + 1).then(function (node) {
          return (node ? positionsOf(node, piece.tail) : []).map(function (position) {
            return position - piece.at;
          });
        });
      })
    ).then(function (lists) {
      var found = new Map();
      var stride = Math.pow(2, self.root.stride);
      lists.reduce(intersect).forEach(function (position) {
        var slot = Math.floor(position / stride);
        if (!found.has(slot)) {
          found.set(slot, { zone: self.zone(position % stride), at: position % stride });
        }
      });
      return found;
    });
  };

  /* Slots that hold every wanted term and no unwanted one, with what was found for each wanted term. */
  Index.prototype.match = function (query) {
    var self = this;
    return Promise.all(query.wanted.concat(query.unwanted).map(function (term) {
      return self.find(term);
    })).then(function (found) {
      var wanted = found.slice(0, query.wanted.length);
      var unwanted = found.slice(query.wanted.length);
      return {
        wanted: wanted,
        slots: self.slots.filter(function (slot) {
          return (
            wanted.every(function (cases) { return cases.has(slot); }) &&
            !unwanted.some(function (cases) { return cases.has(slot); })
          );
        })
      };
    });
  };

  /* Of *slots* those that pass the chosen facets (any value of a facet, every facet), and how many cases each value
     would show: of a facet's own values as if nothing were chosen in it. */
  Index.prototype.narrow = function (slots, chosen) {
    var self = this;
    var names = Object.keys(this.root.labels);
    var counts = {};
    var sets = {};
    names.forEach(function (facet) {
      var labels = self.root.labels[facet];
      counts[facet] = labels.map(function () { return 0; });
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
          self.facets[facet][slot].forEach(function (value) { counts[facet][value]++; });
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

  /* ---- Page ------------------------------------------------------------------------------------------------ */

  var FACETS = [
    ["level", "获奖级别"],
    ["grade", "获奖等次"],
    ["group", "类型"],
    ["category", "类别"],
    ["year", "年份"],
    ["region", "地区"],
    ["stage", "学段"],
    ["topic", "主题"],
    ["campaign", "征集活动"]
  ];
  var SORTS = [["", "相关度"], ["year", "年份"], ["honour", "荣誉"]];
  var PAGE = 10;
  var SHORT = 8; // values of a facet that are shown at once

  function element(name, attributes, children) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      if (attributes[key] !== null && attributes[key] !== undefined && attributes[key] !== false) {
        made.setAttribute(key, attributes[key] === true ? "" : attributes[key]);
      }
    });
    (children || []).forEach(function (child) {
      made.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    });
    return made;
  }

  function fill(target, children) {
    while (target.firstChild) {
      target.removeChild(target.firstChild);
    }
    children.forEach(function (child) {
      target.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    });
  }

  function inMarks(parts) {
    return parts.map(function (part) {
      return part[1] ? element("mark", {}, [part[0]]) : document.createTextNode(part[0]);
    });
  }

  function readState(search, labels) {
    var params = new URLSearchParams(search);
    var state = { q: (params.get("q") || "").trim(), chosen: {}, sort: params.get("sort") || "", shown: PAGE };
    if (!SORTS.some(function (row) { return row[0] === state.sort; })) {
      state.sort = "";
    }
    Object.keys(labels).forEach(function (facet) {
      var known = labels[facet].map(function (row) { return row[0]; });
      state.chosen[facet] = params.getAll(facet).filter(function (slug, index, all) {
        return known.indexOf(slug) >= 0 && all.indexOf(slug) === index;
      });
    });
    return state;
  }

  function writeState(state) {
    var params = new URLSearchParams();
    if (state.q) {
      params.append("q", state.q);
    }
    Object.keys(state.chosen).forEach(function (facet) {
      state.chosen[facet].forEach(function (slug) { params.append(facet, slug); });
    });
    if (state.sort) {
      params.append("sort", state.sort);
    }
    var text = params.toString();
    return text ? "?" + text : "";
  }

  function cardOf(card, terms, root) {
    var href = root + card.u;
    var face;
    if (card.p) {
      var picture = card.p;
      var image = element("img", {
        src: root + picture[1], width: picture[2], height: picture[3], alt: "", loading: "lazy", decoding: "async"
      });
      if (picture[4] && picture[4].lastIndexOf("data:image/", 0) === 0) {
        image.style.backgroundImage = 'url("' + picture[4] + '")'; // through the object model, which the policy allows
        image.style.backgroundSize = "cover";
      }
      face = element("picture", { class: "card__picture" }, [image]);
      if (picture[0]) {
        face.insertBefore(element("source", { type: "image/webp", srcset: root + picture[0] }), image);
      }
    } else {
      face = element("div", { class: "card__cover", "data-group": card.g[0] }, [element("span", {}, [card.g[1]])]);
    }
    var words = element("p", { class: "card__excerpt" }, inMarks(marked(card.l, terms)));
    var made = element("article", { class: "card" }, [
      element("a", { class: "card__link", href: href, tabindex: "-1", "aria-hidden": "true" }, [face]),
      element("div", { class: "card__body" }, [
        element("p", { class: "card__meta" }, [card.m.filter(Boolean).join(" · ")]),
        element("h3", { class: "card__title" }, [element("a", { href: href }, inMarks(marked(card.t, terms)))]),
        element("p", { class: "card__unit" }, inMarks(marked(card.n, terms))),
        words,
        element("ul", { class: "badges" }, card.b.map(function (badge) {
          return element("li", { class: "badge badge--" + badge[1] }, [badge[0]]);
        }))
      ])
    ]);
    return { node: made, words: words };
  }

  function Finder(host) {
    this.host = host;
    this.rootUrl = host.getAttribute("data-root") || "";
    this.title = document.title;
    this.turn = 0;
    this.build();
    this.start();
  }

  Finder.prototype.build = function () {
    var self = this;
    this.input = element("input", {
      type: "search", id: "finder-q", name: "q", class: "finder__input", autocomplete: "off", enterkeyhint: "search",
      placeholder: "标题、单位、作者、正文"
    });
    this.form = element("form", { role: "search", class: "finder__form", action: location.pathname, method: "get" }, [
      element("label", { class: "finder__label", for: "finder-q" }, ["搜索案例"]),
      element("div", { class: "finder__field" }, [
        this.input,
        element("button", { type: "submit", class: "finder__submit" }, ["搜索"])
      ]),
      element("p", { class: "finder__hint" }, ["多个词用空格隔开，须同时出现；词前加减号表示排除，如“教学点 -英语”。"])
    ]);
    this.toggle = element("button", {
      type: "button", class: "finder__toggle", "aria-expanded": "false", "aria-controls": "finder-filters"
    }, ["筛选"]);
    this.filters = element("aside", { class: "finder__filters", id: "finder-filters", "aria-label": "筛选" });
    this.chips = element("ul", { class: "finder__chips", "aria-label": "已选条件" });
    this.status = element("p", { class: "finder__status", role: "status", "aria-live": "polite" }, ["正在加载…"]);
    this.select = element("select", { id: "finder-sort", class: "finder__select" }, SORTS.map(function (row) {
      return element("option", { value: row[0] }, [row[1]]);
    }));
    this.list = element("div", { class: "finder__results", "aria-busy": "true" });
    this.more = element("button", { type: "button", class: "finder__more", hidden: true }, ["加载更多"]);
    fill(this.host, [
      this.form,
      element("div", { class: "finder__columns" }, [
        element("div", { class: "finder__side" }, [this.toggle, this.filters]),
        element("div", { class: "finder__main" }, [
          element("h2", { class: "visually-hidden" }, ["搜索结果"]),
          this.chips,
          element("div", { class: "finder__bar" }, [
            this.status,
            element("div", { class: "finder__sort" }, [element("label", { for: "finder-sort" }, ["排序"]), this.select])
          ]),
          this.list,
          this.more
        ])
      ])
    ]);
    this.form.addEventListener("submit", function (event) {
      event.preventDefault();
      self.change({ q: self.input.value.trim() });
    });
    this.select.addEventListener("change", function () {
      self.change({ sort: self.select.value });
    });
    this.toggle.addEventListener("click", function () {
      var isOpen = self.toggle.getAttribute("aria-expanded") !== "true";
      self.toggle.setAttribute("aria-expanded", String(isOpen));
    });
    this.more.addEventListener("click", function () {
      var before = self.state.shown;
      self.state.shown += PAGE;
      self.note(false);
      self.show(before).then(function () {
        var next = self.list.children[before] && self.list.children[before].querySelector("h3 a");
        if (next) {
          next.focus();
        }
      });
    });
    window.addEventListener("popstate", function (event) {
      if (self.index) {
        self.enter(event.state);
      }
    });
  };

  Finder.prototype.start = function () {
    var self = this;
    this.input.value = (new URLSearchParams(location.search).get("q") || "").trim();
    return openIndex(this.host.getAttribute("data-index")).then(function (index) {
      self.index = index;
      self.buildFacets();
      return self.enter(history.state);
    }).catch(function (error) {
      self.fail(error, function () { self.start(); });
    });
  };

  /* Take the state that the address tells. */
  Finder.prototype.enter = function (kept) {
    this.state = readState(location.search, this.index.root.labels);
    if (kept && kept.shown > PAGE) {
      this.state.shown = kept.shown;
    }
    return this.run();
  };

  Finder.prototype.change = function (part) {
    if (!this.index) {
      return;
    }
    this.state = Object.assign({}, this.state, part, { shown: PAGE });
    this.note(true);
    this.run();
  };

  Finder.prototype.choose = function (facet, slugs) {
    var chosen = Object.assign({}, this.state.chosen);
    chosen[facet] = slugs;
    this.change({ chosen: chosen });
  };

  Finder.prototype.note = function (isNew) {
    var kept = { shown: this.state.shown };
    var url = location.pathname + writeState(this.state);
    if (isNew && url !== location.pathname + location.search) {
      history.pushState(kept, "", url);
    } else {
      history.replaceState(kept, "", url);
    }
  };

  Finder.prototype.run = function () {
    var self = this;
    var turn = ++this.turn;
    var state = this.state;
    this.query = parse(state.q);
    this.input.value = state.q;
    this.select.value = state.sort;
    document.title = state.q ? state.q + " - " + this.title : this.title;
    this.list.setAttribute("aria-busy", "true");
    return this.index.match(this.query).then(function (found) {
      if (turn !== self.turn) {
        return null;
      }
      self.found = found;
      var narrowed = self.index.narrow(found.slots, state.chosen);
      self.slots = self.index.sort(narrowed.slots, found.wanted, state.sort);
      self.showFacets(narrowed.counts);
      self.showChips();
      self.showStatus();
      return self.show(0);
    }).catch(function (error) {
      if (turn === self.turn) {
        self.fail(error, function () { self.run(); });
      }
    });
  };

  Finder.prototype.fail = function (error, again) {
    if (window.console) {
      window.console.error(error);
    }
    var button = element("button", { type: "button", class: "finder__again" }, ["再试一次"]);
    button.addEventListener("click", again);
    fill(this.status, ["搜索数据没有加载成功，请检查网络。"]);
    fill(this.list, [button]);
    this.list.setAttribute("aria-busy", "false");
    this.more.hidden = true;
  };

  Finder.prototype.buildFacets = function () {
    var self = this;
    var labels = this.index.root.labels;
    var isWide = window.matchMedia && window.matchMedia("(min-width: 960px)").matches;
    this.boxes = [];
    fill(this.filters, FACETS.filter(function (row) {
      return labels[row[0]] && labels[row[0]].length;
    }).map(function (row, place) {
      var facet = row[0];
      var box = { facet: facet, rows: [], isLong: false };
      box.all = element("button", { type: "button", class: "facet__all", "aria-expanded": "false" }, ["显示全部"]);
      box.all.addEventListener("click", function () {
        box.isLong = !box.isLong;
        self.showFacet(box);
      });
      labels[facet].forEach(function (label) {
        var input = element("input", { type: "checkbox", value: label[0], name: facet });
        var count = element("span", { class: "facet__count" });
        input.addEventListener("change", function () {
          self.choose(facet, box.rows.filter(function (one) { return one.input.checked; }).map(function (one) {
            return one.input.value;
          }));
        });
        box.rows.push({
          input: input, count: count, total: 0,
          node: element("li", {}, [element("label", { class: "facet__row" }, [input, element("span", {}, [label[1]]), count])])
        });
      });
      self.boxes.push(box);
      box.node = element("details", { class: "facet", "data-facet": facet, open: isWide && place < 5 }, [
        element("summary", { class: "facet__title" }, [row[1]]),
        element("ul", { class: "facet__list" }, box.rows.map(function (one) { return one.node; })),
        box.all
      ]);
      return box.node;
    }));
  };

  Finder.prototype.showFacets = function (counts) {
    var self = this;
    this.boxes.forEach(function (box) {
      box.rows.forEach(function (row, value) {
        row.total = counts[box.facet][value];
        row.count.textContent = String(row.total);
        row.input.checked = self.state.chosen[box.facet].indexOf(row.input.value) >= 0;
      });
      self.showFacet(box);
    });
  };

  /* Values that would show nothing are hidden, and of a long facet all but the first few. */
  Finder.prototype.showFacet = function (box) {
    var useful = 0;
    box.rows.forEach(function (row) {
      var isUseful = row.total > 0 || row.input.checked;
      useful += isUseful ? 1 : 0;
      row.node.hidden = !isUseful || (useful > SHORT && !box.isLong && !row.input.checked);
    });
    box.all.hidden = useful <= SHORT;
    box.all.textContent = box.isLong ? "收起" : "显示全部 " + useful + " 项";
    box.all.setAttribute("aria-expanded", String(box.isLong));
    box.node.hidden = !useful;
  };

  Finder.prototype.showChips = function () {
    var self = this;
    var chips = [];
    var total = 0;
    function chip(text, name, action) {
      var button = element("button", { type: "button", class: "chip", "aria-label": name }, [text]);
      button.addEventListener("click", action);
      chips.push(element("li", {}, [button]));
    }
    this.boxes.forEach(function (box) {
      self.state.chosen[box.facet].forEach(function (slug) {
        var label = self.index.root.labels[box.facet].filter(function (row) { return row[0] === slug; })[0][1];
        total++;
        chip(label + " ×", "去掉条件：" + label, function () {
          self.choose(box.facet, self.state.chosen[box.facet].filter(function (one) { return one !== slug; }));
        });
      });
    });
    if (total > 1) {
      chip("全部清除", "清除全部筛选条件", function () { self.change({ chosen: self.nothing() }); });
    }
    fill(this.chips, chips);
    this.chips.hidden = !chips.length;
    this.toggle.textContent = total ? "筛选（" + total + "）" : "筛选";
  };

  Finder.prototype.nothing = function () {
    var chosen = {};
    Object.keys(this.index.root.labels).forEach(function (facet) { chosen[facet] = []; });
    return chosen;
  };

  Finder.prototype.showStatus = function () {
    var text = this.state.q ? "“" + this.state.q + "”找到 " : "共 ";
    text += this.slots.length + " 个案例";
    if (this.query.dropped.length) {
      text += "（“" + this.query.dropped.join("”“") + "”里没有文字，已略过）";
    }
    fill(this.status, [text]);
  };

  /* Results from *first* to as many as the state shows. */
  Finder.prototype.show = function (first) {
    var self = this;
    var turn = this.turn;
    var index = this.index;
    var terms = this.query.wanted;
    var found = this.found;
    var slots = this.slots.slice(first, this.state.shown);
    this.list.setAttribute("aria-busy", "true");
    return Promise.all(slots.map(function (slot) { return index.card(slot); })).then(function (cards) {
      if (turn !== self.turn) {
        return null;
      }
      var made = cards.map(function (card) { return cardOf(card, terms, self.rootUrl); });
      if (!first) {
        fill(self.list, self.slots.length ? [] : [self.empty()]);
      }
      made.forEach(function (one) { self.list.appendChild(one.node); });
      self.more.hidden = self.slots.length <= self.state.shown;
      return Promise.all(terms.length ? slots.map(function (slot, place) {
        var hits = found.wanted.map(function (cases) { return cases.get(slot); });
        return index.words(cards[place], terms, hits).then(function (parts) {
          fill(made[place].words, inMarks(parts));
        });
      }) : []);
    }).then(function () {
      if (turn === self.turn) {
        self.list.setAttribute("aria-busy", "false");
      }
    });
  };

  /* What to say when nothing was found, and what to try. */
  Finder.prototype.empty = function () {
    var self = this;
    var state = this.state;
    var tries = [];
    function offer(text, part) {
      var next = Object.assign({}, state, part);
      var link = element("a", { href: location.pathname + writeState(next) }, [text]);
      link.addEventListener("click", function (event) {
        event.preventDefault();
        self.change(part);
      });
      tries.push(element("li", {}, [link]));
    }
    if (this.found.slots.length) {
      offer("去掉筛选条件，看全部 " + this.found.slots.length + " 个结果", { chosen: this.nothing() });
    } else {
      var terms = this.query.wanted;
      terms.forEach(function (term, place) {
        var count = self.found.wanted[place].size;
        if (count && (terms.length > 1 || self.query.unwanted.length)) {
          offer("只搜“" + term + "”：" + count + " 个案例", { q: term, chosen: self.nothing() });
        } else if (!count) {
          tries.push(element("li", {}, ["没有案例含有“" + term + "”，换一个说法或少几个字试试"]));
        }
      });
    }
    offer("看全部案例", { q: "", chosen: this.nothing(), sort: "" });
    return element("div", { class: "finder__empty" }, [
      element("p", {}, ["没有找到符合条件的案例。可以这样试试："]),
      element("ul", {}, tries)
    ]);
  };

  window.ShowcaseSearch = {
    fold: fold, parse: parse, marked: marked, excerpt: excerpt, plan: plan, openIndex: openIndex, number: number
  };

  function begin() {
    Array.prototype.forEach.call(document.querySelectorAll("[data-finder]"), function (host) {
      new Finder(host);
    });
  }
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", begin);
  } else {
    begin();
  }
})();
