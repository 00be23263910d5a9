/* What native video controls lack, in the bar below them: see `video` in macros.html. */
(function () {
  "use strict";
  var videos = [...document.querySelectorAll("[data-video] video")];

  function on(target, names, act) {
    names.split(" ").forEach(name => target.addEventListener(name, act, true));
  }

  function clock(s, between) { return Math.floor(s / 60) + between + ("0" + Math.floor(s % 60)).slice(-2); }

  /* The tiles of a WebVTT storyboard; each stands from `from` on. */
  function tilesOf(text, base) {
    var found = [];
    text.replace(/([\d:.]+) -->.*\s+(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)/g, (_, from, name, x, y, w, h) => {
      from = from.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
      var background = `url(${new URL(name, base)}) -${x}px -${y}px`;
      found.push({ from, style: { background, width: w + "px", height: h + "px" } });
    });
    return found;
  }

  videos.forEach(video => {
    var figure = video.parentNode;
    function part(name) { return figure.querySelector(".player__" + name); }
    var slider = part("slider"), preview = part("preview"), tile = part("tile").style;
    var captions = part("captions"), speed = part("speed"), quality = part("quality");
    var error = figure.querySelector("[role=alert]"), track = video.textTracks[0];
    var tiles = [], shown; // moment in the preview

    function end() { return video.duration || +figure.dataset.duration; }

    function showTime() {
      var now = video.currentTime;
      part("done").style.width = (now / end()) * 100 + "%";
      slider.setAttribute("aria-valuenow", Math.round(now));
      slider.setAttribute("aria-valuetext", clock(now, "分") + "秒，共" + clock(end(), "分") + "秒");
    }

    function showSettings() {
      speed.value = video.playbackRate;
      if (captions) captions.setAttribute("aria-pressed", track.mode === "showing");
      var played = [...video.querySelectorAll("source")].find(source => {
        return video.currentSrc ? source.src === video.currentSrc : matchMedia(source.media || "all").matches;
      });
      if (quality && played) quality.value = played.getAttribute("src");
    }

    function within(moment) { return Math.max(0, Math.min(end(), moment)); }
    function seek(moment) {
      video.currentTime = within(moment);
      showTime();
    }
    function by(step) { return () => seek(video.currentTime + step); }
    function play() { Promise.resolve(video.play()).catch(Object); }
    function toggle() { video.paused ? play() : video.pause(); }
    function setSpeed(option) { if (option) speed.value = video.playbackRate = video.defaultPlaybackRate = option.value; }

    function setQuality() {
      var moment = video.currentTime, plays = !video.paused;
      video.src = quality.value;
      video.currentTime = moment;
      if (plays) play();
    }

    function loadTiles() {
      var address = figure.dataset.storyboard;
      delete figure.dataset.storyboard;
      if (address) fetch(address).then(answer => answer.text()).then(text => {
        tiles = tilesOf(text, new URL(address, location));
        if (!preview.hidden) show();
      }, Object);
    }

    function show() {
      loadTiles();
      var found = tiles.filter(one => one.from <= shown).pop();
      if (found) Object.assign(tile, found.style);
      part("time").textContent = clock(shown, ":");
      var share = (shown / end()) * 100;
      preview.style.left = share + "%";
      preview.style.transform = `translateX(-${share}%)`;
      preview.hidden = false;
    }

    function point(event) {
      var box = slider.getBoundingClientRect();
      shown = within(((event.clientX - box.left) / box.width) * end());
      show();
      return shown;
    }

    var keys = {
      " ": toggle, k: toggle, j: by(-10), l: by(10), ArrowLeft: by(-5), ArrowRight: by(5),
      c: () => { if (track) track.mode = track.mode === "showing" ? "hidden" : "showing"; },
      f: () => {
        if (document.fullscreenElement) document.exitFullscreen();
        else (video.requestFullscreen || video.webkitEnterFullscreen).call(video);
      },
      "<": () => setSpeed(speed.options[speed.selectedIndex - 1]),
      ">": () => setSpeed(speed.options[speed.selectedIndex + 1])
    };
    var sliderKeys = { ArrowDown: by(-5), ArrowUp: by(5), Home: by(-Infinity), End: by(Infinity) };

    on(figure, "keydown", event => {
      var key = event.key, at = event.target;
      if (event.ctrlKey || event.altKey || event.metaKey || at.tagName === "SELECT") return;
      if (key === " " && at !== slider) return; // buttons and video know it
      var act = keys[key] || keys[key.toLowerCase()] || (at === slider && sliderKeys[key]);
      if (/^\d$/.test(key)) act = () => seek((key / 10) * end());
      if (!act) return;
      event.preventDefault();
      act();
      shown = video.currentTime;
      if (at === slider) show();
    });
    on(figure, "click", event => (keys[event.target.dataset.key] || Object)());
    on(slider, "pointerenter focus", loadTiles);
    on(slider, "pointerdown", event => slider.setPointerCapture(event.pointerId));
    on(slider, "pointerdown pointermove", point);
    on(slider, "pointerup", event => {
      if (event.button) return;
      seek(point(event));
      if (!video.readyState) play();
    });
    on(slider, "pointerleave blur", () => preview.hidden = true);
    on(speed, "change", () => setSpeed(speed));
    if (quality) on(quality, "change", setQuality);
    on(video, "timeupdate durationchange", showTime);
    on(video, "ratechange loadedmetadata", showSettings);
    on(video.textTracks, "change", showSettings);
    on(video, "error", event => event.target.matches("track, source:not(:last-of-type)") || (error.hidden = false));
    on(video, "click", () => { if (!video.readyState) play(); }); // Chromium does not
    on(video, "playing", () => error.hidden = true);
    on(video, "play", () => {
      loadTiles();
      videos.forEach(other => { if (other !== video) other.pause(); });
    });
    showTime();
    showSettings();
    slider.parentNode.hidden = false;
  });
})();
