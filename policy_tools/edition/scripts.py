"""How do the files of a script become one that a page fetches at once?

The files of theme/static/js/search are modules that name one another, for tests and editors; a page fetches
their words in one piece, so what joins them is taken out, and with it what only readers of the code need:
comments on lines of their own and indents.
"""

import re
from collections.abc import Sequence
from pathlib import Path

BOX = ("box", "main")
WORKER = ("analyser", "places", "postings", "engine", "excerpt", "facets", "worker")
LUNR = ("lunr_query",)
PAGEFIND = ("pagefind_asker",)
_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let))", re.MULTILINE)


def join_modules(folder: Path, names: Sequence[str], *, is_module: bool) -> bytes:
    """The modules in order as one script; a module still exports what its last file exports."""
    texts = []
    for name in names:
        text = _IMPORT.sub("", (folder / f"{name}.js").read_text(encoding="utf-8"))
        lines = (line.strip() for line in text.splitlines())
        text = "\n".join(line for line in lines if line and not line.startswith("//"))
        is_last = name == names[-1]
        texts.append(text if is_module and is_last else _EXPORT.sub("", text))
    return "\n".join(texts if is_module else ['"use strict";\n', *texts]).encode()
