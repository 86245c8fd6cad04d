// Sifts the policy bank: makes filters of the facets that the page lists, keeps the choice in the address,
// and adds up anew the costings that are left. Without it the page holds everything, unsifted.
"use strict";

{
  const facetList = document.getElementById("page-facets");
  if (facetList) startBank(facetList);
}

function startBank(facetList) {
  const found = document.getElementById("page-found");
  const rows = [...document.querySelectorAll(".bank__table tbody tr")].map(readRow);
  const facets = [...facetList.querySelectorAll("[data-facet]")].map(readFacet);
  const totals = findTotals();
  const panel = buildPanel(facets);
  const nothing = make("p", "bank__nothing", "Nothing in the bank is like that. Take one of the filters away, or clear them all.");
  nothing.hidden = true;
  const chosen = make("ul", "bank__chosen");
  chosen.setAttribute("aria-label", "Filters in use");
  found.setAttribute("role", "status");
  found.tabIndex = -1;
  found.closest("p").after(chosen, nothing);
  facetList.replaceWith(panel.element);
  panel.element.closest(".bank").classList.toggle("bank--long", rows.length > 100);

  let isTyping = false;
  let waiting = 0;

  function show() {
    const kept = sift(rows, facets, panel.find.value);
    const isSifted = panel.find.value.trim() !== "" || facets.some(chosenOf);
    for (const section of document.querySelectorAll(".bank__group")) countGroup(section);
    nothing.hidden = kept.length > 0;
    panel.clear.disabled = !isSifted;
    listChosen();
    tell(panel.number, isSifted ? `Filters (${kept.length} of ${rows.length} shown)` : "Filters");
    showTotals(totals, kept, isSifted);
    tell(found, isSifted ? `${kept.length} of ${countOf(rows.length)}` : countOf(rows.length));
  }

  // What is chosen, each to be taken away where it is seen; the keyboard goes on to the next, or to the count.
  function listChosen() {
    const text = panel.find.value.trim();
    const used = facets.flatMap(facet => facet.options.filter(option => option.box.checked))
      .map(option => ({ label: option.label, takeAway: () => { option.box.checked = false; } }));
    if (text) used.unshift({ label: `“${text}”`, takeAway: () => { panel.find.value = ""; } });
    chosen.hidden = used.length === 0;
    chosen.replaceChildren(...used.map(({ label, takeAway }, place) => {
      const button = make("button", "", label);
      button.type = "button";
      button.setAttribute("aria-label", `Take away: ${label}`);
      button.addEventListener("click", () => {
        takeAway();
        choose();
        const left = chosen.querySelectorAll("button");
        (left[Math.min(place, left.length - 1)] || found).focus();
      });
      const item = make("li", "");
      item.append(button);
      return item;
    }));
  }

  function keepInAddress(isNewEntry) {
    const query = writeQuery(facets, panel.find.value);
    const address = location.pathname + (query ? `?${query}` : "");
    if (address === location.pathname + location.search) return;
    try {
      history[isNewEntry ? "pushState" : "replaceState"](null, "", address);
    } catch {
      // A page opened as a file keeps its address; it can be sifted all the same.
    }
  }

  function readAddress() {
    readQuery(new URLSearchParams(location.search), facets, panel.find);
    isTyping = false;
    show();
  }

  function choose() {
    clearTimeout(waiting);
    isTyping = false;
    show();
    keepInAddress(true);
  }

  for (const facet of facets) {
    for (const option of facet.options) option.box.addEventListener("change", choose);
  }
  panel.find.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      show();
      keepInAddress(!isTyping);
      isTyping = true;
    }, 150);
  });
  panel.clear.addEventListener("click", () => {
    panel.find.value = "";
    for (const facet of facets) for (const option of facet.options) option.box.checked = false;
    choose();
    panel.find.focus();
  });
  window.addEventListener("popstate", readAddress);
  readAddress();
}

// What a row can be found by, and its costing in thousands of pounds.

function readRow(element) {
  const costs = (element.dataset.costs || "").split(",").filter(Boolean).map(line => {
    const [year, ...sums] = line.split(" ");
    return { year, sums: sums.map(Number) };
  });
  return { element, words: plain(element.textContent), costs, base: element.dataset.base || "", values: new Map() };
}

function valuesOf(row, name) {
  if (!row.values.has(name)) row.values.set(name, (row.element.dataset[name] || "").split(" ").filter(Boolean));
  return row.values.get(name);
}

function readFacet(list) {
  const options = [...list.querySelectorAll("[data-value]")].map(item => ({
    value: item.dataset.value,
    label: item.firstElementChild.textContent,
    count: 0,
  }));
  return { name: list.dataset.facet, title: list.previousElementSibling.textContent, options };
}

// The filters.

function buildPanel(facets) {
  const element = make("details", "sift");
  const number = make("summary", "sift__title", "Filters");
  const body = make("div", "sift__body");
  body.setAttribute("role", "search");
  body.setAttribute("aria-label", "Recommendations");
  const find = make("input", "sift__find");
  Object.assign(find, { type: "search", id: "sift-find", autocomplete: "off", spellcheck: false });
  const label = make("label", "sift__label", "Find words");
  label.htmlFor = find.id;
  const clear = make("button", "sift__clear", "Clear all filters");
  clear.type = "button";
  body.append(label, find, ...facets.map(buildFieldset), clear);
  element.append(number, body);
  followWidth(element);
  return { element, number, find, clear };
}

