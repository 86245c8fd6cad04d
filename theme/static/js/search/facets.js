// Which answers of which kinds are there, and which remain when a reader chooses among them?

// `table` is the file of facets: by name its values, and for each document the numbers of those it has. `chosen` maps
// names to sets of values: a document stays that has one of the values of each facet chosen.
export function filterHits(hits, table, chosen) {
  const tests = [...chosen].filter(([name, values]) => values.size && table[name]).map(([name, values]) => {
    const { values: known, documents } = table[name];
    const wanted = new Set(known.flatMap((value, number) => (values.has(value) ? [number] : [])));
    return (hit) => documents[hit.document].some((number) => wanted.has(number));
  });
  return tests.length ? hits.filter((hit) => tests.every((test) => test(hit))) : hits;
}

// For each facet its values with the number of answers that choosing it would leave: `[name, [[value, count], …]]`.
export function countFacets(hits, table, chosen) {
  return Object.entries(table).map(([name, { values, documents }]) => {
    const others = new Map([...chosen].filter(([other]) => other !== name));
    const counts = new Array(values.length).fill(0);
    for (const hit of filterHits(hits, table, others)) {
      for (const number of documents[hit.document]) counts[number] += 1;
    }
    const shown = values.map((value, number) => [value, counts[number]]).filter(([value, count]) => count || chosen.get(name)?.has(value));
    shown.sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
    return [name, shown];
  }).filter(([, values]) => values.length > 1 || values.some(([value]) => value));
}
