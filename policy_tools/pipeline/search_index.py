"""How is the index put together from documents whose words are read already, also in another process?

All that it is made of stands in the store, and what is made is put there: only digests are handed over.
"""

import pickle
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from policy_tools.search.analyser import Analyser
from policy_tools.search.entries import SearchDocument
from policy_tools.store import Store, digest_of

# NumPy is imported where it is used: that takes longer than finding an index that is kept.

PART_KIND: Final = "search-part"
"""One document: what facets need of it, its analysed words, and the digests of its text's files."""

RUN_KIND: Final = "search-run"
"""Several documents as one."""

FILE_KIND: Final = "search-file"
"""The bytes of a file of a text."""

INDEX_KIND: Final = "search-index"
"""The bytes of all files of an index, by their digests: all are new together, and written together."""

_SHORT = 12  # hexadecimal digits of a digest that only has to differ from the last one

Run = tuple[str, ...]
"""The digests of the documents that are kept as one, so that an edit looks at those of one run anew."""


class Named(NamedTuple):
    """A file: its address, the digest of its bytes, and that of the index it is of; empty for a text."""

    address: str
    digest: str
    whole: str = ""


def get_ready() -> None:
    """Import what makes an index, so that this is done when there is something to make it of."""
    from policy_tools.search import shards  # noqa: F401, PLC0415


def digest_run(run: Run) -> str:
    """What a run is kept by."""
    return digest_of(*run)


def make_part(store: Store, key: str, document: SearchDocument, analyser: Analyser) -> None:
    """Read the words of one document."""
    from policy_tools.search.index import analyse  # noqa: PLC0415
    from policy_tools.search.shards import build_texts  # noqa: PLC0415

    outline = SearchDocument(
        id=document.id,
        kind=document.kind,
        address=document.address,
        title=document.title,
        facets=dict(document.facets),
        language=document.language,
    )
    texts = _keep_texts(store, build_texts(document))
    store.put(PART_KIND, key, pickle.dumps((outline, analyse(document, analyser).pack(), texts), 5))


def make_part_at(path: Path, key: str, document: SearchDocument, analyser: Analyser) -> None:
    """The same for a process that has no store yet, but for the place where it stands."""
    with Store(path) as store:
        make_part(store, key, document, analyser)


def make_index(path: Path, runs: Sequence[Run], analyser: Analyser) -> list[Named]:
    """Make the index of documents whose parts are in the store at `path`; name all files of it."""
    with Store(path) as store:
        return list(_make(store, runs, analyser))


def _keep_texts(store: Store, contents: Sequence[bytes]) -> tuple[str, ...]:
    """The digests under which these bytes are kept from now on, all written at once."""
    digests = tuple(map(digest_of, contents))
    store.put_many(FILE_KIND, dict(zip(digests, contents, strict=True)))
    return digests


def keep_index(store: Store, files: Mapping[str, bytes]) -> Iterator[Named]:
    """Keep the files of an index, by their addresses, as one."""
    digests = {address: digest_of(content) for address, content in files.items()}
    index = digest_of(*digests.values())
    contents = {digests[address]: content for address, content in files.items()}
    store.put(INDEX_KIND, index, pickle.dumps(contents, 5))
    return (Named(address, digest, index) for address, digest in digests.items())


def load_index(store: Store, index: str) -> Mapping[str, bytes]:
    """The files of an index that was kept, by their digests."""
    kept = store.get(INDEX_KIND, index)
    if kept is None:
        raise LookupError("The search index that was just made is no longer in the store.")
    contents: dict[str, bytes] = pickle.loads(kept)  # noqa: S301 - trusted like the code
    return contents


def _make(store: Store, runs: Sequence[Run], analyser: Analyser) -> Iterator[Named]:
    from policy_tools.search.index import build_index, unpack_partial  # noqa: PLC0415
    from policy_tools.search.shards import address_text, build_index_files  # noqa: PLC0415

    outlines: list[SearchDocument] = []
    texts: list[tuple[str, ...]] = []
    partials = []
    for run in _load_runs(store, runs):
        run_outlines, packed, run_texts = pickle.loads(run)  # noqa: S301 - trusted like the code
        outlines += run_outlines
        partials.append(unpack_partial(packed))
        texts += run_texts
    for number, pieces in enumerate(texts):
        yield from (Named(address_text(number, piece), text) for piece, text in enumerate(pieces))
    texts_digest = digest_of(*chain.from_iterable(texts))[:_SHORT]
    made = build_index_files(build_index(partials), outlines, analyser, texts_digest)
    yield from keep_index(store, {file.address: file.content for file in made})


def _load_runs(store: Store, runs: Sequence[Run]) -> Iterator[bytes]:
    keys = [digest_run(run) for run in runs]
    kept = store.get_many(RUN_KIND, keys)
    for key, run in zip(keys, runs, strict=True):
        yield kept.pop(key) if key in kept else _make_run(store, key, run)


def _make_run(store: Store, key: str, run: Run) -> bytes:
    """What is kept of a run: outlines, analysed words, and the digests of each text's files."""
    from policy_tools.search.index import merge, unpack_partial  # noqa: PLC0415

    kept = store.get_many(PART_KIND, run)
    outlines, packed, texts = zip(*(pickle.loads(kept[part]) for part in run), strict=True)  # noqa: S301
    merged = pickle.dumps((outlines, merge(map(unpack_partial, packed)).pack(), texts), 5)
    store.put(RUN_KIND, key, merged)
    return merged
