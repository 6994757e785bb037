// Keys, focus and small comforts. Every page works for reading and deciding without this file.
(() => {
  "use strict";
  const typing = (element) => element.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const items = () => [...document.querySelectorAll("[data-item]")].filter((one) => one.offsetParent !== null);
  const current = () => document.querySelector("[data-item][data-current]");

  function lit(claims) {
    document.querySelectorAll(".on").forEach((one) => one.classList.remove("on"));
    for (const id of claims)
      for (const mark of document.querySelectorAll(`mark[data-claims~="${CSS.escape(id)}"]`)) mark.classList.add("on");
  }
  // Of hundreds of claims those in view alone have their forms: browsers look at every field of a page, again and again.
  function unfold(item) {
    const folded = item.querySelector("template[data-forms]");
    if (!folded || folded.nextElementSibling?.matches(".acts")) return;
    folded.after(folded.content.cloneNode(true));
  }
  function fold(item) {
    const folded = item.querySelector("template[data-forms]"), forms = folded && folded.nextElementSibling;
    if (!forms || !forms.matches(".acts") || item.hasAttribute("data-current") || forms.querySelector("details[open]")) return;
    forms.remove();
  }
  const view = new IntersectionObserver((seen) => seen.forEach((one) => (one.isIntersecting ? unfold : fold)(one.target)), { rootMargin: "200px" });
  document.querySelectorAll("[data-item]:has(template[data-forms])").forEach((item) => view.observe(item));

  function choose(item, focus = true) {
    if (!item) return;
    unfold(item);
    document.querySelectorAll("[data-current]").forEach((one) => one.removeAttribute("data-current"));
    item.setAttribute("data-current", "");
    if (item.dataset.claim) lit([item.dataset.claim]);
    if (!focus) return;
    (item.matches("[tabindex]") ? item : item.querySelector("[data-open]") || item).focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  }
  function step(by) {
    const all = items(), at = all.indexOf(current());
    if (all.length) choose(all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))]);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) {
      if (event.key !== "Escape") return;
      const open = event.target.closest("details.act");
      if (open) { open.open = false; choose(open.closest("[data-item]")); } else event.target.blur();
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "j" || event.key === "k") { event.preventDefault(); step(event.key === "j" ? 1 : -1); return; }
    const here = current();
    if (event.key === "Enter") {
      const link = here && (event.target === here || event.target === document.body) && here.querySelector("[data-open]");
      if (link) { event.preventDefault(); link.click(); return; }
      if (event.target !== document.body) return;
    }
    const key = `[data-key="${CSS.escape(event.key)}"]`;
    const own = here && here.querySelector(key);
    // what decides on one item acts on the current one only, never on the first that happens to stand on the page
    const found = own || [...document.querySelectorAll(key)].find((one) => !one.closest("[data-item]"));
    if (!found) return;
    event.preventDefault();
    if (found.matches("input, select, textarea")) found.focus();
    else if (found.matches("summary")) {
      found.parentElement.open = true;
      const field = found.parentElement.querySelector("input:not([type=hidden]), select");
      if (field) { field.focus(); if (field.select) field.select(); }
    } else found.click();
  });

  document.addEventListener("click", (event) => {
    const target = event.target;
    if (target.closest("[data-help]")) document.getElementById("keys").showModal();
    if (target.closest("[data-print]")) window.print();
    const mark = target.closest("mark[data-claims]");
    if (mark && !String(document.getSelection())) choose(document.getElementById(mark.dataset.claims.split(" ")[0]));
    const shown = target.closest("[data-show]");
    if (shown) {
      event.preventDefault();
      choose(shown.closest("[data-item]"), false);
      const first = document.querySelector(`mark[data-claims~="${CSS.escape(shown.dataset.show)}"]`);
      if (first) first.scrollIntoView({ block: "center" });
      return;
    }
    const item = target.closest("[data-item]");
    if (item && !target.closest("a, button, summary, input, select, textarea, label")) choose(item, false);
  });
  document.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-item]");
    if (item && item !== current()) choose(item, false);
  });
  document.addEventListener("submit", (event) => { // a double click makes one decision
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
  });
  // on paper everything is unfolded that belongs to the record
  window.addEventListener("beforeprint", () => document.querySelectorAll("main details:not(.act, .filter)").forEach((one) => { if (!one.open) { one.open = true; one.dataset.folded = "1"; } }));
  window.addEventListener("afterprint", () => document.querySelectorAll("details[data-folded]").forEach((one) => { one.open = false; delete one.dataset.folded; }));
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

  // words selected in a report come into the form for a claim that was missed, with their place in code points
  const text = document.getElementById("text"), adding = document.getElementById("adding");
  if (text && adding)
    document.addEventListener("selectionchange", () => {
      const chosen = document.getSelection();
      if (!chosen.rangeCount || chosen.isCollapsed || !text.contains(chosen.anchorNode) || !text.contains(chosen.focusNode)) return;
      const range = chosen.getRangeAt(0), piece = range.startContainer.parentElement.closest("[data-at]");
      if (!piece) return;
      const before = document.createRange();
      before.setStart(piece, 0);
      before.setEnd(range.startContainer, range.startOffset);
      document.getElementById("add-start").value = Number(piece.dataset.at) + [...String(before.toString())].length;
      document.getElementById("add-quote").value = range.toString();
      const digits = range.toString().match(/[\d\u0660-\u0669][\d\u0660-\u0669.,\u066c]*/u);
      if (digits) document.getElementById("add-figure").value = digits[0].replace(/[.,]$/, "");
    });

  // the place of a claim: names are looked up on this machine
  let wait = 0;
  document.addEventListener("input", (event) => {
    const search = event.target.closest("[data-spots]");
    if (!search) return;
    clearTimeout(wait);
    if (!search.value.trim()) return;
    wait = setTimeout(async () => {
      const answer = await fetch(`/api/places?name=${encodeURIComponent(search.value)}`);
      const choice = document.getElementById(search.dataset.spots);
      if (!answer.ok || !choice) return;
      const usual = [...choice.options].filter((one) => !one.value.includes("\t"));
      choice.replaceChildren(...usual, ...(await answer.json()).map((spot) => { const one = new Option(spot.words, spot.value); one.dataset.drawn = spot.division || ""; return one; }));
      choice.selectedIndex = choice.options.length > usual.length ? usual.length : 0;
      choice.dispatchEvent(new Event("spots", { bubbles: true }));
    }, 150);
  });

  // long work: the page asks how it goes
  const job = document.getElementById("job");
  if (job && ["running", "paused", "elsewhere"].includes(job.dataset.job))
    setInterval(async () => {
      const answer = await fetch(location.href).catch(() => null); // a server that was ended may be back in a moment
      if (!answer || !answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("job");
      if (!fresh) return;
      const moved = fresh.dataset.job !== document.getElementById("job").dataset.job;
      if (moved) location.reload();
      else document.getElementById("job").innerHTML = fresh.innerHTML;
    }, 1000);

  // where the address names an item, work goes on there; in the queue, at the next one that waits
  const named = decodeURIComponent(location.hash.slice(1)) || new URLSearchParams(location.search).get("at");
  const start = named && document.getElementById(named);
  if (start && start.matches("[data-item]")) choose(start);
  else if (location.pathname === "/queue") choose(items()[0]);
  document.body.dataset.keys = "on"; // from now on a key does what it says
})();
