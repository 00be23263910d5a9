/* A result as theme/templates/macros.html draws a card, with the found words marked. */
(function (showcase) {
  "use strict";

  var element = showcase.dom.element;
  var inMarks = showcase.dom.inMarks;
  var marked = showcase.marked;

  function picture(view, root) {
    var nodes = [];
    if (view[4] && view[4].lastIndexOf("data:image/", 0) === 0) {
      nodes.push(element("img", { class: "placeholder", src: view[4], alt: "", width: view[2], height: view[3] }));
    }
    var image = element("img", {
      src: root + view[1], width: view[2], height: view[3], alt: "", loading: "lazy", decoding: "async"
    });
    var better = view[0] ? [element("source", { type: "image/webp", srcset: root + view[0] })] : [];
    nodes.push(element("picture", { class: "picture card__picture" }, better.concat(image)));
    return nodes;
  }

  function cover(group) {
    return [element("div", { class: "cover cover--" + group[2], "data-group": group[0] }, [
      element("span", { class: "cover__kind" }, [group[1]]),
      element("span", { class: "cover__words" }, [group[3]])
    ])];
  }

  /* node: the entry of the list; words: where its excerpt goes. */
  showcase.cardOf = function (card, terms, root) {
    var href = root + card.u;
    var words = element("p", { class: "card__excerpt" });
    var body = [
      element("p", { class: "card__meta" }, [card.m.filter(Boolean).join(" · ")]),
      element("h3", { class: "card__title" }, [element("a", { href: href }, inMarks(marked(card.t, terms)))]),
      element("p", { class: "card__unit" }, inMarks(marked(card.n, terms)))
    ];
    if (terms.length) {
      body.push(words);
    }
    if (card.b.length) {
      body.push(element("ul", { class: "badges" }, card.b.map(function (badge) {
        return element("li", { class: "badge badge--" + badge[1] }, [badge[0]]);
      })));
    }
    var article = element("article", { class: "card" }, [
      element("a", { class: "card__link", href: href, tabindex: "-1", "aria-hidden": "true" },
        card.p ? picture(card.p, root) : cover(card.g)),
      element("div", { class: "card__body" }, body)
    ]);
    return { node: element("li", {}, [article]), words: words };
  };
})((window.ShowcaseSearch = window.ShowcaseSearch || {}));
