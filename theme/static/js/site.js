// What a page can do beyond reading, when scripts run: copy a citation. Everything else works without.
"use strict";

for (const text of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-button";
  button.textContent = text.dataset.copy;
  const told = document.createElement("span");
  told.className = "copy-told";
  told.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      told.textContent = "Copied";
    } catch {
      told.textContent = "Not copied: select the text instead";
    }
  });
  text.after(button, told);
}
