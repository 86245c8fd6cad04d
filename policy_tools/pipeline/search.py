"""How is the search index of a public library made, with nothing analysed twice?

Each document's words are analysed once and kept by their digest: a paper's while the next ones are rendered.
The index is put together anew when any of them changes, since the weight of a word depends on all; that is
done by a process of its own while the pages are laid out (`search_index.py`).
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property, lru_cache, partial
from importlib.resources import files
from pathlib import Path

from policy_tools.edition.documents import DocumentSummary
from policy_tools.edition.files import OutputFile
from policy_tools.model.document import Document
from policy_tools.model.library import PublicLibrary
from policy_tools.model.paper import Paper
from policy_tools.model.recommendation import Recommendation
from policy_tools.model.site import Site
from policy_tools.pipeline import search_index
from policy_tools.pipeline.search_index import (
    FILE_KIND,
    INDEX_KIND,
    PART_KIND,
    RUN_KIND,
    Named,
    Run,
    digest_run,
    keep_index,
    load_index,
    make_index,
    make_part,
    make_part_at,
)
from policy_tools.processes import Processes
from policy_tools.search.analyser import build_analyser
from policy_tools.search.sources import Source, list_sources
from policy_tools.store import Store, digest_of

_LIST_KIND = "search-list"
_RUN = 50

Keys = tuple[tuple[str, str], ...]
"""What is searched, in order: of each the id of the paper it is, if any, and what its words are kept by."""

FindSources = Callable[[], Mapping[str, Source]]
"""Gives everything that is searched by what its words are kept by."""


class SearchMaker:
    """Makes the index of one library, in one of the `processes` if they were begun.

    `rules` is the digest of all that decides how words are read.
    """

    def __init__(self, site: Site, library: PublicLibrary, store: Store, processes: Processes) -> None:
        self._site = site
        self._library = library
        self._store = store
        self._processes = processes
        self._analyser = build_analyser({entry.short: entry.phrases for entry in library.glossary.values()})
        phrases = repr(sorted(self._analyser.phrases.items()))
        self.rules = digest_of(_digest_of_code(), phrases, site.search, site.language)
        self._asks: dict[str, dict[str, Recommendation]] = {}
        for id_, ask in library.recommendations.items():
            self._asks.setdefault(ask.paper, {})[id_] = ask
        self._begun: dict[str, Callable[[], None]] = {}

    def analyse_paper(self, paper: Paper, summary: DocumentSummary, document: Document) -> None:
        """Read the words of a paper whose document is in hand; `begin_files` then need not fetch it again."""
        if self._site.search == "pagefind" or not paper.is_current:
            return
        key, source = self._find_source(paper, summary.digest, lambda: document)
        if not self._store.find_kept(PART_KIND, [key]):
            self._begin_part(key, source)

    def _find_source(self, paper: Paper, digest: str, load: Callable[[], Document]) -> tuple[str, Source]:
        """What is searched of one paper, and what its words are kept by."""
        alone = _take_out(paper, self._library, self._asks.get(paper.slug, {}))
        *_, found = self._list_sources(alone, {paper.id: (digest, load)})
        return found

    def _begin_part(self, key: str, source: Source) -> None:
        """Read the words of one document: in the process that will make the index, or else at once."""
        document = source.make()
        if self._processes.are_running:
            self._begun[key] = self._processes.begin(
                make_part_at, self._store.path, key, document, self._analyser
            )
        else:
            make_part(self._store, key, document, self._analyser)

    def list_keys(self, documents: Mapping[str, DocumentSummary]) -> Keys:
        """What everything that is searched is kept by."""
        return tuple((source.paper, key) for key, source in self._list_all(documents))

    def renew_keys(
        self, keys: Keys, papers: Iterable[Paper], documents: Mapping[str, DocumentSummary]
    ) -> Keys:
        """The same, when nothing has changed since `keys` were listed but the words of some papers."""
        renewed = {}
        for paper in papers:
            if paper.is_current:
                summary = documents[paper.id]
                renewed[paper.id], _ = self._find_source(paper, summary.digest, summary.load)
        return tuple((id_, renewed.get(id_, key)) for id_, key in keys)

    def begin_files(
        self, keys: Keys, documents: Mapping[str, DocumentSummary]
    ) -> Callable[[], tuple[OutputFile, ...]]:
        """Begin to make the files of the index and of the texts it leads to; give what waits for them."""
        parts = [key for _, key in keys]
        self._store.note_use(PART_KIND, parts)
        digest = digest_of(self.rules, *parts)
        kept = self._store.get(_LIST_KIND, digest)
        if kept is not None:
            return lambda: self._name_files(json.loads(kept))
        find_sources = cache(lambda: dict(self._list_all(documents)))
        begin = self._begin_pagefind if self._site.search == "pagefind" else self._begin
        pending = begin(parts, find_sources)

        def finish() -> tuple[OutputFile, ...]:
            for begun in self._begun.values():
                begun()
            made = pending()
            self._store.put(_LIST_KIND, digest, json.dumps(made).encode())
            return self._name_files(made)

        return cache(finish)

    def _name_files(self, files: Iterable[Named]) -> tuple[OutputFile, ...]:
        named = [Named(*file) for file in files]
        self._store.note_use(FILE_KIND, (file.digest for file in named if not file.whole))
        self._store.note_use(INDEX_KIND, {file.whole for file in named if file.whole})
        return tuple(OutputFile(file.address, partial(self._read, file), file.digest) for file in named)

    def _read(self, file: Named) -> bytes:
        return self._load_index(file.whole)[file.digest] if file.whole else _reload(self._store, file.digest)

    @cached_property
    def _load_index(self) -> Callable[[str], Mapping[str, bytes]]:
        """What fetches the files of an index, of which the last is at hand."""
        return lru_cache(maxsize=1)(partial(load_index, self._store))

    def _list_all(self, documents: Mapping[str, DocumentSummary]) -> Iterator[tuple[str, Source]]:
        renderings = {id_: (summary.digest, summary.load) for id_, summary in documents.items()}
        return self._list_sources(self._library, renderings)

    def _list_sources(
        self, library: PublicLibrary, renderings: Mapping[str, tuple[str, Callable[[], Document]]]
    ) -> Iterator[tuple[str, Source]]:
        """What is searched, each with the digest under which its words are kept."""
        for source in list_sources(library, renderings, self._site.language):
            yield digest_of(self.rules, source.digest), source

    def _begin(self, parts: Sequence[str], find_sources: FindSources) -> Callable[[], list[Named]]:
        """Read the words that are not read yet, and begin with the index."""
        runs = [tuple(parts[start : start + _RUN]) for start in range(0, len(parts), _RUN)]
        self._begin_missing_parts(runs, find_sources)
        return self._processes.begin(make_index, self._store.path, runs, self._analyser)

    def _begin_missing_parts(self, runs: list[Run], find_sources: FindSources) -> None:
        kept_runs = self._store.find_kept(RUN_KIND, map(digest_run, runs))
        wanted = [key for run in runs if digest_run(run) not in kept_runs for key in run]
        kept = self._store.find_kept(PART_KIND, wanted)
        for key in wanted:
            if key not in kept and key not in self._begun:
                self._begin_part(key, find_sources()[key])

    def _begin_pagefind(self, parts: Sequence[str], find_sources: FindSources) -> Callable[[], list[Named]]:
        """Pagefind analyses everything anew: what it keeps of a document cannot be taken up again."""
        from policy_tools.search.pagefind import build_pagefind_files  # noqa: PLC0415

        documents = (find_sources()[key].make() for key in parts)
        files = {file.address: file.content for file in build_pagefind_files(documents, self._site.language)}
        named = list(keep_index(self._store, files))
        return lambda: named


def _take_out(paper: Paper, library: PublicLibrary, asks: Mapping[str, Recommendation]) -> PublicLibrary:
    """The library around one paper: what names the paper, and nothing else that has a page of its own."""
    record = paper.record
    people = (library.people.get(author) for author in record.authors if isinstance(author, str))
    return replace(
        library,
        papers=(paper,),
        pages=(),
        packs={},
        people={person.id: person for person in people if person},
        programmes={id_: library.programmes[id_] for id_ in record.programmes if id_ in library.programmes},
        recommendations=asks,
    )


def _reload(store: Store, digest: str) -> bytes:
    content = store.get(FILE_KIND, digest)
    if content is None:
        raise LookupError("A file of the search index that was just made is no longer in the store.")
    return content


@cache
def _digest_of_code() -> str:
    """That of all that decides what is kept, this module among it."""
    folder = files("policy_tools.search")
    parts = sorted(part.name for part in folder.iterdir() if part.name.endswith((".py", ".toml")))
    own = (Path(__file__), Path(search_index.__file__))
    return digest_of(*(path.read_bytes() for path in own), *((folder / part).read_bytes() for part in parts))
