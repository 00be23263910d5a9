/* What the finder shows, as its address tells it. */
(function (showcase) {
  "use strict";

  var SORTS = ["", "year", "honour"];
  var PAGE = 12; // results at once: divisible by two and three columns

  /* known: facet → its slugs, in the order of the address; what is not known is left out. */
  function readState(search, known) {
    var params = new URLSearchParams(search);
    var state = { q: (params.get("q") || "").trim(), chosen: {}, sort: params.get("sort") || "", shown: PAGE };
    if (SORTS.indexOf(state.sort) < 0) {
      state.sort = "";
    }
    Object.keys(known).forEach(function (facet) {
      var asked = params.getAll(facet);
      state.chosen[facet] = known[facet].filter(function (slug) { return asked.indexOf(slug) >= 0; });
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

  showcase.state = { PAGE: PAGE, read: readState, write: writeState };
})((window.ShowcaseSearch = window.ShowcaseSearch || {}));
