/* A search field that proposes while somebody types: a combobox with a list, after the ARIA pattern. */
(function (showcase) {
  "use strict";

  var element = showcase.dom.element;
  var fill = showcase.dom.fill;
  var LEAST = 200; // pixels of a list that still shows some lines; the rest is scrolled to
  var made = 0;

  function Box(input) {
    this.input = input;
    this.root = input.getAttribute("data-suggest");
    this.turn = 0;
    this.options = [];
    this.active = -1;
    var id = "suggest-" + ++made;
    this.list = element("div", { class: "suggest", id: id, role: "listbox", "aria-label": "搜索建议", hidden: true });
    this.status = element("p", { class: "visually-hidden", role: "status" });
    var anchor = input.parentNode;
    anchor.parentNode.insertBefore(this.list, anchor.nextSibling);
    anchor.parentNode.insertBefore(this.status, this.list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", id);
    input.setAttribute("aria-expanded", "false");
    this.listen();
    if (input.value !== input.defaultValue) {
      this.ask(); // somebody typed while the script was on its way
    }
  }

  Box.prototype.listen = function () {
    var self = this;
    var isComposing = false;
    this.input.addEventListener("compositionstart", function () { isComposing = true; });
    this.input.addEventListener("compositionend", function () {
      isComposing = false;
      self.ask();
    });
    this.input.addEventListener("input", function () {
      if (!isComposing) { // the letters of an unfinished pinyin are no words
        self.ask();
      }
    });
    this.input.addEventListener("keydown", function (event) {
      if (!isComposing && event.keyCode !== 229) {
        self.press(event);
      }
    });
    this.input.addEventListener("blur", function () { self.close(); });
    if (this.input.form) {
      this.input.form.addEventListener("submit", function () { self.close(); });
    }
    this.list.addEventListener("mousedown", function (event) { event.preventDefault(); }); // the field keeps the focus
    window.addEventListener("resize", function () { self.place(); });
  };

  Box.prototype.press = function (event) {
    var isOpen = !this.list.hidden;
    var step = { ArrowDown: 1, Down: 1, ArrowUp: -1, Up: -1 }[event.key];
    if (step && isOpen) {
      var size = this.options.length + 1; // the field itself is one stop of the round
      this.mark(((this.active + 1 + step + size) % size) - 1);
    } else if (step === 1 && this.input.value.trim()) {
      this.ask();
    } else if (event.key === "Enter" && isOpen && this.active >= 0) {
      this.choose(this.options[this.active].row);
    } else if ((event.key === "Escape" || event.key === "Esc") && isOpen) {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
  };

  Box.prototype.ask = function () {
    var self = this;
    var turn = ++this.turn;
    var typed = this.input.value;
    showcase.propose(this.root, typed).catch(function () {
      return { terms: [], groups: [] }; // without proposals the search itself still answers
    }).then(function (found) {
      if (turn !== self.turn) {
        return;
      }
      if (found.groups.length) {
        self.open(found);
      } else {
        self.close();
        self.status.textContent = found.terms.length ? "没有建议，按回车键搜索" : "";
      }
    });
  };

  Box.prototype.open = function (found) {
    var self = this;
    this.options = [];
    fill(this.list, found.groups.map(function (group) {
      var title = element("div", { class: "suggest__title", "aria-hidden": "true" }, [group.label]);
      var rows = group.rows.map(function (row) { return self.option(row, found.terms); });
      return element("div", { class: "suggest__group", role: "group", "aria-label": group.label }, [title].concat(rows));
    }));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(-1);
    this.place();
    this.status.textContent = this.options.length + " 条建议，用上下方向键选择";
  };

  Box.prototype.option = function (row, terms) {
    var self = this;
    var node = element("div", {
      class: "suggest__option", role: "option", id: this.list.id + "-" + this.options.length, "aria-selected": "false"
    }, [element("span", { class: "suggest__text" }, showcase.dom.inMarks(showcase.marked(row.text, terms)))]);
    if (row.count) {
      node.appendChild(element("span", { class: "suggest__count" }, [row.count + " 个案例"]));
    }
    node.addEventListener("click", function () { self.choose(row); });
    this.options.push({ row: row, node: node });
    return node;
  };

  /* Below the field, as wide as it, and no further than the window, of which a keyboard may hide a part. */
  Box.prototype.place = function () {
    if (this.list.hidden) {
      return;
    }
    var field = this.input.parentNode.getBoundingClientRect();
    var ground = (this.list.offsetParent || document.documentElement).getBoundingClientRect();
    this.list.style.left = field.left - ground.left + "px";
    this.list.style.top = field.bottom - ground.top + "px";
    this.list.style.width = field.width + "px";
    var seen = window.visualViewport ? window.visualViewport.height : window.innerHeight;
    this.list.style.maxHeight = Math.max(LEAST, seen - field.bottom - 20) + "px";
  };

  Box.prototype.mark = function (place) {
    var list = this.list;
    this.active = place;
    this.options.forEach(function (option, index) {
      option.node.setAttribute("aria-selected", String(index === place));
    });
    if (place < 0) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    var node = this.options[place].node;
    this.input.setAttribute("aria-activedescendant", node.id);
    var top = node.offsetTop;
    if (top < list.scrollTop) {
      list.scrollTop = top;
    } else if (top + node.offsetHeight > list.scrollTop + list.clientHeight) {
      list.scrollTop = top + node.offsetHeight - list.clientHeight;
    }
  };

  Box.prototype.close = function () {
    this.turn++;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.active = -1;
    this.status.textContent = "";
  };

  /* Who owns the field may do something better with the choice than go to its page. */
  Box.prototype.choose = function (row) {
    this.close();
    var event = new CustomEvent("suggestion", { bubbles: true, cancelable: true, detail: row });
    if (this.input.dispatchEvent(event)) {
      location.href = this.root + row.url;
    }
  };

  /* Gives a field with data-suggest (the address of the site's root) its list, once. */
  showcase.suggest = function (input) {
    if (input.getAttribute("role") !== "combobox") {
      new Box(input);
    }
  };
})((window.ShowcaseSearch = window.ShowcaseSearch || {}));
