/* The table of contents follows the reader. */
(function () {
  "use strict";
  var links = Array.prototype.slice.call(document.querySelectorAll("[data-toc] a"));
  if (!links.length || !("IntersectionObserver" in window)) return;
  var byId = {};
  links.forEach(function (link) {
    byId[decodeURIComponent(link.hash.slice(1))] = link;
  });
  var headings = Object.keys(byId).map(function (id) {
    return document.getElementById(id);
  });
  function mark() {
    var current = null;
    headings.forEach(function (heading) {
      if (heading && heading.getBoundingClientRect().top < 120) current = heading.id;
    });
    links.forEach(function (link) {
      if (current && link === byId[current]) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }
  var observer = new IntersectionObserver(mark, { rootMargin: "-100px 0px -60% 0px" });
  headings.forEach(function (heading) {
    if (heading) observer.observe(heading);
  });
  mark();
})();
