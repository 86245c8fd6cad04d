// Reloads a previewed page when the site was built again, and shows what is wrong with the content.
"use strict";

(() => {
  let shown = 0;
  const panel = document.createElement("aside");
  panel.setAttribute("role", "status");
  panel.setAttribute("aria-label", "Problems in the content");
  panel.style.cssText =
    "position:fixed;inset:auto 0 0 0;max-height:40vh;overflow:auto;padding:1rem;z-index:99;" +
    "background:#fff7f5;color:#1a1a1a;border-top:4px solid #b3261e;font:14px/1.5 monospace;" +
    "white-space:pre-wrap";

  const show = (problems) => {
    panel.textContent = problems.join("\n");
    if (problems.length) document.body.append(panel);
    else panel.remove();
  };

  new EventSource("/-/events").addEventListener("message", (event) => {
    const { build = 0, problems = [] } = JSON.parse(event.data);
    if (shown && build > shown) {
      location.reload();
      return;
    }
    shown = build;
    show(problems);
  });
})();
