"""How is a ZIP file (Word, EPUB, a pack) read, and written so that the same contents are the same bytes?"""

from collections.abc import Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the format knows no earlier time


def read_archive(data: bytes) -> dict[str, bytes]:
    """The contents by name."""
    with ZipFile(BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}


def write_archive(
    contents: Mapping[str, bytes], first: Iterable[str] = (), stored: Iterable[str] = ()
) -> bytes:
    """The file: `first` lead, the others follow by name; no times, owners, comments or extra fields.

    `stored` names those that are not compressed.
    """
    leading = [name for name in first if name in contents]
    names = [*leading, *sorted(set(contents) - set(leading))]
    uncompressed = frozenset(stored)
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name in names:
            entry = ZipInfo(name, _EARLIEST)
            entry.create_system = 0
            entry.external_attr = 0
            entry.compress_type = ZIP_STORED if name in uncompressed else ZIP_DEFLATED
            archive.writestr(entry, contents[name], compresslevel=9)
    return target.getvalue()
