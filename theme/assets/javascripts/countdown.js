/* What is left until the dates that the page names. A deadline is the end of its day in China, wherever the visitor is. */
(function () {
  "use strict";
  var DAY = 86400000;
  var CHINA = 8 * 3600000;
  var places = document.querySelectorAll("[data-deadline]");

  /* The number of a day since 1970, so that days are counted and not hours. */
  function dayOf(text) {
    var parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
    return parts ? Date.UTC(+parts[1], parts[2] - 1, +parts[3]) / DAY : NaN;
  }

  function show() {
    var now = Date.now() + CHINA;
    var today = Math.floor(now / DAY);
    Array.prototype.forEach.call(places, function (place) {
      var left = dayOf(place.getAttribute("data-deadline")) - today;
      if (left !== left) return;
      var end = place.getAttribute("data-end") || "截止";
      var text = left < 0 ? "已" + end : left === 0 ? "今天" + end : "还有 " + left + " 天";
      if (place.textContent !== text) place.textContent = text;
      place.classList.toggle("countdown--over", left < 0);
    });
    return DAY - (now - today * DAY);
  }

  function wait() {
    window.setTimeout(wait, show() + 50);
  }

  if (!places.length) return;
  wait();
  /* A phone that slept wakes up with an old timer. */
  document.addEventListener("visibilitychange", show);
})();
