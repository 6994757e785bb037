"use strict";
(function () {
  var current = null;
  function all(root, selector) { return Array.prototype.slice.call(root.querySelectorAll(selector)); }
  function clear() { all(document, ".on").forEach(function (e) { e.classList.remove("on"); }); }
  function show(id, move, from) {
    clear();
    current = id;
    var card = document.getElementById(id);
    var marks = all(document, 'mark[data-c~="' + id + '"]');
    if (card) { card.classList.add("on"); }
    marks.forEach(function (m) { m.classList.add("on"); });
    if (!move) { return; }
    if (from !== "text" && marks[0]) { marks[0].scrollIntoView({ block: "center" }); }
    if (from !== "card" && card) { card.scrollIntoView({ block: "nearest" }); card.focus({ preventScroll: true }); }
  }
  function of(target, selector) { return target && target.closest ? target.closest(selector) : null; }
  function first(mark) { return mark.getAttribute("data-c").split(" ")[0]; }
  function named() {
    var id = decodeURIComponent(location.hash.slice(1)), card = id && document.getElementById(id);
    if (card && card.classList.contains("claim")) { show(id, true, "page"); }
  }
  window.addEventListener("hashchange", named);
  document.addEventListener("click", function (event) {
    var card = of(event.target, ".claim"), mark = of(event.target, "mark");
    if (card) { show(card.id, true, "card"); } else if (mark) { show(first(mark), true, "text"); }
  });
  document.addEventListener("mouseover", function (event) {
    var card = of(event.target, ".claim"), mark = of(event.target, "mark");
    if (card) { show(card.id, false); } else if (mark) { show(first(mark), false); }
  });
  document.addEventListener("focusin", function (event) {
    var card = of(event.target, ".claim");
    if (card && card.id !== current) { show(card.id, true, "card"); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    var cards = all(document, ".claim");
    if (!cards.length) { return; }
    var at = cards.findIndex(function (c) { return c.id === current; });
    if (event.key === "j" || event.key === "ArrowDown" && of(event.target, ".claim")) { at = Math.min(cards.length - 1, at + 1); }
    else if (event.key === "k" || event.key === "ArrowUp" && of(event.target, ".claim")) { at = Math.max(0, at - 1); }
    else if (event.key === "Enter" && of(event.target, "mark")) { show(first(of(event.target, "mark")), true, "text"); return; }
    else if (event.key === "Escape") { clear(); current = null; return; }
    else { return; }
    event.preventDefault();
    cards[at].focus({ preventScroll: false });
    show(cards[at].id, true, "card");
  });
  named();
})();
