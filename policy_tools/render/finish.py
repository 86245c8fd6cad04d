"""What remains to be done to a format after pandoc wrote it?"""

import base64
from importlib import import_module

from policy_tools.model.document import DocumentRequest, Format

_MODULES = {Format.DOCX: "policy_tools.render.word", Format.EPUB: "policy_tools.render.epub"}


def finish(format_: Format, written: str, request: DocumentRequest) -> bytes:
    """The file's bytes: text as it is, binary formats through their own module's `finish`."""
    if format_ not in _MODULES:
        return written.encode()
    finished: bytes = import_module(_MODULES[format_]).finish(base64.b64decode(written), request)
    return finished
