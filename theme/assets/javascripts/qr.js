/* QR codes after ISO/IEC 18004: bytes, error correction level M, versions 1 to 15. Loaded when somebody asks for one. */
(function () {
  "use strict";
  /* For each version: correction codewords of a block, and blocks. */
  var BLOCKS = [[10, 1], [16, 1], [26, 1], [18, 2], [24, 2], [16, 4], [18, 4], [22, 4], [22, 5], [26, 5], [30, 5], [22, 8], [22, 9], [24, 9], [24, 10]];
  var MASKS = [
    (i, j) => (i + j) % 2, (i, j) => i % 2, (i, j) => j % 3, (i, j) => (i + j) % 3,
    (i, j) => (Math.floor(i / 2) + Math.floor(j / 3)) % 2, (i, j) => i * j % 2 + i * j % 3,
    (i, j) => (i * j % 2 + i * j % 3) % 2, (i, j) => ((i + j) % 2 + i * j % 3) % 2
  ];

  /* The field of 256 elements, as powers of two and their logarithms. */
  var power = [], log = [];
  for (var e = 0, x = 1; e < 255; e++, x = x << 1 ^ (x > 127 ? 0x11d : 0)) {
    power[e] = x;
    log[x] = e;
  }
  function times(a, b) { return a && b ? power[(log[a] + log[b]) % 255] : 0; }

  function correction(data, length) {
    var factors = [1];
    for (var root = 0; root < length; root++) {
      factors = [...factors, 0].map((one, i) => one ^ times(factors[i - 1] || 0, power[root]));
    }
    var rest = data.concat(new Array(length).fill(0));
    data.forEach((_, i) => {
      var lead = rest[i];
      factors.forEach((factor, k) => { rest[i + k] ^= times(factor, lead); });
    });
    return rest.slice(data.length);
  }

  /* `value` with the remainder of its division by `divisor` behind it, `length` bits long. */
  function withCheck(value, divisor, length) {
    var rest = value << length;
    for (var bit = 31 - Math.clz32(rest); bit >= length; bit = 31 - Math.clz32(rest)) rest ^= divisor << bit - length;
    return value << length | rest;
  }

  /* What stands in every symbol of a version; null is room for data, and what is reserved is light as yet. */
  function ground(version) {
    var size = 17 + 4 * version, grid = Array.from({ length: size }, () => new Array(size).fill(null));
    function square(row, column, radius, isDark) {
      for (var i = -radius; i <= radius; i++) {
        for (var j = -radius; j <= radius; j++) {
          if (grid[row + i] && grid[row + i][column + j] !== undefined) {
            grid[row + i][column + j] = isDark(Math.max(Math.abs(i), Math.abs(j))) ? 1 : 0;
          }
        }
      }
    }
    for (var i = 8; i < size - 8; i++) grid[6][i] = grid[i][6] = 1 - i % 2;
    [[3, 3], [3, size - 4], [size - 4, 3]].forEach(at => square(at[0], at[1], 4, ring => ring < 2 || ring === 3));
    var count = version > 1 ? Math.floor(version / 7) + 2 : 0;
    var apart = Math.ceil((size - 13) / (2 * count - 2)) * 2;
    var centres = Array.from({ length: count }, (_, k) => k ? size - 7 - (count - 1 - k) * apart : 6);
    centres.forEach(row => centres.forEach(column => {
      var isCorner = row + column === 12 || Math.abs(row - column) === size - 13;
      if (!isCorner) square(row, column, 2, ring => ring !== 1);
    }));
    formatPlaces(size).concat(version > 6 ? versionPlaces(size) : []).forEach(places => places.forEach(at => { grid[at[0]][at[1]] = 0; }));
    grid[size - 8][8] = 0;
    return grid;
  }

  /* Where each bit of the format stands, the lowest first. */
  function formatPlaces(size) {
    return Array.from({ length: 15 }, (_, bit) => [
      bit < 6 ? [bit, 8] : bit < 8 ? [bit + 1, 8] : bit < 9 ? [8, 7] : [8, 14 - bit],
      bit < 8 ? [8, size - 1 - bit] : [size - 15 + bit, 8]
    ]);
  }
  function versionPlaces(size) {
    return Array.from({ length: 18 }, (_, bit) => {
      var long = Math.floor(bit / 3), short = size - 11 + bit % 3;
      return [[long, short], [short, long]];
    });
  }

  function free(grid) {
    return grid.reduce((sum, row) => sum + row.filter(one => one === null).length, 0);
  }

  /* The least version that holds so many bytes, with its ground and its number of data codewords. */
  function fitting(length) {
    for (var version = 1; version <= BLOCKS.length; version++) {
      var grid = ground(version), block = BLOCKS[version - 1];
      var room = (free(grid) >> 3) - block[0] * block[1];
      if (length + (version < 10 ? 2 : 3) <= room) return { version, grid, room };
    }
    throw new RangeError("too long for a QR code: " + length + " bytes");
  }

  function codewords(bytes, fit) {
    var bits = [4], widths = [4];
    bits.push(bytes.length);
    widths.push(fit.version < 10 ? 8 : 16);
    bytes.forEach(one => { bits.push(one); widths.push(8); });
    var row = bits.map((value, i) => value.toString(2).padStart(widths[i], "0")).join("");
    row += "0".repeat(Math.min(4, fit.room * 8 - row.length));
    row += "0".repeat((8 - row.length % 8) % 8);
    var data = row.match(/.{8}/g).map(one => parseInt(one, 2));
    for (var pad = 0xec; data.length < fit.room; pad ^= 0xec ^ 0x11) data.push(pad);

    var ours = BLOCKS[fit.version - 1], short = Math.floor(fit.room / ours[1]), longs = fit.room % ours[1];
    var blocks = [], from = 0;
    for (var i = 0; i < ours[1]; i++) {
      var length = short + (i >= ours[1] - longs ? 1 : 0);
      blocks.push(data.slice(from, from + length));
      from += length;
    }
    var checks = blocks.map(block => correction(block, ours[0]));
    return inTurn(blocks).concat(inTurn(checks));
  }
  function inTurn(rows) {
    var longest = Math.max(...rows.map(row => row.length)), found = [];
    for (var i = 0; i < longest; i++) rows.forEach(row => { if (i < row.length) found.push(row[i]); });
    return found;
  }

  /* Two columns at a time from the right, up and down in turn, past the column of the timing pattern. */
  function places(grid) {
    var size = grid.length, found = [], isUp = true;
    for (var right = size - 1; right > 0; right -= 2) {
      if (right === 6) right = 5;
      for (var step = 0; step < size; step++) {
        var row = isUp ? size - 1 - step : step;
        [right, right - 1].forEach(column => { if (grid[row][column] === null) found.push([row, column]); });
      }
      isUp = !isUp;
    }
    return found;
  }

  /* How hard a symbol is to read, by the four features of the standard. */
  function penalty(grid) {
    var size = grid.length, sum = 0, dark = 0;
    var rows = grid.map(row => row.join(""));
    var columns = grid.map((_, j) => grid.map(row => row[j]).join(""));
    rows.concat(columns).forEach(line => {
      (line.match(/0{5,}|1{5,}/g) || []).forEach(run => { sum += run.length - 2; });
      for (var at = line.indexOf("1011101"); at >= 0; at = line.indexOf("1011101", at + 1)) {
        var before = line.slice(Math.max(0, at - 4), at), after = line.slice(at + 7, at + 11);
        if (before.indexOf("1") < 0 || after.indexOf("1") < 0) sum += 40;
      }
    });
    for (var i = 0; i < size; i++) {
      for (var j = 0; j < size; j++) {
        dark += grid[i][j];
        if (i && j && grid[i][j] === grid[i - 1][j] && grid[i][j] === grid[i][j - 1] && grid[i][j] === grid[i - 1][j - 1]) sum += 3;
      }
    }
    return sum + 10 * Math.floor(Math.abs(dark * 100 / (size * size) - 50) / 5);
  }

  /* The symbol of `text` as rows of 0 and 1; the mask is the one that reads best unless one is given. */
  function encode(text, mask) {
    var bytes = [...new TextEncoder().encode(text)], fit = fitting(bytes.length), size = fit.grid.length;
    var bits = codewords(bytes, fit).map(one => one.toString(2).padStart(8, "0")).join("");
    var room = places(fit.grid), best;
    MASKS.forEach((isFlipped, number) => {
      if (mask !== undefined && number !== mask) return;
      var grid = fit.grid.map(row => row.slice());
      room.forEach((at, i) => { grid[at[0]][at[1]] = Number(bits[i] || 0) ^ !isFlipped(at[0], at[1]); });
      var score = penalty(grid);
      if (!best || score < best.score) best = { score, grid, mask: number };
    });
    var format = withCheck(best.mask, 0x537, 10) ^ 0x5412; // level M is 00
    formatPlaces(size).forEach((both, bit) => both.forEach(at => { best.grid[at[0]][at[1]] = format >> bit & 1; }));
    if (fit.version > 6) {
      var version = withCheck(fit.version, 0x1f25, 12);
      versionPlaces(size).forEach((both, bit) => both.forEach(at => { best.grid[at[0]][at[1]] = version >> bit & 1; }));
    }
    best.grid[size - 8][8] = 1;
    return { version: fit.version, mask: best.mask, rows: best.grid };
  }

  /* A drawing, black on white in every scheme, with the quiet zone that cameras need. */
  function draw(text, label) {
    var rows = encode(text).rows, side = rows.length + 8;
    function made(name, attributes) {
      var element = document.createElementNS("http://www.w3.org/2000/svg", name);
      Object.keys(attributes).forEach(key => element.setAttribute(key, attributes[key]));
      return element;
    }
    var picture = made("svg", { viewBox: "0 0 " + side + " " + side, role: "img", "aria-label": label, "shape-rendering": "crispEdges" });
    var d = rows.map((row, i) => row.map((one, j) => one ? "M" + (j + 4) + " " + (i + 4) + "h1v1h-1z" : "").join("")).join("");
    picture.appendChild(made("rect", { width: side, height: side, fill: "#fff" }));
    picture.appendChild(made("path", { d, fill: "#000" }));
    return picture;
  }

  window.qrCode = { encode, draw };
})();
