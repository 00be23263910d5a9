/* An award list: the address of a row is copied, the list is printed. Without script the number is a link to its row. */
(function () {
  "use strict";
  var print = document.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", function () {
      window.print();
    });
  }
  if (!navigator.clipboard) return;
  var told = document.createElement("p");
  told.className = "results__told";
  told.setAttribute("role", "status");
  document.getElementById("content").appendChild(told);
  var waiting = 0;

  function tell(words) {
    told.textContent = words;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(function () {
      told.textContent = "";
    }, 4000);
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-row-link]"), function (link) {
    link.title = "复制本行的网址";
    link.addEventListener("click", function () {
      navigator.clipboard.writeText(link.href).then(
        function () {
          tell("已复制第 " + link.textContent + " 行的网址");
        },
        function () {
          tell("没有复制成功，网址在地址栏里");
        }
      );
    });
  });
})();
