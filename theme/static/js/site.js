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

// Search is fetched when a reader shows the intent: a pointer on its link, the focus there, "/" or Ctrl-K. What the first
// answer needs is fetched at once: the script of the box, the worker that answers, and the directory of the index.
const searchLink = document.querySelector("[data-search]");
const searchPage = document.querySelector("[data-search-page]");
let search;
let dialog;

function beginSearch() {
  const at = (name) => new URL(searchLink.dataset[name], document.baseURI).href;
  const begun = { root: at("root") };
  if (searchLink.dataset.asker) {
    return Promise.all([import(at("search")), import(at("asker"))]).then(([module, { PagefindAsker }]) => [module, { ...begun, askerOf: PagefindAsker }]);
  }
  const policy = window.trustedTypes?.createPolicy("policy-search", { createScriptURL: (url) => url });
  begun.worker = new Worker(policy ? policy.createScriptURL(at("worker")) : at("worker"));
  begun.directory = fetch(new URL("search/current.bin", begun.root))
    .then((response) => (response.ok ? response.arrayBuffer() : undefined))
    .catch(() => undefined); // the worker tries again, and says so if it cannot
  const script = import(at("search")); // after the worker, which takes longest to begin
  begun.lunr = (searchLink.dataset.lunr ?? "").split(" ").filter(Boolean).map((name) => new URL(name, document.baseURI).href);
  return script.then((module) => [module, begun]);
}

function loadSearch() {
  search ??= beginSearch();
  search.catch(() => { search = undefined; });
  return search;
}

function isTypingSomewhere(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

// The dialog is there before what answers in it: words that are typed and sent meanwhile are answered when that comes.
function makeDialog() {
  const made = document.getElementById("search-dialog-template").content.firstElementChild.cloneNode(true);
  const form = made.querySelector("form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    form.dataset.submitted = "";
  });
  made.addEventListener("click", (event) => {
    if (event.target === made || event.target.closest("a, [data-search-close]")) made.close();
  });
  document.body.append(made);
  return made;
}

async function openSearch(event) {
  event.preventDefault();
  if (searchPage) {
    searchPage.querySelector("input[name=q]").focus();
    return;
  }
  const loading = loadSearch();
  dialog ??= makeDialog();
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input").select();
  try {
    const [module, begun] = await loading;
    module.attach(dialog, searchLink, begun);
  } catch {
    location.assign(searchLink.href);
  }
}

if (searchLink) {
  searchLink.addEventListener("pointerenter", loadSearch, { once: true });
  searchLink.addEventListener("focus", loadSearch, { once: true });
  searchLink.addEventListener("click", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) openSearch(event);
  });
  document.addEventListener("keydown", (event) => {
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isCommand = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if (isCommand || (isSlash && !isTypingSomewhere(event.target))) openSearch(event);
  });
  if (searchPage) loadSearch().then(([module, begun]) => module.mount(searchPage, begun), () => {});
}
