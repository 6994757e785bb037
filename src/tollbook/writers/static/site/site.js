// Data stands in scripts of their own, since a page opened from a folder may load scripts and nothing else. No request leaves.
(() => {
  "use strict";
  const held = new Map(), asked = new Map(), root = document.documentElement.dataset.root || "";
  window.tollbook = (name, value) => held.set(name, value);
  tollbook.root = root;
  tollbook.load = (name, path = name) => {
    if (!asked.has(name)) {
      asked.set(name, new Promise((done) => {
        const script = document.createElement("script");
        script.src = `${root}${path}.js`;
        script.onload = () => done(held.get(name) ?? null);
        script.onerror = () => done(null);
        document.head.append(script);
      }));
    }
    return asked.get(name);
  };
  // a citation that is led to is marked, and one comes back to where one was reading
  document.addEventListener("click", (event) => {
    const link = event.target.closest("sup.cite a");
    if (!link) return;
    const quote = document.getElementById(link.hash.slice(1));
    if (!quote) return;
    document.querySelectorAll(".cites .back").forEach((one) => one.remove());
    const back = document.createElement("button");
    back.type = "button";
    back.className = "small back";
    back.textContent = "Back to the figure";
    back.addEventListener("click", () => { link.focus(); link.scrollIntoView({ block: "center" }); });
    quote.append(" ", back);
  });
})();
