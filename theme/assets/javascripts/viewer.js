/* Pictures larger, in a dialog of their own: see `enlarging` in macros.html. Where the browser knows no dialog, the links lead to the files. */
(function () {
  "use strict";
  var links = [...document.querySelectorAll("[data-enlarge]")];
  var dialog, stage, words, count, file, enlarge, shown, group, start;
  if (!links.length || !window.HTMLDialogElement) return;

  function part(name) { return dialog.querySelector(".viewer__" + name); }

  function build() {
    dialog = document.createElement("dialog");
    dialog.className = "viewer";
    dialog.setAttribute("aria-label", "查看图片");
    dialog.innerHTML =
      '<div class="viewer__stage" tabindex="-1"></div>' +
      '<button type="button" class="viewer__previous" aria-label="上一张（左方向键）">‹</button>' +
      '<button type="button" class="viewer__next" aria-label="下一张（右方向键）">›</button>' +
      '<div class="viewer__bar"><p class="viewer__words" aria-live="polite"><span class="viewer__count"></span> <span class="viewer__caption"></span></p>' +
      '<button type="button" class="viewer__enlarge" aria-pressed="false">放大</button>' +
      '<a class="viewer__file" target="_blank" rel="noopener">打开图片文件</a>' +
      '<button type="button" class="viewer__close">关闭</button></div>';
    stage = part("stage");
    words = part("caption");
    count = part("count");
    file = part("file");
    enlarge = part("enlarge");
    part("previous").addEventListener("click", () => step(-1));
    part("next").addEventListener("click", () => step(1));
    part("close").addEventListener("click", () => dialog.close());
    enlarge.addEventListener("click", () => setLarge(!isLarge()));
    dialog.addEventListener("keydown", key);
    dialog.addEventListener("close", () => { if (isOurs()) history.back(); });
    dialog.addEventListener("click", event => {
      if (event.target === dialog || event.target === stage) dialog.close();
    });
    stage.addEventListener("pointerdown", press);
    stage.addEventListener("pointermove", drag);
    stage.addEventListener("pointerup", release);
    stage.addEventListener("pointercancel", release);
    addEventListener("resize", fit);
    addEventListener("popstate", () => { if (!isOurs()) dialog.close(); });
    document.body.appendChild(dialog);
  }

  function captionOf(link) {
    var figure = link.closest("figure"), item = link.closest(".file");
    var told = figure ? figure.querySelector("figcaption") : item && item.querySelector("[data-title]");
    return told ? [...told.childNodes].map(node => node.textContent.trim()).join(" ") : "";
  }

  /* As large as the window allows, and never larger than the largest file. */
  function fit() {
    if (!dialog.open) return;
    var image = stage.querySelector("picture img"), own = { width: +group[shown].dataset.width, height: +group[shown].dataset.height };
    var scale = Math.min(1, stage.clientWidth / own.width, stage.clientHeight / own.height);
    if (isLarge()) scale = Math.min(1, Math.max(scale * 2, stage.clientWidth / own.width));
    image.style.width = Math.floor(own.width * scale) + "px";
    image.style.height = Math.floor(own.height * scale) + "px";
    stage.querySelectorAll("img, source").forEach(one => one.setAttribute("sizes", image.style.width));
    if (!isLarge()) enlarge.disabled = scale === 1;
  }

  function isLarge() { return dialog.classList.contains("viewer--large"); }
  function setLarge(wanted) {
    dialog.classList.toggle("viewer--large", wanted);
    enlarge.setAttribute("aria-pressed", String(wanted));
    stage.tabIndex = wanted ? 0 : -1;
    fit();
    if (wanted) {
      stage.scrollLeft = (stage.scrollWidth - stage.clientWidth) / 2;
      stage.focus();
    }
  }

  function show(number) {
    shown = number;
    var link = group[shown], from = link.querySelector("picture"), picture = from.cloneNode(true);
    var image = picture.querySelector("img"), small = from.querySelector("img").currentSrc;
    picture.className = "viewer__picture";
    image.removeAttribute("loading");
    /* What the page has of it already stands behind it until it came. */
    if (small) image.style.backgroundImage = "url(" + JSON.stringify(small) + ")";
    if (!image.alt) image.alt = captionOf(link);
    dialog.classList.remove("viewer--large");
    enlarge.setAttribute("aria-pressed", "false");
    stage.tabIndex = -1;
    stage.textContent = "";
    stage.style.transform = "";
    stage.appendChild(picture);
    count.textContent = group.length > 1 ? (shown + 1) + " / " + group.length : "";
    words.textContent = captionOf(link);
    file.href = link.href;
    part("previous").disabled = shown === 0;
    part("next").disabled = shown === group.length - 1;
    part("previous").hidden = part("next").hidden = group.length < 2;
    fit();
  }

  function step(by) {
    var next = Math.max(0, Math.min(group.length - 1, shown + by));
    if (next === shown) return;
    var at = document.activeElement;
    show(next);
    if (at.disabled) part("close").focus();
  }

  function isOurs() { return !!(history.state && history.state.viewer); }

  /* An entry of the history is ours, so that the way back of a phone closes the picture and not the page. */
  function open(link) {
    if (!dialog) build();
    group = links.filter(one => one.dataset.enlarge === link.dataset.enlarge);
    dialog.showModal();
    show(group.indexOf(link));
    part("close").focus();
    history.pushState({ viewer: true }, "");
  }

  function key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    var acts = { ArrowLeft: () => step(-1), ArrowRight: () => step(1), Home: () => step(-Infinity), End: () => step(Infinity) };
    if (event.key === "Tab") return turn(event);
    if (!acts[event.key] || isLarge()) return;
    event.preventDefault();
    acts[event.key]();
  }

  /* Round within the dialog: the browser's own order would pass through its bars. */
  function turn(event) {
    var stops = [...dialog.querySelectorAll("button, a, [tabindex='0']")].filter(one => !one.disabled && !one.hidden);
    var at = stops.indexOf(document.activeElement);
    event.preventDefault();
    stops[(at + (event.shiftKey ? stops.length - 1 : 1)) % stops.length].focus();
  }

  /* A finger draws the picture aside, or down and away; two fingers enlarge the page as ever. */
  function isPinched() { return !!window.visualViewport && visualViewport.scale > 1.05; }
  function press(event) {
    if (event.pointerType === "mouse" || isLarge() || isPinched()) return;
    if (!event.isPrimary) {
      start = null;
      stage.style.transform = "";
      return;
    }
    start = { x: event.clientX, y: event.clientY };
  }
  function drag(event) {
    if (!start || !event.isPrimary || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    stage.style.transform = "translateX(" + (event.clientX - start.x) + "px)";
  }
  function release(event) {
    if (!start || !event.isPrimary) return;
    var x = event.clientX - start.x, y = event.clientY - start.y;
    start = null;
    stage.style.transform = "";
    if (event.type === "pointercancel") return;
    if (Math.abs(x) > 40 && Math.abs(x) > Math.abs(y)) step(x < 0 ? 1 : -1);
    else if (y > 80) dialog.close();
  }

  links.forEach(link => link.addEventListener("click", event => {
    if (event.ctrlKey || event.shiftKey || event.metaKey) return;
    event.preventDefault();
    open(link);
  }));
})();
