/* The table of contents follows the reader; a PDF is shown in its place in the list; tables that need no scrolling take no focus. */
(function () {
  "use strict";
  var list = document.querySelector("[data-toc]");
  var links = list ? [...list.querySelectorAll("a")] : [];
  var headings = links.map(link => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  var current = -1, isWaiting = false;

  function isSeen(heading) {
    var top = heading ? heading.getBoundingClientRect().top : -1;
    return top >= 0 && top < innerHeight;
  }

  /* The last heading above a line in the upper part of the window. At the end of the page, where the last ones never come up to it, the one that was asked for. */
  function reading() {
    var root = document.documentElement;
    var isEnd = scrollY + innerHeight >= root.scrollHeight - 2;
    var asked = links.findIndex(link => link.hash === location.hash);
    if (isEnd && asked >= 0 && isSeen(headings[asked])) return asked;
    var found = -1;
    headings.forEach((heading, i) => {
      if (heading && heading.getBoundingClientRect().top < innerHeight / 5) found = i;
    });
    return found;
  }

  function mark() {
    isWaiting = false;
    var next = reading();
    if (next === current) return;
    if (links[current]) links[current].removeAttribute("aria-current");
    current = next;
    if (!links[current]) return;
    links[current].setAttribute("aria-current", "true");
    var inside = links[current].getBoundingClientRect(), around = list.getBoundingClientRect();
    if (inside.top < around.top || inside.bottom > around.bottom) {
      list.scrollTop += inside.top - around.top - list.clientHeight / 3;
    }
  }

  function later() {
    if (!isWaiting) requestAnimationFrame(mark);
    isWaiting = true;
  }

  if (links.length) {
    addEventListener("scroll", later, { passive: true });
    addEventListener("hashchange", later);
    addEventListener("resize", later);
    mark();
  }

  /* Told by a change of their size, too: the 长辈版 makes a table wider than its frame without a change of the window. */
  var sizes = window.ResizeObserver && new ResizeObserver(frames);
  var scrolling = document.querySelectorAll(".prose .scroll");
  function frames() {
    scrolling.forEach(frame => {
      frame.tabIndex = frame.scrollWidth > frame.clientWidth ? 0 : -1;
    });
  }
  scrolling.forEach(frame => {
    if (sizes) sizes.observe(frame.firstElementChild);
  });
  addEventListener("resize", frames);
  addEventListener("load", frames);

  /* Phones have no viewer for PDF inside a page, and some servers forbid frames: then the first page is enlarged, which is a picture. */
  function mayBeFramed(address) {
    if (!navigator.pdfViewerEnabled) return Promise.resolve(false);
    if (location.protocol === "file:") return Promise.resolve(true); // no server that could forbid it
    return fetch(address, { method: "HEAD" }).then(answer => {
      var policy = answer.headers.get("Content-Security-Policy") || "";
      return answer.ok && !answer.headers.get("X-Frame-Options") && !/frame-ancestors\s+'none'/.test(policy);
    }, () => false);
  }

  document.querySelectorAll("[data-preview]").forEach(button => {
    var file = button.parentNode, first = file.querySelector("[data-enlarge]"), frame;

    function open() {
      frame = document.createElement("iframe");
      frame.className = "file__preview";
      frame.title = button.getAttribute("aria-label");
      frame.src = button.dataset.preview + "#navpanes=0&view=FitH";
      file.appendChild(frame);
    }

    button.addEventListener("click", () => {
      var told = frame ? Promise.resolve(true) : mayBeFramed(button.dataset.preview);
      told.then(isFramed => {
        if (!isFramed && first) first.click();
        else if (!isFramed) location.href = button.dataset.preview;
        else if (!frame) open();
        else frame = frame.remove();
        button.setAttribute("aria-expanded", String(!!frame));
        button.textContent = frame ? "收起" : "预览";
      });
    });
  });
})();
