"""Where are the cleaned pictures of a paper, which every format shows in place of its author's files?

A cleaned picture is kept in the store by the digest of its source, and written under that digest to a
folder of the cache. A picture that Word cannot show (SVG, WebP) has a PNG of the same name beside it.
"""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

from policy_tools.fixed_fonts import digest_drawing_fonts
from policy_tools.model.document import DocumentRequest
from policy_tools.model.problem import Problem, Severity
from policy_tools.render.picture import EXTENSIONS, Image, ImageError
from policy_tools.store import Store, digest_of

_KIND = "image"
_CODE = ("images.py", "raster.py", "svg.py", "svg_allowed.toml")


def clean_request(
    request: DocumentRequest, cache: Path, store: Store
) -> tuple[DocumentRequest, tuple[Problem, ...]]:
    """The request with cleaned pictures in place of the author's, and what is wrong with those."""
    cleaned, problems = clean_assets(request.assets, dict(request.asset_digests), cache, store)
    located = tuple(_locate(problem, request) for problem in problems)
    return replace(request, assets=cleaned), located


def _locate(problem: Problem, request: DocumentRequest) -> Problem:
    """The problem at the first mention of the picture in the paper, not in the picture's file."""
    before, found, _ = request.text.partition(problem.path)
    if not found:
        return replace(problem, path=request.path, line=request.first_line)
    line = request.first_line + before.count("\n")
    return replace(problem, path=request.path, line=line, column=len(before) - (before.rfind("\n") + 1) + 1)


def clean_assets(
    assets: Mapping[str, Path], digests: Mapping[str, str], cache: Path, store: Store
) -> tuple[Mapping[str, Path], tuple[Problem, ...]]:
    """Each name's cleaned file, without those that are refused, and the problems by name.

    `digests` gives each source's SHA-256. Files that are not pictures (data) keep their own path.
    """
    cleaned: dict[str, Path] = {}
    problems: list[Problem] = []
    for name, source in sorted(assets.items()):
        if not _is_picture(name):
            cleaned[name] = source
            continue
        try:
            picture = _cleaned(name, source, digests[name], store)
            cleaned[name] = _place(picture, digests[name], cache, store)
        except ImageError as error:
            hint = "Replace the picture, or save it again with another program."
            problems.append(Problem(name, 1, 1, "image.unusable", str(error), hint))
        else:
            problems += _warnings(name, picture)
    return MappingProxyType(cleaned), tuple(problems)


@cache
def _recipe() -> str:
    """Changes whenever the same source could come out otherwise: with our code or with what draws for us."""
    versions = [f"{package} {version(package)}" for package in ("lxml", "pillow", "typst")]
    code = (Path(__file__).with_name(name).read_bytes() for name in _CODE)
    return digest_of(digest_drawing_fonts(), *versions, *code)


def _is_picture(name: str) -> bool:
    return Path(name).suffix.lower() in {*EXTENSIONS.values(), ".jpeg"}


def _warnings(name: str, picture: Image) -> Iterator[Problem]:
    """Say what a reader will not see of a drawing, though its author did."""
    if picture.removed:
        parts = ", ".join(picture.removed)
        message = f"{name} is shown without its {parts}: only plain drawing may be published."
        hint = "Check how it looks; if something is missing, export it as plain SVG with text, or as PNG."
        yield Problem(name, 1, 1, "image.simplified", message, hint, Severity.WARNING)


def _cleaned(name: str, source: Path, digest: str, store: Store) -> Image:
    """The cleaned picture, from the store where it was cleaned before."""
    key = digest_of(_recipe(), Path(name).suffix.lower(), digest)
    kept = store.get(_KIND, key)
    if kept is not None:
        return _unpack(kept)
    from policy_tools.render.images import clean_image  # noqa: PLC0415 - takes long, and is seldom needed

    picture = clean_image(source.read_bytes(), name)
    store.put(_KIND, key, _pack(picture))
    return picture


def _place(picture: Image, digest: str, cache: Path, store: Store) -> Path:
    """Write the picture, and Word's PNG beside it, unless they stand there."""
    key = digest_of(_recipe(), picture.media_type, digest)
    target = cache / f"{key}{EXTENSIONS[picture.media_type]}"
    if picture.needs_fallback:
        fallback = target.with_suffix(".png")
        pixels = store.get(_KIND, digest_of(key, "png"))
        if pixels is None:
            from policy_tools.render.images import rasterise  # noqa: PLC0415 - takes long

            pixels = rasterise(picture)
            store.put(_KIND, digest_of(key, "png"), pixels)
        _write(fallback, pixels)
    _write(target, picture.data)
    return target


def _write(target: Path, data: bytes) -> None:
    """Write the whole file or nothing, so that another process never reads half of it."""
    if target.exists() and target.stat().st_size == len(data):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
    Path(partial).replace(target)


def _pack(picture: Image) -> bytes:
    facts = [picture.media_type, picture.width, picture.height, list(picture.removed)]
    return json.dumps(facts).encode() + b"\n" + picture.data


def _unpack(kept: bytes) -> Image:
    facts, _, data = kept.partition(b"\n")
    media_type, width, height, removed = json.loads(facts)
    return Image(data, media_type, width, height, tuple(removed))