function buildFieldset(facet) {
  const fieldset = make("fieldset", "sift__facet");
  fieldset.append(make("legend", "sift__label", facet.title));
  facet.options.forEach((option, place) => {
    option.box = make("input", "");
    Object.assign(option.box, { type: "checkbox", id: `sift-${facet.name}-${place}`, autocomplete: "off" });
    option.number = make("span", "sift__count", "");
    option.line = make("label", "sift__option");
    option.line.htmlFor = option.box.id;
    option.line.append(option.box, make("span", "", option.label), " ", option.number);
    fieldset.append(option.line);
  });
  return fieldset;
}

// Beside the table the filters stand open; above it, on a narrow screen, they wait to be opened.
function followWidth(element) {
  const wide = matchMedia("(min-width: 66rem)");
  element.open = wide.matches;
  wide.addEventListener("change", () => { element.open = wide.matches; });
}

// Sifting. A row that fails one facet alone still counts for the options of that facet.

function sift(rows, facets, text) {
  const words = plain(text).split(" ").filter(Boolean);
  const chosen = facets.map(chosenOf);
  for (const facet of facets) {
    facet.places = new Map(facet.options.map(option => [option.value, option]));
    for (const option of facet.options) option.count = 0;
  }
  const kept = rows.filter(row => {
    let failed = words.every(word => row.words.includes(word)) ? [] : null;
    if (failed) failed = facets.filter((facet, place) => chosen[place] && !valuesOf(row, facet.name).some(value => chosen[place].has(value)));
    if (failed && failed.length < 2) {
      for (const facet of failed.length ? failed : facets) {
        for (const value of valuesOf(row, facet.name)) {
          const option = facet.places.get(value);
          if (option) option.count += 1;
        }
      }
    }
    const isKept = failed !== null && failed.length === 0;
    if (row.element.hidden === isKept) row.element.hidden = !isKept;
    return isKept;
  });
  for (const facet of facets) {
    for (const option of facet.options) {
      tell(option.number, String(option.count));
      option.line.classList.toggle("sift__option--none", option.count === 0);
    }
  }
  return kept;
}

function chosenOf(facet) {
  const values = facet.options.filter(option => option.box.checked).map(option => option.value);
  return values.length ? new Set(values) : null;
}

function countGroup(section) {
  const all = section.querySelectorAll("tbody tr").length;
  const left = section.querySelectorAll("tbody tr:not([hidden])").length;
  section.hidden = left === 0;
  tell(section.querySelector("[data-count]"), left === all ? countOf(all) : `${left} of ${countOf(all)}`);
}

// Adding up.

function findTotals() {
  const table = document.getElementById("page-years-table");
  if (!table) return null;
  return {
    table,
    years: new Map([...table.querySelectorAll("[data-year]")].map(row => [row.dataset.year, row])),
    costed: document.getElementById("page-costed"),
    caution: document.getElementById("page-caution"),
    programmes: document.getElementById("page-programmes-table"),
    bases: document.querySelectorAll("[data-bases]"),
  };
}

function showTotals(totals, kept, isSifted) {
  if (!totals) return;
  const costed = kept.filter(row => row.costs.length);
  const sums = new Map([["all", [0, 0, 0]]]);
  for (const { year, sums: line } of costed.flatMap(row => row.costs)) {
    if (!sums.has(year)) sums.set(year, [0, 0, 0]);
    for (const name of [year, "all"]) line.forEach((value, place) => { sums.get(name)[place] += value; });
  }
  for (const [year, row] of totals.years) {
    row.hidden = !sums.has(year);
    if (!row.hidden) sums.get(year).forEach((value, place) => tell(row.cells[place + 1], formatThousands(value)));
  }
  totals.table.parentElement.hidden = costed.length === 0;
  const bases = [...new Set(costed.map(row => row.base).filter(Boolean))].sort();
  for (const place of totals.bases) tell(place, bases.length > 1 ? `${bases.slice(0, -1).join(", ")} and ${bases.at(-1)}` : bases.join(""));
  if (totals.caution) totals.caution.hidden = bases.length < 2;
  if (totals.programmes) totals.programmes.hidden = isSifted;
  tell(totals.costed, `${costed.length} of ${countOf(kept.length)}${isSifted ? " found" : ""} ${costed.length === 1 ? "has" : "have"} a costing.`);
}

// "£1.2 billion" from thousands of pounds, as the site prints sums everywhere.
function formatThousands(value) {
  const size = Math.abs(value);
  if (size === 0) return "£0";
  const [step, name] = size >= 1_000_000 ? [100_000, "billion"] : [100, "million"];
  const tenths = Math.floor((size + step / 2) / step);
  const digits = tenths % 10 === 0 ? 0 : 1;
  const number = (tenths / 10).toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${value < 0 ? "−" : ""}£${number} ${name}`;
}

// The address. Values that the page does not know are passed over.

function writeQuery(facets, text) {
  const query = new URLSearchParams();
  if (text.trim()) query.set("find", text.trim());
  for (const facet of facets) {
    for (const value of chosenOf(facet) || []) query.append(facet.name, value);
  }
  return query.toString();
}

function readQuery(query, facets, find) {
  find.value = query.get("find") || "";
  for (const facet of facets) {
    const wanted = new Set(query.getAll(facet.name));
    for (const option of facet.options) option.box.checked = wanted.has(option.value);
  }
}

// Small things.

function make(name, className, text = "") {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

function tell(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function countOf(number) {
  return `${number} ${number === 1 ? "recommendation" : "recommendations"}`;
}

// In small letters without accents, one space between words.
function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
}
