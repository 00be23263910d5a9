/* Copies what the page shows, and draws a QR code when asked. */
(function () {
  "use strict";

  function today() {
    var now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(part => String(part).padStart(2, "0")).join("-");
  }

  function select(source) {
    var range = document.createRange(), selection = getSelection();
    range.selectNodeContents(source);
    selection.removeAllRanges();
    selection.addRange(range);
  }

  /* Without https a page may not write to the clipboard; then the text stands selected. */
  function copy(source) {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(source.textContent);
    select(source);
    return document.execCommand("copy") ? Promise.resolve() : Promise.reject();
  }

  function said(button, text) {
    var here = button.parentNode.parentNode.querySelector("[data-said]");
    here.textContent = text;
  }

  document.querySelectorAll("[data-copy]").forEach(button => button.addEventListener("click", () => {
    var source = document.getElementById(button.dataset.copy), details = source.closest("details");
    source.querySelectorAll("[data-day]").forEach(span => { span.textContent = span.dataset.day.replace("*", today()); });
    copy(source).then(
      () => said(button, "已复制：" + button.dataset.what),
      () => {
        if (details) details.open = true;
        select(source);
        said(button, matchMedia("(pointer: coarse)").matches ? "已选中，请长按后选择“复制”" : "已选中，请按 Ctrl+C 复制");
      }
    );
  }));

  function loaded(address) {
    return window.qrCode ? Promise.resolve() : new Promise((done, failed) => {
      var script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = failed;
      document.head.appendChild(script);
    });
  }

  document.querySelectorAll("[data-qr]").forEach(button => {
    var figure = document.getElementById(button.getAttribute("aria-controls"));
    button.addEventListener("click", () => {
      if (!figure.hidden) {
        figure.hidden = true;
        button.setAttribute("aria-expanded", "false");
        return;
      }
      loaded(button.dataset.qr).then(
        () => {
          /* The address as the visitor has it, without the place on the page and what chat programs put behind it. */
          var address = location.origin + location.pathname;
          figure.querySelectorAll("svg").forEach(old => old.remove());
          figure.insertBefore(window.qrCode.draw(address, "本页网址的二维码"), figure.firstChild);
          figure.hidden = false;
          button.setAttribute("aria-expanded", "true");
        }
      ).catch(() => said(button, "二维码没有画出来，请复制链接"));
    });
  });
})();
