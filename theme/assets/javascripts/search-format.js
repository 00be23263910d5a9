/* The bytes of the index: numbers, columns, shards, and which of them answer a term. */
(function (showcase) {
  "use strict";

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

  showcase.number = number;
  showcase.plan = plan;
  showcase.format = {
    readHeads: readHeads, readColumn: readColumn, bucketOf: bucketOf, shardOf: shardOf, Reader: Reader, partOf: partOf,
    positionsOf: positionsOf, intersect: intersect
  };
})((window.ShowcaseSearch = window.ShowcaseSearch || {}));
