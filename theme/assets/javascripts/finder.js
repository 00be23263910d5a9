/* The finder of all cases and of the search page: takes over the markup of theme/templates/finder.html. The list that the
   page came with stays as it is until something is chosen or typed, and comes back when nothing is. */
(function (showcase) {
  "use strict";

  var PAGE = showcase.state.PAGE;
  var each = showcase.dom.each;

  function Finder(host) {
    var self = this;
    this.host = host;
    this.rootUrl = host.getAttribute("data-root");
    this.title = document.title;
    this.turn = 0;
    this.find = function (name) { return host.querySelector(".finder__" + name); };
    ["form", "input", "toggle", "filters", "close", "chips", "status", "select", "static", "more"].forEach(function (name) {
      self[name] = self.find(name);
    });
    this.list = this.find("results");
    this.results = this.list.firstElementChild;
    this.stillStatus = this.status.textContent;
    this.hasStill = this.static.children.length > 0;
    this.facets = new showcase.Facets(this.filters, function (kind, slugs) { self.choose(kind, slugs); });
    this.listen();
    this.enter(history.state, true);
  }

  Finder.prototype.listen = function () {
    var self = this;
    this.form.addEventListener("submit", function (event) {
      event.preventDefault();
      self.change({ q: self.input.value.trim() });
    });
    this.input.addEventListener("search", function () { // the cross that empties the field
      if (!self.input.value && self.state.q) {
        self.change({ q: "" });
      }
    });
    this.input.addEventListener("suggestion", function (event) {
      var row = event.detail;
      var slug = row.url.split("/")[1];
      if (self.facets.known[row.kind] && self.facets.known[row.kind].indexOf(slug) >= 0) {
        event.preventDefault();
        var chosen = Object.assign({}, self.state.chosen);
        chosen[row.kind] = chosen[row.kind].filter(function (one) { return one !== slug; }).concat(slug);
        self.change({ q: "", chosen: chosen });
      }
    });
    this.select.addEventListener("change", function () { self.change({ sort: self.select.value }); });
    this.toggle.addEventListener("click", function () {
      self.open(self.toggle.getAttribute("aria-expanded") !== "true");
    });
    this.close.addEventListener("click", function () {
      self.open(false);
      self.toggle.focus();
      self.find("bar").scrollIntoView();
    });
    this.more.addEventListener("click", function () { self.showMore(); });
    this.listenToViews();
    window.addEventListener("popstate", function (event) { self.enter(event.state, false); });
    window.addEventListener("pagehide", function () {
      // Who comes back from a case finds the list as long, and where it was left.
      history.replaceState({ shown: self.state.shown, top: window.pageYOffset }, "");
    });
  };

  Finder.prototype.listenToViews = function () {
    var root = document.documentElement;
    var buttons = this.host.querySelectorAll("[data-view]");
    function show() {
      each(buttons, function (button) {
        button.setAttribute("aria-pressed", String(button.getAttribute("data-view") === root.getAttribute("data-view")));
      });
    }
    each(buttons, function (button) {
      button.addEventListener("click", function () {
        root.setAttribute("data-view", button.getAttribute("data-view"));
        try {
          localStorage.setItem("view", button.getAttribute("data-view"));
        } catch (error) {
          /* The choice then lasts for this page. */
        }
        show();
      });
    });
    show();
  };

  Finder.prototype.open = function (isOpen) {
    this.toggle.setAttribute("aria-expanded", String(isOpen));
  };

  /* Take the state that the address tells. */
  Finder.prototype.enter = function (kept, isFirst) {
    var self = this;
    this.state = showcase.state.read(location.search, this.facets.known);
    if (kept && kept.shown > PAGE) {
      this.state.shown = kept.shown;
    }
    this.run().then(function () {
      self.host.setAttribute("data-finder", "live");
      if (isFirst && kept && kept.top && !self.isStill()) {
        window.scrollTo(0, kept.top);
      }
    });
  };

  Finder.prototype.change = function (part) {
    this.state = Object.assign({}, this.state, part, { shown: PAGE });
    this.note(true);
    this.run();
  };

  Finder.prototype.choose = function (kind, slugs) {
    var chosen = Object.assign({}, this.state.chosen);
    chosen[kind] = slugs;
    this.change({ chosen: chosen });
  };

  Finder.prototype.note = function (isNew) {
    var kept = { shown: this.state.shown };
    var url = location.pathname + showcase.state.write(this.state);
    if (isNew && url !== location.pathname + location.search) {
      history.pushState(kept, "", url);
    } else {
      history.replaceState(kept, "", url);
    }
  };

  /* Whether the list that the page came with is the answer. */
  Finder.prototype.isStill = function () {
    return this.hasStill && !showcase.state.write(this.state);
  };

  Finder.prototype.run = function () {
    var self = this;
    var turn = ++this.turn;
    var state = this.state;
    this.query = showcase.parse(state.q);
    this.input.value = state.q;
    this.select.value = state.sort;
    document.title = state.q ? state.q + " - " + this.title : this.title;
    this.showChips();
    if (this.isStill()) {
      this.showStill();
      return Promise.resolve();
    }
    this.list.setAttribute("aria-busy", "true");
    if (!this.index) {
      showcase.dom.fill(this.status, ["正在加载…"]);
    }
    return showcase.openIndex(this.rootUrl + "search/index.json").then(function (index) {
      self.index = index;
      return index.match(self.query);
    }).then(function (found) {
      if (turn !== self.turn) {
        return null;
      }
      var narrowed = self.index.narrow(found.slots, state.chosen);
      self.found = found;
      self.slots = self.index.sort(narrowed.slots, found.wanted, state.sort);
      self.facets.show(narrowed.counts, state.chosen);
      self.showStatus();
      return self.show(0);
    }).catch(function (error) {
      if (turn === self.turn) {
        self.fail(error);
      }
    });
  };

  showcase.Finder = Finder;
})((window.ShowcaseSearch = window.ShowcaseSearch || {}));
