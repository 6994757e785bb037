// The search: terms come in files by their beginnings, and only those that a question needs are loaded.
(() => {
  "use strict";
  const form = document.getElementById("search"), box = form.elements.q, by = form.elements.by;
  const list = document.getElementById("results"), said = document.getElementById("said"), more = document.getElementById("more");
  const STEP = 50;
  const terms = (words) => {
    const bare = words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ς/g, "σ");
    return [...new Set(bare.match(/[\p{L}\p{N}]+/gu) || [])].filter((one) => one.length > 1 || /[^\x00-\x7f]/.test(one));
  };
  const hex = (words) => [...new TextEncoder().encode(words)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  let about = null, found = [], shown = 0, turn = 0;

  async function files(term) {
    const names = about.begin.filter((begin) => begin.startsWith(term) || term.startsWith(begin));
    return Promise.all(names.map((begin) => tollbook.load(`search/terms-${hex(begin)}`)));
  }
  // which incidents hold words that begin with a term, and how well: whole words before beginnings, the head before the rest
  async function holding(term) {
    const fits = new Map();
    for (const file of await files(term)) {
      for (const [word, steps] of Object.entries(file || {})) {
        if (!word.startsWith(term)) continue;
        let n = 0;
        for (const step of steps) {
          n += step >> 1;
          const fit = (word === term ? 2 : 1) * (step & 1 ? 4 : 1);
          if (fit > (fits.get(n) || 0)) fits.set(n, fit);
        }
      }
    }
    return fits;
  }
  async function search(words) {
    const own = ++turn, wanted = terms(words);
    about ??= await tollbook.load("search/about");
    list.replaceChildren();
    more.hidden = true;
    if (!about || !wanted.length) {
      said.textContent = about ? "All words must be there; the beginning of a word is enough." : "The index of the search cannot be read.";
      return;
    }
    const each = await Promise.all(wanted.map(holding));
    if (own !== turn) return;
    each.sort((a, b) => a.size - b.size);
    found = [];
    for (const [n, fit] of each[0]) {
      let whole = fit;
      for (const other of each.slice(1)) {
        const also = other.get(n);
        if (!also) { whole = 0; break; }
        whole += also;
      }
      if (whole) found.push([n, whole]);
    }
    const order = by.value;
    found.sort(order === "old" ? (a, b) => a[0] - b[0] : order === "new" ? (a, b) => b[0] - a[0] : (a, b) => b[1] - a[1] || b[0] - a[0]);
    said.textContent = found.length === 1 ? "1 incident" : `${found.length.toLocaleString("en")} incidents`;
    shown = 0;
    await show(own);
  }
  async function show(own) {
    const some = found.slice(shown, shown + STEP);
    const heads = await Promise.all(some.map(([n]) => tollbook.load(`search/heads-${Math.floor(n / about.block)}`)));
    if (own !== turn) return;
    some.forEach(([n], k) => {
      const head = heads[k] && heads[k][n % about.block];
      if (!head) return;
      const [id, title, , country, figures, review] = head;
      const item = document.createElement("li"), link = document.createElement("a"), rest = document.createElement("span");
      const name = document.createElement("bdi");
      link.href = `incidents/${id.slice(1, 3)}/${id}.html`;
      name.textContent = title;
      link.append(name);
      rest.className = "soft";
      rest.textContent = [country, figures || "no figure", review === "signed_off" ? "signed off" : "unreviewed"].filter(Boolean).join(" · ");
      item.append(link, document.createElement("br"), rest);
      list.append(item);
    });
    shown += some.length;
    more.hidden = shown >= found.length;
  }
  const go = (keep) => {
    if (keep) {
      try { history.replaceState(null, "", `?${new URLSearchParams({ q: box.value, by: by.value })}`); } catch { /* a folder may not */ }
    }
    return search(box.value);
  };
  let wait = 0;
  box.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(() => go(true), 150); });
  by.addEventListener("change", () => go(true));
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(wait); go(true); });
  more.addEventListener("click", () => show(turn));
  const asked = new URLSearchParams(location.search);
  box.value = asked.get("q") || "";
  if (["new", "old"].includes(asked.get("by"))) by.value = asked.get("by");
  if (box.value) go(false); else box.focus();
})();
