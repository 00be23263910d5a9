/* The current section comes into view in the navigation. */
(function () {
  "use strict";
  var here = document.querySelector(".nav__link[aria-current]");
  if (here) {
    var list = here.parentNode.parentNode;
    list.scrollLeft = here.offsetLeft - (list.clientWidth - here.offsetWidth) / 2;
  }
})();

/* The switches of the header: dark or light, 长辈版 or standard; first.js shows what was chosen on the next page. */
(function () {
  "use strict";
  var root = document.documentElement;
  var elder = document.querySelector("[data-elder-switch]");
  if (!elder) return;

  function keep(name, value) {
    try {
      localStorage.setItem(name, value);
    } catch (error) {
      /* The choice then lasts for this page. */
    }
  }

  function tell() {
    elder.setAttribute("aria-pressed", String(root.hasAttribute("data-elder")));
  }

  function change(isElder) {
    if (isElder) root.setAttribute("data-elder", "");
    else root.removeAttribute("data-elder");
    keep("version", isElder ? "elder" : "standard");
    tell();
  }

  elder.addEventListener("click", function () {
    change(!root.hasAttribute("data-elder"));
  });
  document.querySelector("[data-standard-switch]").addEventListener("click", function () {
    change(false);
    /* This button goes away; the keyboard stays where it was. */
    elder.focus();
  });
  document.querySelector("[data-scheme-switch]").addEventListener("click", function () {
    var next = root.getAttribute("data-scheme") === "dark" ? "light" : "dark";
    root.setAttribute("data-scheme", next);
    keep("scheme", next);
  });
  window.addEventListener("storage", tell);
  window.addEventListener("pageshow", tell);
  tell();
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
