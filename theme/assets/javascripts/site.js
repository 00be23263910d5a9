/* The current section comes into view in the navigation; the switch between light and dark. */
(function () {
  "use strict";
  var here = document.querySelector(".nav__link[aria-current]");
  if (here) {
    var list = here.parentNode.parentNode;
    list.scrollLeft = here.offsetLeft - (list.clientWidth - here.offsetWidth) / 2;
  }
  var root = document.documentElement;
  var button = document.querySelector("[data-scheme-switch]");
  if (!button) return;
  var text = button.querySelector(".scheme-switch__text");
  function show() {
    var dark = root.getAttribute("data-scheme") === "dark";
    text.textContent = dark ? "浅色" : "深色";
    button.setAttribute("aria-label", dark ? "换成浅色显示" : "换成深色显示");
  }
  button.addEventListener("click", function () {
    var next = root.getAttribute("data-scheme") === "dark" ? "light" : "dark";
    root.setAttribute("data-scheme", next);
    try {
      localStorage.setItem("scheme", next);
    } catch (error) {
      /* The choice then lasts for this page. */
    }
    show();
  });
  show();
  button.hidden = false;
})();

/* Moving pictures run while they are in view, unless the reader stopped them or wants no motion. */
(function () {
  "use strict";
  var pictures = document.querySelectorAll("video[data-motion]");
  if (!pictures.length || !window.IntersectionObserver) return;
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  var observer = new IntersectionObserver(
    function (entries) {
      entries.forEach(function (entry) {
        var picture = entry.target;
        if (!entry.isIntersecting) {
          picture.isOutOfView = !picture.paused;
          picture.pause();
        }
        else if (!picture.isStopped) {
          var playing = picture.play();
          /* A browser that plays nothing unasked leaves its controls. */
          if (playing) playing.catch(function () {});
        }
      });
    },
    { threshold: 0.5 }
  );
  Array.prototype.forEach.call(pictures, function (picture) {
    picture.addEventListener("pause", function () {
      /* Told late: by then it may be in view again. */
      picture.isStopped = !picture.isOutOfView;
      picture.isOutOfView = false;
    });
    observer.observe(picture);
  });
})();
