/* Search fields get their proposals when somebody first goes there; until then nothing is loaded. */
(function () {
  "use strict";
  var source = document.querySelector("[data-suggest-script]");
  var isAsked = false;

  function begin(field) {
    if (!field || !field.hasAttribute || !field.hasAttribute("data-suggest")) return;
    if (window.ShowcaseSearch) window.ShowcaseSearch.suggest(field);
    else if (!isAsked) {
      isAsked = true;
      var script = document.createElement("script");
      script.src = source.getAttribute("data-suggest-script");
      script.onload = function () { begin(document.activeElement); };
      document.head.appendChild(script);
    }
  }

  if (!source) return;
  document.addEventListener("focusin", function (event) { begin(event.target); });
  begin(document.activeElement);
})();
