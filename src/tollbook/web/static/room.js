// Keys, focus and small comforts. Every page works for reading without this file.
(() => {
  "use strict";
  const token = document.body.dataset.token || "";
  document.addEventListener("htmx:config:request", (event) => {
    const request = event.detail.ctx ? event.detail.ctx.request : event.detail;
    request.headers["x-tollbook-token"] = token;
  });
  // keys are offered by whatever carries data-key; typing in a field is never a command
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const scope = document.querySelector("[data-current]") || document;
    const found = scope.querySelector(`[data-key="${CSS.escape(event.key)}"]`) || document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!found) return;
    event.preventDefault();
    if (found.matches("input, select, textarea")) found.focus();
    else found.click();
  });
})();
