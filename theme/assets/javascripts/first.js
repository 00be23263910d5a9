/* Runs before the page is painted: the chosen colours and the 长辈版, so that nothing flashes. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.remove("no-js");
  root.classList.add("js");

  function kept(name) {
    try {
      return localStorage.getItem(name);
    } catch (error) {
      /* Storage is closed in some private windows; the system's choice serves. */
      return null;
    }
  }

  function show() {
    var chosen = kept("scheme");
    var dark = chosen ? chosen === "dark" : window.matchMedia && matchMedia("(prefers-color-scheme: dark)").matches;
    root.setAttribute("data-scheme", dark ? "dark" : "light");
    if (kept("version") === "elder") root.setAttribute("data-elder", "");
    else root.removeAttribute("data-elder");
  }

  show();
  /* Another tab chose, or the page comes back as it was left before the visitor chose on the next one. */
  window.addEventListener("storage", show);
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) show();
  });
})();
