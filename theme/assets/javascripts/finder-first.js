/* Runs before the page is painted: cards or rows as last chosen, and whether the address asks for something. */
(function () {
  "use strict";
  var root = document.documentElement;
  var view = null;
  try {
    view = localStorage.getItem("view");
  } catch (error) {
    /* Storage is closed in some private windows; cards are the default. */
  }
  root.setAttribute("data-view", view === "list" ? "list" : "cards");
  if (location.search.length > 1) root.setAttribute("data-asked", "");
})();
