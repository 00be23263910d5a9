/* Runs before the page is painted: the chosen colours, so that nothing flashes. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.remove("no-js");
  root.classList.add("js");
  var chosen = null;
  try {
    chosen = localStorage.getItem("scheme");
  } catch (error) {
    /* Storage is closed in some private windows; the system's choice serves. */
  }
  var dark = chosen ? chosen === "dark" : window.matchMedia && matchMedia("(prefers-color-scheme: dark)").matches;
  root.setAttribute("data-scheme", dark ? "dark" : "light");
})();
