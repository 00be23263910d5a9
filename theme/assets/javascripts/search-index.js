/* The index: opened once, asked for the cases that hold the terms of a query. */
(function (showcase) {
  "use strict";

  var format = showcase.format;
  var load = showcase.load;
  var loaded = showcase.loaded;
  var number = showcase.number;
  var plan = showcase.plan;

  /* base: address of the folder of the index, ending in "/". */
  function Index(base, root, table) {
    this.base = base;
    this.root = root;
    this.shelves = table.shelves;
    this.heads = format.readHeads(root.heads);
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
      this.facets[facet] = format.readColumn(table.facets[facet], this.slots);
    }
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
    var shard = format.shardOf(head, mark, this.root.shards);
    var row = Math.floor(shard / 128);
    var name = this.root.directories.substr(row * 8, 8);
    return load(base + "d/" + row + "-" + name + ".json", "json").then(function (names) {
      var hash = names.substr((shard % 128) * 8, 8);
      if (hash === "00000000") {
        return null;
      }
      return load(base + "s/" + row + "/" + shard + "-" + hash + ".bin", "bytes").then(function (bytes) {
        return format.partOf(bytes, mark, head);
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
        var reader = new format.Reader(part || []);
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
        return self.part(piece.head, format.bucketOf(Array.from(piece.tail)[0], bits) + 1).then(function (node) {
          return (node ? format.positionsOf(node, piece.tail) : []).map(function (position) {
            return position - piece.at;
          });
        });
      })
    ).then(function (lists) {
      var found = new Map();
      var stride = Math.pow(2, self.root.stride);
      lists.reduce(format.intersect).forEach(function (position) {
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

  showcase.Index = Index;
  showcase.openIndex = openIndex;
})((window.ShowcaseSearch = window.ShowcaseSearch || {}));
