/* Elements made by script: text stays text. */
(function (showcase) {
  "use strict";

  function child(one) {
    return typeof one === "string" ? document.createTextNode(one) : one;
  }

  function element(name, attributes, children) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      if (attributes[key] !== null && attributes[key] !== undefined && attributes[key] !== false) {
        made.setAttribute(key, attributes[key] === true ? "" : attributes[key]);
      }
    });
    (children || []).forEach(function (one) { made.appendChild(child(one)); });
    return made;
  }

  function fill(target, children) {
    while (target.firstChild) {
      target.removeChild(target.firstChild);
    }
    children.forEach(function (one) { target.appendChild(child(one)); });
  }

  /* Parts of a text, [words, whether a term], as nodes. */
  function inMarks(parts) {
    return parts.map(function (part) {
      return part[1] ? element("mark", {}, [part[0]]) : document.createTextNode(part[0]);
    });
  }

  function each(list, action) {
    Array.prototype.forEach.call(list, action);
  }

  showcase.dom = { element: element, fill: fill, inMarks: inMarks, each: each };
})((window.ShowcaseSearch = window.ShowcaseSearch || {}));
