"""How is the search index of a public library made, with nothing analysed twice?

Each document's words are analysed once and kept by their digest; the index is put together anew when any of
them changes, since the weight of a word depends on all.
"""

import json
import pickle
from collections.abc import Iterator, Mapping
from functools import cache, partial
from importlib.resources import files

from policy_tools.edition.documents import DocumentSummary
from policy_tools.edition.files import OutputFile
from policy_tools.model.library import PublicLibrary
from policy_tools.model.site import Site
from policy_tools.search.analyser import Analyser, build_analyser
from policy_tools.search.entries import SearchDocument
from policy_tools.search.index import analyse, build_index, unpack_partial
from policy_tools.search.pagefind import build_pagefind_files
from policy_tools.search.shards import address_text, build_index_files, build_texts
from policy_tools.search.sources import Source, list_sources
from policy_tools.store import Store, digest_of

_PART, _FILE, _LIST = "search-part", "search-file", "search-list"


def build_search(
    site: Site, library: PublicLibrary, documents: Mapping[str, DocumentSummary], store: Store
) -> tuple[OutputFile, ...]:
    """Every file of the index, and of the texts that it leads to."""
    analyser = build_analyser({entry.short: entry.phrases for entry in library.glossary.values()})
    renderings = {id_: (summary.digest, summary.load) for id_, summary in documents.items()}
    rules = digest_of(_digest_of_code(), repr(sorted(analyser.phrases.items())), site.search, site.language)
    listed = list_sources(library, renderings, site.language)
    sources = [(digest_of(rules, source.digest), source) for source in listed]
    digest = digest_of(rules, *(key for key, _ in sources))
    kept = store.get(_LIST, digest)
    if kept is None:
        made = (
            _make_pagefind(sources, site, store)
            if site.search == "pagefind"
            else _make(sources, analyser, store)
        )
        kept = json.dumps(list(made)).encode()
        store.put(_LIST, digest, kept)
    return tuple(OutputFile(address, partial(_reload, store, key), key) for address, key in json.loads(kept))


def _make(sources: list[tuple[str, Source]], analyser: Analyser, store: Store) -> Iterator[tuple[str, str]]:
    """Makes what is missing; gives the address and the digest of each file."""
    parts = store.get_many(_PART, (key for key, _ in sources))
    outlines: list[SearchDocument] = []
    partials = []
    for number, (key, source) in enumerate(sources):
        part = parts.pop(key, None)
        if part is None:
            part = _make_part(source, analyser)
            store.put(_PART, key, part)
        outline, packed, texts = pickle.loads(part)  # noqa: S301 - the store is trusted like the code
        outlines.append(outline)
        partials.append(unpack_partial(packed))
        for piece, text in enumerate(texts):
            yield address_text(number, piece), _keep(text, store)
    for file in build_index_files(build_index(partials), outlines, analyser):
        yield file.address, _keep(file.content, store)


def _make_pagefind(sources: list[tuple[str, Source]], site: Site, store: Store) -> Iterator[tuple[str, str]]:
    """Pagefind analyses everything anew: what it keeps of a document cannot be taken up again."""
    documents = (source.make() for _, source in sources)
    for file in build_pagefind_files(documents, site.language):
        yield file.address, _keep(file.content, store)


def _make_part(source: Source, analyser: Analyser) -> bytes:
    """One document: what facets need of it, its analysed words, and its text as it is fetched."""
    document = source.make()
    outline = SearchDocument(
        id=document.id,
        kind=document.kind,
        address=document.address,
        title=document.title,
        facets=dict(document.facets),
        language=document.language,
    )
    return pickle.dumps((outline, analyse(document, analyser).pack(), build_texts(document)), 5)


def _keep(content: bytes, store: Store) -> str:
    digest = digest_of(content)
    store.put(_FILE, digest, content)
    return digest


def _reload(store: Store, digest: str) -> bytes:
    content = store.get(_FILE, digest)
    if content is None:
        raise LookupError("A file of the search index that was just made is no longer in the store.")
    return content


@cache
def _digest_of_code() -> str:
    folder = files("policy_tools.search")
    parts = sorted(part.name for part in folder.iterdir() if part.name.endswith((".py", ".toml")))
    return digest_of(*((folder / part).read_bytes() for part in parts))
