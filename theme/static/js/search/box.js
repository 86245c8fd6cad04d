// The field in which a reader types, and what is shown for it: in a dialog over any page, or on the page of search.
//
// Words reach the page as text, never as markup. A list of options follows the combobox pattern of ARIA: the field
// keeps the focus, arrows choose, Enter goes there; how many answers there are is said in a live region.

const DELAY = 60; // milliseconds: a question that is overtaken ends before its texts are fetched
const FIRST = 5;
const MORE = 10;
const MOST_RECENT = 6;
const RECENT = 'policy-search-recent';
const FACET_NAMES = new Map([
  ['type', 'Kind'], ['programme', 'Programme'], ['series', 'Series'], ['year', 'Year'], ['author', 'Author'],
  ['nation', 'Nation'], ['department', 'Department'],
]);

function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element && !name.startsWith('aria')) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

// A number with commas; the browser's own way loads rules for many languages first, and takes 20 milliseconds.
function written(number) {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

function marked(pieces) {
  return pieces.map(([words, isFound]) => (isFound ? make('mark', {}, words) : words));
}

function readRecent() {
  try {
    const found = JSON.parse(localStorage.getItem(RECENT) ?? '[]');
    return Array.isArray(found) ? found.filter((words) => typeof words === 'string').slice(0, MOST_RECENT) : [];
  } catch {
    return [];
  }
}

function writeRecent(words) {
  try {
    if (words.length) localStorage.setItem(RECENT, JSON.stringify(words));
    else localStorage.removeItem(RECENT);
  } catch { /* a browser that keeps nothing is a choice */ }
}

export function remember(words) {
  const text = words.trim();
  if (text) writeRecent([text, ...readRecent().filter((other) => other !== text)].slice(0, MOST_RECENT));
}

// One worker for all boxes of a page; the newest question of each box is the only one that is still wanted. The worker is
// told where things are when the index's directory, `directory`, has come or has failed to.
export class Asker {
  constructor({ root, worker, directory, lunr }) {
    this.worker = worker;
    this.root = root;
    this.waiting = new Map();
    this.next = 0;
    this.worker.addEventListener('message', ({ data }) => this.waiting.get(data.id)?.(data));
    this.worker.addEventListener('error', () => this.waiting.forEach((hear) => hear({ error: 'The worker does not run.' })));
    this.begun = directory.then((bytes) => worker.postMessage({ root, lunr, directory: bytes }));
  }

  // Ends the interest in an earlier question of the same box, and asks a new one.
  ask(question, hear, earlier) {
    this.waiting.delete(earlier);
    this.next += 1;
    this.waiting.set(this.next, hear);
    const message = { ...question, id: this.next };
    this.begun.then(() => this.waiting.has(message.id) && this.worker.postMessage(message));
    return this.next;
  }
}

// What an answer is: its kind and label, or the label alone where it begins with the kind ("Briefing 2 · 1 May 2026").
function describeKind(kind, label) {
  if (label.startsWith(kind)) return label;
  return label ? `${kind} · ${label}` : kind;
}

export class SearchBox {
  // `form` holds an input named q; `panel` takes what is shown; facets stand in `facetPanel` where there is one.
  constructor({ asker, form, panel, facetPanel, told, onChange = () => {} }) {
    Object.assign(this, { asker, form, panel, facetPanel, told, onChange });
    this.input = form.elements.q;
    this.chosen = new Map();
    this.count = FIRST;
    this.active = -1;
    this.options = [];
    this.prepare();
  }

  // On a phone the choices are folded behind one button.
  prepareFilter() {
    const { facetPanel } = this;
    facetPanel.id ||= `${this.form.id}-choices`;
    this.filter = make('button', { type: 'button', className: 'search-filter', hidden: true, 'aria-expanded': 'false', 'aria-controls': facetPanel.id }, 'Filter');
    this.filter.addEventListener('click', () => {
      const isOpen = facetPanel.classList.toggle('is-open');
      this.filter.setAttribute('aria-expanded', String(isOpen));
    });
    facetPanel.before(this.filter);
  }

  prepare() {
    const { input, panel } = this;
    if (this.facetPanel) this.prepareFilter();
    panel.id ||= `${this.form.id}-results`;
    for (const [name, value] of [
      ['role', 'combobox'], ['aria-expanded', 'false'], ['aria-controls', panel.id], ['aria-autocomplete', 'list'],
      ['autocomplete', 'off'], ['autocapitalize', 'off'], ['spellcheck', 'false'],
    ]) input.setAttribute(name, value);
    input.addEventListener('input', () => this.later());
    input.addEventListener('keydown', (event) => this.move(event));
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    panel.addEventListener('click', (event) => {
      if (event.target.closest('[role="option"]')) remember(input.value);
    });
  }

  later() {
    clearTimeout(this.timer);
    this.count = FIRST;
    this.timer = setTimeout(() => this.show({ isTyping: true }), DELAY);
  }

  submit() {
    clearTimeout(this.timer);
    const option = this.options[this.active];
    if (option) option.click();
    else this.show({ isSubmitted: true });
    remember(this.input.value); // when the question is on its way: what the browser keeps may be slow to come
  }

  // Shows what answers the words in the field. One letter is too little to look for.
  show({ isTyping = false, isSubmitted = false } = {}) {
    const text = this.input.value;
    this.onChange({ text, chosen: this.chosen, isSubmitted });
    if (Array.from(text.trim()).length < 2) {
      this.showRecent();
      return;
    }
    const question = {
      text,
      isTyping,
      count: this.count,
      chosen: [...this.chosen].map(([name, values]) => [name, [...values]]),
      wantsFacets: Boolean(this.facetPanel),
    };
    this.asked = this.asker.ask(question, (answer) => this.hear(answer, text), this.asked);
  }

  hear(answer, text) {
    if (answer.facets) this.drawFacets(answer.facets);
    else if (answer.error) this.say('The search could not be loaded. The lists of papers, topics and people still work.');
    else this.draw(answer, text);
  }

  say(words) {
    this.told.textContent = words;
  }

  // What was looked for before, in this browser only.
  showRecent() {
    const recent = readRecent();
    this.panel.replaceChildren();
    this.drawFacets([]);
    this.setOptions([]);
    this.say('');
    if (!recent.length) return;
    const list = make('ul', { className: 'search-recent__list' });
    for (const words of recent) {
      const button = make('button', { type: 'button' }, words);
      button.addEventListener('click', () => this.fill(words));
      list.append(make('li', {}, button));
    }
    const forget = make('button', { type: 'button', className: 'search-recent__forget' }, 'Forget these');
    forget.addEventListener('click', () => {
      writeRecent([]);
      this.showRecent();
      this.input.focus();
    });
    const heading = make('h2', { className: 'search-recent__title' }, 'Searched for before, in this browser');
    this.panel.append(make('div', { className: 'search-recent' }, heading, list, forget));
  }

  fill(words) {
    this.input.value = words;
    this.input.focus();
    this.count = FIRST;
    this.show({ isSubmitted: true });
  }

  draw({ results, total, words, suggestion }, text) {
    const list = make('div', { role: 'listbox', id: `${this.panel.id}-list`, className: 'search-list', 'aria-label': 'Answers' });
    list.append(...results.map((result, index) => this.drawResult(result, index)));
    const parts = [];
    if (suggestion) parts.push(this.drawSuggestion(suggestion));
    if (results.length) parts.push(list);
    if (total > results.length) parts.push(this.drawMore(total - results.length));
    this.panel.replaceChildren(...parts);
    this.input.setAttribute('aria-controls', results.length ? list.id : this.panel.id);
    this.setOptions([...list.querySelectorAll('[role="option"]')]);
    const found = total === 1 ? '1 answer' : `${written(total)} answers`;
    this.say(total ? `${found} for ${text.trim()}.` : this.explainNothing(words, text));
    if (suggestion) this.told.append(make('span', { className: 'visually-hidden' }, ` Did you mean ${suggestion}?`));
  }

  explainNothing(words, text) {
    if (!words.length) return 'Those words stand everywhere. Add one that says what you are looking for.';
    if ([...this.chosen.values()].some((values) => values.size)) return 'Nothing is left of what you have chosen. Take a choice away.';
    return `Nothing was found for ${text.trim()}. Try fewer words, or another word for the same thing.`;
  }

  drawSuggestion(suggestion) {
    const button = make('button', { type: 'button' }, suggestion);
    button.addEventListener('click', () => this.fill(suggestion));
    return make('p', { className: 'search-suggestion' }, 'Did you mean ', button, '?');
  }

  drawResult({ title, plainTitle, address, label, kind, sections }, index) {
    const id = `${this.panel.id}-${index}`;
    const at = (place) => new URL(place, this.asker.root).href;
    const [first, ...others] = sections;
    const opening = first.address === address || !first.heading.length ? [] : [make('span', { className: 'search-hit__section' }, ...marked(first.heading))];
    const head = make(
      'a',
      { role: 'option', id: `${id}-0`, href: at(first.address), className: 'search-hit__main', tabIndex: -1, 'aria-selected': 'false' },
      make('span', { className: 'search-hit__label' }, describeKind(kind, label)),
      make('span', { className: 'search-hit__title' }, ...marked(title)),
      ...opening,
      make('span', { className: 'search-hit__excerpt' }, ...marked(first.excerpt)),
    );
    const more = others.filter((section) => section.heading.length).map((section, number) => make(
      'a',
      { role: 'option', id: `${id}-${number + 1}`, href: at(section.address), className: 'search-hit__more', tabIndex: -1, 'aria-selected': 'false' },
      ...marked(section.heading),
    ));
    return make('div', { role: 'group', className: 'search-hit', 'aria-label': plainTitle }, head, ...more);
  }

  drawMore(left) {
    const button = make('button', { type: 'button', className: 'search-more' }, `Show more (${written(left)} left)`);
    button.addEventListener('click', () => {
      this.count += MORE;
      this.show();
      this.input.focus();
    });
    return button;
  }

  drawFacets(facets) {
    if (!this.facetPanel) return;
    this.filter.hidden = !facets.length;
    const open = new Set([...this.facetPanel.querySelectorAll('details[open]')].map((part) => part.dataset.facet));
    const focused = document.activeElement?.dataset?.value && this.facetPanel.contains(document.activeElement) ? document.activeElement.id : '';
    const parts = facets.map(([name, values]) => this.drawFacet(name, values, open));
    this.facetPanel.replaceChildren(...parts);
    if (focused) document.getElementById(focused)?.focus();
  }

  drawFacet(name, values, open) {
    const chosen = this.chosen.get(name) ?? new Set();
    const fields = values.slice(0, 30).map(([value, count], number) => {
      const id = `facet-${name}-${number}`;
      const input = make('input', { type: 'checkbox', id, checked: chosen.has(value) });
      input.dataset.value = value;
      input.addEventListener('change', () => this.choose(name, value, input.checked));
      return make('li', {}, input, make('label', { htmlFor: id }, value, ' ', make('span', { className: 'count' }, String(count))));
    });
    const title = FACET_NAMES.get(name) ?? name;
    const group = make('fieldset', {}, make('legend', { className: 'visually-hidden' }, title), make('ul', {}, ...fields));
    const details = make('details', { className: 'search-facet', open: open.has(name) || chosen.size > 0 || name === 'type' }, make('summary', {}, title), group);
    details.dataset.facet = name;
    return details;
  }

  choose(name, value, isChosen) {
    const values = this.chosen.get(name) ?? new Set();
    if (isChosen) values.add(value);
    else values.delete(value);
    this.chosen.set(name, values);
    this.count = FIRST;
    this.show({ isSubmitted: true });
  }

  setOptions(options) {
    this.options = options;
    this.active = -1;
    this.input.setAttribute('aria-expanded', String(options.length > 0));
    this.input.removeAttribute('aria-activedescendant');
  }

  move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.options.length) {
      event.preventDefault();
      const last = this.options.length;
      this.activate(((this.active + 1 + step + last + 1) % (last + 1)) - 1);
    } else if (event.key === 'Escape' && this.active >= 0) {
      event.preventDefault();
      event.stopPropagation();
      this.activate(-1);
    }
  }

  activate(index) {
    this.options[this.active]?.setAttribute('aria-selected', 'false');
    this.active = index;
    const option = this.options[index];
    if (option) {
      option.setAttribute('aria-selected', 'true');
      option.scrollIntoView({ block: 'nearest' });
      this.input.setAttribute('aria-activedescendant', option.id);
    } else {
      this.input.removeAttribute('aria-activedescendant');
    }
  }
}
