"""Builds one corpus for both: our files and Pagefind's below one folder each, with what they cost.

The documents are written to a file first, which both read: what is made up follows the words of the
project's own texts, and somebody may be writing in these meanwhile.
"""

import pickle
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from policy_tools.edition.scripts import BOX, WORKER, join_modules
from policy_tools.places import THEME
from policy_tools.search.analyser import Analyser
from policy_tools.search.entries import SearchDocument
from policy_tools.search.index import analyse, build_index, unpack_partial
from policy_tools.search.pagefind import build_pagefind_files
from policy_tools.search.shards import SearchFile, address_text, build_index_files, build_texts
from tests.bench.search.corpus import read_blog, write_documents

PAGE = """<!doctype html><html lang="en"><head><title>Bench</title><link rel="icon" href="data:,">
<script src="{script}" defer></script></head><body>
<a data-search="search.js" data-worker="worker.js" data-root="./" href="search/">Search</a>{dialog}
</body></html>"""


def keep_documents(corpus: str, file: Path) -> None:
    """Write the documents of `blog18f`, or so many made-up ones, to a file."""
    with file.open("wb") as kept:
        for document in write_documents(int(corpus)) if corpus.isdigit() else read_blog():
            pickle.dump(document, kept, protocol=5)


def read_documents(file: Path) -> Iterator[SearchDocument]:
    """The documents of such a file."""
    with file.open("rb") as kept:
        while kept.peek(1):
            yield pickle.load(kept)  # noqa: S301 - written above


def write(folder: Path, files: Iterable[SearchFile]) -> int:
    """Writes the files; gives the bytes of all."""
    total = 0
    for file in files:
        path = folder / file.address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        total += len(file.content)
    return total


def build_ours(documents: Iterable[SearchDocument], folder: Path) -> dict[str, float]:
    """Our files and the page that asks them; processor seconds of indexing alone, bytes and documents."""
    folder.mkdir(parents=True)
    analyser = Analyser()
    partials, outlines, spent, size = [], [], 0.0, 0
    for number, document in enumerate(documents):
        started = time.process_time()
        partials.append(unpack_partial(analyse(document, analyser).pack()))
        texts = build_texts(document)
        outlines.append(
            SearchDocument("", document.kind, document.address, document.title, facets=document.facets)
        )
        spent += time.process_time() - started
        size += write(
            folder, (SearchFile(address_text(number, piece), text) for piece, text in enumerate(texts))
        )
    started = time.process_time()
    size += write(folder, build_index_files(build_index(partials), outlines, analyser))
    spent += time.process_time() - started
    write_page(folder)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"documents": len(outlines), "seconds": spent, "bytes": size, "memory": memory}


def write_page(folder: Path) -> None:
    """A page with the theme's own scripts and dialog."""
    static = THEME / "static/js"
    dialog = (THEME / "templates/partials/search_dialog.html").read_text("utf-8").replace("{{ root }}", "")
    (folder / "index.html").write_text(PAGE.format(script="site.js", dialog=dialog), "utf-8")
    (folder / "site.js").write_bytes((static / "site.js").read_bytes())
    (folder / "search.js").write_bytes(join_modules(static / "search", BOX, is_module=True))
    (folder / "worker.js").write_bytes(join_modules(static / "search", WORKER, is_module=False))


def build_pagefind(documents: Iterable[SearchDocument], folder: Path) -> dict[str, float]:
    """Pagefind's files and a page that asks them."""
    folder.mkdir(parents=True)
    started = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.process_time()
    size = write(folder, build_pagefind_files(documents, "en"))
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    for path in folder.rglob("*"):
        if "pagefind-" in path.name and "worker" not in path.name and "entry" not in path.name:
            size -= path.stat().st_size  # its ready-made interfaces, which nobody has to serve
    spent = ended.ru_utime + ended.ru_stime - started.ru_utime - started.ru_stime
    (folder / "index.html").write_text(
        '<!doctype html><html lang="en"><head><title>Bench</title><link rel="icon" href="data:,"></head>'
        '<body><div id="panel"></div></body></html>',
        "utf-8",
    )
    return {
        "seconds": spent,
        "own": time.process_time() - begun,
        "bytes": size,
        "memory": ended.ru_maxrss / 1024,
    }


if __name__ == "__main__":
    import json

    which, kept, place = sys.argv[1:]
    build = build_ours if which == "ours" else build_pagefind
    sys.stdout.write(json.dumps(build(read_documents(Path(kept)), Path(place))))
