"""Style sheet, fonts, script and icon: the site's own files, under names that change with their bytes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from policy_tools.edition.colour import accent_rules
from policy_tools.edition.files import OutputFile
from policy_tools.edition.fonts import FACES, make_face, read_licences
from policy_tools.edition.scripts import BOX, LUNR, PAGEFIND, WORKER, join_modules
from policy_tools.model.programme import Institute
from policy_tools.store import Store, digest_of

_STYLE_SHEETS = ("tokens", "base", "layout", "paper", "listing", "bank", "search", "print")


@dataclass(frozen=True, slots=True)
class Theme:
    """The theme's files and their addresses; `digest` covers them and every template."""

    stylesheet: str
    script: str
    bank_script: str
    search_script: str
    search_worker: str
    search_asker: str
    lunr_scripts: tuple[str, ...]
    icon: str
    preloads: tuple[str, ...]
    digest: str
    files: tuple[OutputFile, ...] = field(repr=False)


def build_theme(folder: Path, institutes: Mapping[str, Institute], institute: str, store: Store) -> Theme:
    """Bundle the theme in `folder` (it holds `templates/` and `static/`), coloured for the institutes."""
    static = folder / "static"
    faces = [(face, make_face(face, store)) for face in FACES]
    fonts = {face.name: _fingerprint(f"theme/fonts/{face.name}.woff2", data) for face, data in faces}
    style = _fingerprint("theme/site.css", _bundle_styles(static / "css", fonts, institutes, institute))
    script = _fingerprint("theme/site.js", (static / "js" / "site.js").read_bytes())
    bank_script = _fingerprint("theme/bank.js", (static / "js" / "bank.js").read_bytes())
    search_script, search_worker, search_asker, *lunr = _build_search_scripts(static)
    icon = _fingerprint("theme/icon.svg", (static / "icon.svg").read_bytes())
    licences = tuple(_plain_file(f"theme/fonts/{name}", data) for name, data in read_licences())
    scripts = (script, bank_script, search_script, search_worker, search_asker, *lunr)
    files = (style, *scripts, icon, *fonts.values(), *licences)
    return Theme(
        stylesheet=style.address,
        script=script.address,
        bank_script=bank_script.address,
        search_script=search_script.address,
        search_worker=search_worker.address,
        search_asker=search_asker.address,
        lunr_scripts=tuple(file.address for file in lunr),
        icon=icon.address,
        preloads=tuple(fonts[face.name].address for face in FACES if face.preload),
        digest=digest_of(*(file.digest for file in files), *_read_templates(folder / "templates")),
        files=files,
    )


def _build_search_scripts(folder: Path) -> Iterator[OutputFile]:
    """The box, the worker that answers, what asks Pagefind instead; lunr.js and its speaker, if at hand."""
    search = folder / "js" / "search"
    yield _fingerprint("theme/search.js", join_modules(search, BOX, is_module=True))
    yield _fingerprint("theme/search-worker.js", join_modules(search, WORKER, is_module=False))
    yield _fingerprint("theme/search-pagefind.js", join_modules(search, PAGEFIND, is_module=True))
    lunr = folder.parent / "third_party" / "lunr.js"
    if lunr.is_file():
        yield _fingerprint("theme/lunr.js", lunr.read_bytes())
        yield _fingerprint("theme/search-lunr.js", join_modules(search, LUNR, is_module=False))


def _bundle_styles(
    folder: Path, fonts: Mapping[str, OutputFile], institutes: Mapping[str, Institute], institute: str
) -> bytes:
    faces = "\n".join(face.format_rule(fonts[face.name].address.removeprefix("theme/")) for face in FACES)
    sheets = [(folder / f"{name}.css").read_text(encoding="utf-8") for name in _STYLE_SHEETS]
    return "\n".join([faces, *sheets, accent_rules(institutes, institute)]).encode()


def _fingerprint(address: str, data: bytes) -> OutputFile:
    digest = digest_of(data)
    stem, _, suffix = address.rpartition(".")
    return OutputFile(f"{stem}.{digest[:8]}.{suffix}", data, digest)


def _plain_file(address: str, data: bytes) -> OutputFile:
    return OutputFile(address, data, digest_of(data))


def _read_templates(folder: Path) -> Iterable[str | bytes]:
    for path in sorted(folder.rglob("*.html")):
        yield path.relative_to(folder).as_posix()
        yield path.read_bytes()
