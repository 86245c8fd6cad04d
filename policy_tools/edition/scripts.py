"""How do the files of a script become one that a page fetches at once?

The files of theme/static/js/search are modules that name one another, for tests and editors; a page fetches
their words in one piece, so what joins them is taken out.
"""

import re
from collections.abc import Sequence
from pathlib import Path

WORKER = ("analyser", "engine", "excerpt", "facets", "lunr_query", "worker")
INTERFACE = ("pagefind_asker", "box", "main")
_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let))", re.MULTILINE)


def join_modules(folder: Path, names: Sequence[str], *, is_module: bool) -> bytes:
    """The modules in order as one script; a module still exports what its last file exports."""
    texts = []
    for name in names:
        text = _IMPORT.sub("", (folder / f"{name}.js").read_text(encoding="utf-8"))
        is_last = name == names[-1]
        texts.append(text if is_module and is_last else _EXPORT.sub("", text))
    return "\n".join(texts if is_module else ['"use strict";\n', *texts]).encode()
