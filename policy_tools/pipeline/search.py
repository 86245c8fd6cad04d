"""How is the search index of a public library made, with nothing analysed twice?

Each document's words are analysed once and kept by their digest: a paper's while the next ones are rendered.
The index is put together anew when any of them changes, since the weight of a word depends on all.
"""

import json
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from policy_tools.edition.documents import DocumentSummary
from policy_tools.edition.files import OutputFile
from policy_tools.model.document import Document
from policy_tools.model.library import PublicLibrary
from policy_tools.model.paper import Paper
from policy_tools.model.recommendation import Recommendation
from policy_tools.model.site import Site
from policy_tools.search.analyser import build_analyser
from policy_tools.search.entries import SearchDocument
from policy_tools.search.sources import Source, list_sources
from policy_tools.store import Store, digest_of

if TYPE_CHECKING:
    from policy_tools.search.shards import SearchFile

# What makes an index is imported where it is used: it needs NumPy, and importing that takes longer than
# finding an index that is kept.

_PART, _MERGED, _FILE, _LIST = "search-part", "search-run", "search-file", "search-list"
_RUN = 50
_SHORT = 12  # hexadecimal digits of a digest that only has to differ from the last one


class SearchMaker:
    """Makes the index of one library."""

    def __init__(self, site: Site, library: PublicLibrary, store: Store) -> None:
        self._site = site
        self._library = library
        self._store = store
        self._analyser = build_analyser({entry.short: entry.phrases for entry in library.glossary.values()})
        phrases = repr(sorted(self._analyser.phrases.items()))
        self._rules = digest_of(_digest_of_code(), phrases, site.search, site.language)
        self._asks: dict[str, dict[str, Recommendation]] = {}
        for id_, ask in library.recommendations.items():
            self._asks.setdefault(ask.paper, {})[id_] = ask

    def get_ready(self) -> None:
        """Import what makes an index, so that this is done when the first paper comes."""
        from policy_tools.search import shards  # noqa: F401, PLC0415

    def analyse_paper(self, paper: Paper, summary: DocumentSummary, document: Document) -> None:
        """Read the words of a paper whose document is in hand; `make_files` then need not fetch it again."""
        if self._site.search == "pagefind" or not paper.is_current:
            return
        alone = _take_out(paper, self._library, self._asks.get(paper.slug, {}))
        *_, (key, source) = self._list_sources(alone, {paper.id: (summary.digest, lambda: document)})
        if self._store.get(_PART, key) is None:
            self._make_part(key, source)

    def make_files(self, documents: Mapping[str, DocumentSummary]) -> tuple[OutputFile, ...]:
        """Every file of the index, and of the texts that it leads to."""
        renderings = {id_: (summary.digest, summary.load) for id_, summary in documents.items()}
        sources = list(self._list_sources(self._library, renderings))
        digest = digest_of(self._rules, *(key for key, _ in sources))
        kept = self._store.get(_LIST, digest)
        if kept is None:
            make = self._make_pagefind if self._site.search == "pagefind" else self._make
            kept = json.dumps(list(make(sources))).encode()
            self._store.put(_LIST, digest, kept)
        files = json.loads(kept)
        self._store.note_use(_PART, (key for key, _ in sources))
        self._store.note_use(_FILE, (key for _, key in files))
        return tuple(OutputFile(address, partial(_reload, self._store, key), key) for address, key in files)

    def _list_sources(
        self, library: PublicLibrary, renderings: Mapping[str, tuple[str, Callable[[], Document]]]
    ) -> Iterator[tuple[str, Source]]:
        """What is searched, each with the digest under which its words are kept."""
        for source in list_sources(library, renderings, self._site.language):
            yield digest_of(self._rules, source.digest), source

    def _make(self, sources: list[tuple[str, Source]]) -> Iterator[tuple[str, str]]:
        """Makes what is missing; gives the address and the digest of each file."""
        from policy_tools.search.index import build_index, unpack_partial  # noqa: PLC0415
        from policy_tools.search.shards import address_text, build_index_files  # noqa: PLC0415

        outlines: list[SearchDocument] = []
        texts: list[tuple[str, ...]] = []
        partials = []
        for run in self._find_runs(sources):
            run_outlines, packed, run_texts = pickle.loads(run)  # noqa: S301 - trusted like the code
            outlines += run_outlines
            partials.append(unpack_partial(packed))
            texts += run_texts
        for number, pieces in enumerate(texts):
            yield from ((address_text(number, piece), text) for piece, text in enumerate(pieces))
        index = build_index(partials)
        texts_digest = digest_of(*chain.from_iterable(texts))[:_SHORT]
        yield from self._keep_files(build_index_files(index, outlines, self._analyser, texts_digest))

    def _find_runs(self, sources: list[tuple[str, Source]]) -> Iterator[bytes]:
        """The documents in runs that are kept as one, so that an edit looks at those of one run anew."""
        runs = [sources[start : start + _RUN] for start in range(0, len(sources), _RUN)]
        keys = [digest_of(*(key for key, _ in run)) for run in runs]
        kept = self._store.get_many(_MERGED, keys)
        for key, run in zip(keys, runs, strict=True):
            yield kept.pop(key) if key in kept else self._make_run(key, run)

    def _make_run(self, key: str, run: list[tuple[str, Source]]) -> bytes:
        """What is kept of a run: outlines, analysed words, and the digests of each text's files."""
        from policy_tools.search.index import merge, unpack_partial  # noqa: PLC0415

        kept = self._store.get_many(_PART, (part for part, _ in run))
        parts = [pickle.loads(kept.get(part) or self._make_part(part, source)) for part, source in run]  # noqa: S301
        outlines, packed, texts = zip(*parts, strict=True)
        merged = pickle.dumps((outlines, merge(map(unpack_partial, packed)).pack(), texts), 5)
        self._store.put(_MERGED, key, merged)
        return merged

    def _make_pagefind(self, sources: list[tuple[str, Source]]) -> Iterator[tuple[str, str]]:
        """Pagefind analyses everything anew: what it keeps of a document cannot be taken up again."""
        from policy_tools.search.pagefind import build_pagefind_files  # noqa: PLC0415

        documents = (source.make() for _, source in sources)
        yield from self._keep_files(build_pagefind_files(documents, self._site.language))

    def _make_part(self, key: str, source: Source) -> bytes:
        """One document: what facets need of it, its analysed words, and the digests of its text's files."""
        from policy_tools.search.index import analyse  # noqa: PLC0415
        from policy_tools.search.shards import build_texts  # noqa: PLC0415

        document = source.make()
        outline = SearchDocument(
            id=document.id,
            kind=document.kind,
            address=document.address,
            title=document.title,
            facets=dict(document.facets),
            language=document.language,
        )
        texts = self._keep(build_texts(document))
        part = pickle.dumps((outline, analyse(document, self._analyser).pack(), texts), 5)
        self._store.put(_PART, key, part)
        return part

    def _keep_files(self, made: "Iterable[SearchFile]") -> Iterator[tuple[str, str]]:
        files = list(made)
        digests = self._keep([file.content for file in files])
        return zip((file.address for file in files), digests, strict=True)

    def _keep(self, contents: Sequence[bytes]) -> tuple[str, ...]:
        """The digests under which these bytes are kept from now on, all written at once."""
        digests = tuple(map(digest_of, contents))
        self._store.put_many(_FILE, dict(zip(digests, contents, strict=True)))
        return digests


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
    content = store.get(_FILE, digest)
    if content is None:
        raise LookupError("A file of the search index that was just made is no longer in the store.")
    return content


@cache
def _digest_of_code() -> str:
    """That of all that decides what is kept, this module among it."""
    folder = files("policy_tools.search")
    parts = sorted(part.name for part in folder.iterdir() if part.name.endswith((".py", ".toml")))
    return digest_of(Path(__file__).read_bytes(), *((folder / part).read_bytes() for part in parts))
