/* Files of the index, each loaded once for a page. */
(function (showcase) {
  "use strict";

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

  showcase.load = load;
  showcase.loaded = loaded;
})((window.ShowcaseSearch = window.ShowcaseSearch || {}));
