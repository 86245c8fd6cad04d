// Search on any page: brings a dialog to life, or the page of search. Fetched when a reader shows the intent.

import { Asker, SearchBox } from './box.js';

let asker;
let dialogBox;

// `begun` is what the page has fetched already: a worker with the index's directory, or what asks another index.
function start(begun) {
  asker ??= begun.askerOf ? new begun.askerOf(begun) : new Asker(begun);
  return asker;
}

// Brings a dialog to life, once: what has been typed in it by then is answered at once.
export function attach(dialog, link, begun) {
  if (dialogBox) return;
  const form = dialog.querySelector('form');
  const box = new SearchBox({
    asker: start(begun),
    form,
    panel: dialog.querySelector('[data-search-panel]'),
    told: dialog.querySelector('[role="status"]'),
    onChange: ({ text }) => {
      const all = dialog.querySelector('[data-search-all]');
      const words = text.trim();
      all.href = `${link.href}${words ? `?q=${encodeURIComponent(words)}` : ''}`;
    },
  });
  dialogBox = box;
  dialog.addEventListener('close', () => box.setOptions([]));
  if ('submitted' in form.dataset) box.submit();
  else if (box.input.value) box.show({ isTyping: true });
  else setTimeout(() => box.input.value || box.show()); // the dialog need not wait for what the browser remembers
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
