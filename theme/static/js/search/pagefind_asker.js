// Answers from Pagefind's index, in the form of our own: for sites that set SEARCH = "pagefind".

const NAMED = new Map([['amp', '&'], ['lt', '<'], ['gt', '>'], ['quot', '"'], ['apos', "'"]]);

function undoEntities(text) {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal || hex) return String.fromCodePoint(Number.parseInt(decimal ?? hex, decimal ? 10 : 16));
    return NAMED.get(name.toLowerCase()) ?? whole;
  });
}

// Pagefind's excerpt is HTML with marks; here it becomes pieces of text, `[words, isFound]`.
export function readExcerpt(html) {
  return html.split(/(<mark>.*?<\/mark>)/s).filter(Boolean).map((piece) => {
    const isFound = piece.startsWith('<mark>');
    return [undoEntities(piece.replace(/<[^>]*>/g, '')), isFound];
  });
}

function withoutSlash(address) {
  return address.replace(/^\//, '');
}

export class PagefindAsker {
  constructor({ root }) {
    this.root = root;
    this.next = 0;
    this.latest = 0;
    this.loading = import(new URL('search/pagefind/pagefind.js', root).href).then(async (pagefind) => {
      await pagefind.options({ baseUrl: '/', excerptLength: 30 });
      await pagefind.init();
      return pagefind;
    });
  }

  ask(question, hear) {
    this.next += 1;
    const id = this.next;
    this.latest = id;
    this.answer(question).then((answers) => {
      if (this.latest === id) answers.forEach((answer) => hear(answer));
    }, (error) => hear({ error: String(error) }));
    return id;
  }

  async answer({ text, chosen, count, wantsFacets }) {
    const pagefind = await this.loading;
    if (wantsFacets) await pagefind.filters(); // without which nothing is counted
    const filters = Object.fromEntries(chosen.filter(([, values]) => values.length).map(([name, values]) => [name, { any: values }]));
    const { results, filters: counts } = await pagefind.search(text, { filters });
    const shown = await Promise.all(results.slice(0, count).map((result) => result.data()));
    const answers = [{
      results: shown.map((found) => this.describe(found)), total: results.length, words: [text], suggestion: '',
    }];
    if (wantsFacets) {
      answers.push({ facets: Object.entries(counts ?? {}).map(([name, values]) => [name, Object.entries(values).filter(([, number]) => number)]) });
    }
    return answers;
  }

  describe({ url, meta, excerpt, sub_results: parts }) {
    const address = withoutSlash(url);
    const sections = parts.slice(0, 3).map((part) => ({
      address: withoutSlash(part.url),
      heading: part.url.includes('#') ? [[part.title, false]] : [],
      excerpt: readExcerpt(part.excerpt),
    }));
    return {
      title: [[meta.title ?? '', false]],
      plainTitle: meta.title ?? '',
      address,
      label: meta.label ?? '',
      kind: meta.kind ?? '',
      sections: sections.length ? sections : [{ address, heading: [], excerpt: readExcerpt(excerpt) }],
    };
  }
}
