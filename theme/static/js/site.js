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

// Search is fetched when a reader shows the intent: a pointer on its link, the focus there, "/" or Ctrl-K.
const searchLink = document.querySelector("[data-search]");
const searchPage = document.querySelector("[data-search-page]");
let search;

function loadSearch() {
  search ??= import(new URL(searchLink.dataset.search, document.baseURI).href);
  return search;
}

function isTypingSomewhere(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

async function openSearch(event) {
  event.preventDefault();
  if (searchPage) searchPage.querySelector("input[name=q]").focus();
  else (await loadSearch()).open(searchLink);
}

if (searchLink) {
  const prepare = async () => (await loadSearch()).prepare(searchLink);
  searchLink.addEventListener("pointerenter", prepare, { once: true });
  searchLink.addEventListener("focus", prepare, { once: true });
  searchLink.addEventListener("click", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) openSearch(event);
  });
  document.addEventListener("keydown", (event) => {
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isCommand = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if (isCommand || (isSlash && !isTypingSomewhere(event.target))) openSearch(event);
  });
  if (searchPage) loadSearch().then((module) => module.mount(searchPage, searchLink));
}
