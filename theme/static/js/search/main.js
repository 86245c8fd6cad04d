// Search on any page: opens a dialog, or brings the page of search to life. Fetched when a reader shows the intent.

import { Asker, SearchBox } from './box.js';

let asker;
let dialog;

// `begun` is what the page has fetched already: a worker with the index's directory, or what asks another index.
function start(begun) {
  asker ??= begun.askerOf ? new begun.askerOf(begun) : new Asker(begun);
  return asker;
}

function makeDialog(link, begun) {
  const template = document.getElementById('search-dialog-template');
  const made = template.content.firstElementChild.cloneNode(true);
  document.body.append(made);
  const box = new SearchBox({
    asker: start(begun),
    form: made.querySelector('form'),
    panel: made.querySelector('[data-search-panel]'),
    told: made.querySelector('[role="status"]'),
    onChange: ({ text }) => {
      const all = made.querySelector('[data-search-all]');
      const words = text.trim();
      all.href = `${link.href}${words ? `?q=${encodeURIComponent(words)}` : ''}`;
    },
  });
  made.addEventListener('click', (event) => {
    if (event.target === made || event.target.closest('[data-search-close]')) made.close();
    else if (event.target.closest('a')) made.close();
  });
  made.addEventListener('close', () => box.setOptions([]));
  setTimeout(() => { // the dialog need not wait for what the browser remembers
    if (!box.input.value) box.show();
  });
  return made;
}

// Opens the dialog with the focus in its field.
export function open(link, begun) {
  dialog ??= makeDialog(link, begun);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('input').select();
}

function readAddress() {
  const asked = new URLSearchParams(location.search);
  const chosen = new Map();
  for (const [name, value] of asked) {
    if (name !== 'q') chosen.set(name, (chosen.get(name) ?? new Set()).add(value));
  }
  return { text: asked.get('q') ?? '', chosen };
}

function writeAddress({ text, chosen, isSubmitted }) {
  const asked = new URLSearchParams();
  if (text.trim()) asked.set('q', text.trim());
  for (const [name, values] of chosen) for (const value of values) asked.append(name, value);
  const query = asked.toString();
  const address = `${location.pathname}${query ? `?${query}` : ''}`;
  if (address === `${location.pathname}${location.search}`) return;
  if (isSubmitted) history.pushState(null, '', address);
  else history.replaceState(null, '', address);
}

// Brings the page of search to life: what its address asks for is answered at once.
export function mount(page, begun) {
  const box = new SearchBox({
    asker: start(begun),
    form: page.querySelector('form'),
    panel: page.querySelector('[data-search-panel]'),
    facetPanel: page.querySelector('[data-search-facets]'),
    told: page.querySelector('[role="status"]'),
    onChange: writeAddress,
  });
  const restore = () => {
    const { text, chosen } = readAddress();
    box.input.value = text;
    box.chosen = chosen;
    box.show();
  };
  addEventListener('popstate', restore);
  restore();
  box.input.focus();
}
