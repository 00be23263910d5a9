/* The table of contents follows the reader. */
(function () {
  "use strict";
  var links = Array.prototype.slice.call(document.querySelectorAll("[data-toc] a"));
  var headings = links.map(function (link) {
    return document.getElementById(decodeURIComponent(link.hash.slice(1)));
  });
  var waiting = false;

  function mark() {
    waiting = false;
    var current = -1;
    headings.forEach(function (heading, i) {
      if (heading && heading.getBoundingClientRect().top < 120) current = i;
    });
    links.forEach(function (link, i) {
      if (i === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }

  function later() {
    if (waiting) return;
    waiting = true;
    window.requestAnimationFrame(mark);
  }

  if (!links.length) return;
  window.addEventListener("scroll", later, { passive: true });
  mark();
})();
