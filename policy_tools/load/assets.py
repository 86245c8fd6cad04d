"""Which files of its own folder does a paper show or offer, and may they be shown?

A name is taken as it stands: plain letters, below the paper's folder, no way out of it by `..`, links,
escapes or drive letters. Only the files found here are ever copied.
"""

import hashlib
import os
import pickle
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from policy_tools.load.made_by import digest_of_loading_code
from policy_tools.load.suggestion import find_nearest
from policy_tools.model.paper import Asset, Paper
from policy_tools.model.problem import Position, Problem
from policy_tools.store import Store, digest_of

IMAGE_ENDINGS = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp"})
DATA_ENDINGS = frozenset({"csv", "xlsx", "ods", "json", "txt", "pdf"})

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_FILE_NAME = re.compile(r"[^/]*\.[A-Za-z][A-Za-z0-9]{0,5}")
_PAGE_ENDINGS = (".md", ".html", ".htm")
_KIND = "asset"


@dataclass(frozen=True, slots=True)
class Mention:
    """A file's name as a paper gives it, and where."""

    name: str
    position: Position
    is_image: bool = False


def find_mentions(paper: Paper) -> Iterator[Mention]:
    """Every file of its own folder that a paper speaks of."""
    for link in paper.body.links:
        if link.is_image and not _SCHEME.match(link.target):
            yield Mention(link.target, link.position, is_image=True)
        elif not link.is_image and names_file(link.target):
            yield Mention(re.split(r"[?#]", link.target)[0], link.position)
    for index, data in enumerate(paper.record.data):
        yield Mention(data.path, paper.place("data", index, "path"))


def names_file(target: str) -> bool:
    """Whether a link's target is a file beside the paper, and not an address, an anchor or a page.

    What begins with `..` is the address of another paper or of a file of its, and checked as a link.
    """
    if _SCHEME.match(target) or target.startswith(("/", "#", "?", "..")):
        return False
    last = re.split(r"[?#]", target)[0].rpartition("/")[2]
    return bool(_FILE_NAME.fullmatch(last)) and not last.lower().endswith(_PAGE_ENDINGS)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the bytes of a file say: their digest, and what is wrong with them as a picture."""

    digest: str
    fault: tuple[str, str, str] | None


class AssetFinder:
    """Finds and checks files, and looks into each only once for as long as it stays as it is."""

    def __init__(self, store: Store, max_image_bytes: int) -> None:
        self.store = store
        self.max_image_bytes = max_image_bytes
        self.made: dict[str, bytes] = {}
        self.kept: dict[str, bytes] = {}

    def foresee(self, wanted: Iterable[tuple[Path, Mention]]) -> None:
        """Fetch what is known of many files in one reading of the store."""
        keys = [key for folder, mention in wanted if (key := _find_key(folder / mention.name)) is not None]
        self.kept.update(self.store.get_many(_KIND, keys))

    def find_all(self, folder: Path, mentions: Iterable[Mention], path: str) -> Iterator[Asset | Problem]:
        """The file of each mention, or what is wrong with it; each name once."""
        seen: set[str] = set()
        for mention in mentions:
            if mention.name not in seen:
                seen.add(mention.name)
                yield self.find(folder, mention, path)

    def find(self, folder: Path, mention: Mention, path: str) -> Asset | Problem:
        """The file that a mention names below a folder, or what is wrong with it."""
        fault = _check_name(mention)
        if fault is None:
            found = _find_file(folder, mention.name)
            if isinstance(found, Path):
                return self._look_into(found, mention, path)
            fault = found
        return _report(path, mention, fault)

    def keep(self) -> None:
        """Store what was newly found out."""
        if self.made:
            self.store.put_many(_KIND, self.made)
            self.made.clear()

    def _look_into(self, file: Path, mention: Mention, path: str) -> Asset | Problem:
        size = file.stat().st_size
        is_picture = _ending(mention.name) in IMAGE_ENDINGS
        if is_picture and size > self.max_image_bytes:
            message = f'"{mention.name}" has {size:,} bytes, and {self.max_image_bytes:,} are allowed.'
            return _report(path, mention, ("asset.too-big", message, "Save it smaller (MAX_IMAGE_BYTES)."))
        try:
            facts = self._find_facts(file, is_picture=is_picture)
        except OSError as error:
            message = f'"{mention.name}" cannot be read: {error.strerror}.'
            return _report(path, mention, ("asset.unreadable", message, "Check who may read it."))
        if facts.fault:
            code, message, hint = facts.fault
            return _report(path, mention, (code, f'"{mention.name}" {message}', hint))
        return Asset(mention.name, file, size, facts.digest)

    def _find_facts(self, file: Path, *, is_picture: bool) -> _Facts:
        key = _find_key(file) or ""
        if data := self.kept.get(key) or self.store.get(_KIND, key):
            facts: _Facts = pickle.loads(data)  # noqa: S301  (the store is trusted like the code)
            return facts
        content = file.read_bytes()
        fault = _check_picture(content, _ending(file.name)) if is_picture else None
        facts = _Facts(hashlib.sha256(content).hexdigest(), fault)
        self.made[key] = self.kept[key] = pickle.dumps(facts, protocol=5)
        return facts


def _check_picture(content: bytes, ending: str) -> tuple[str, str, str] | None:
    from policy_tools.load.images import check_image  # noqa: PLC0415 - takes long; new pictures are few

    return check_image(content, ending)


def _check_name(mention: Mention) -> tuple[str, str, str] | None:
    name = mention.name
    if re.match(r"/|\\|[A-Za-z]:", name) or ".." in re.split(r"[/\\]", name):
        message = f'"{name}" leads out of the folder of this paper.'
        return "asset.outside", message, "Put the file into the paper's own folder, and name it from there."
    if not _NAME.fullmatch(name):
        message = f'"{name}" is no plain name of a file.'
        return (
            "asset.unsafe-name",
            message,
            "Name it with letters, digits, hyphens and dots only: figures/growth.svg.",
        )
    allowed = IMAGE_ENDINGS if mention.is_image else IMAGE_ENDINGS | DATA_ENDINGS
    if _ending(name) not in allowed:
        kind = "picture" if mention.is_image else "file"
        message = f'"{name}" is no kind of {kind} that can be published.'
        return "asset.kind", message, f"Publish it as one of: {', '.join(sorted(allowed))}."
    return None


def _find_file(folder: Path, name: str) -> Path | tuple[str, str, str]:
    """The regular file of a checked name, wholly inside the folder, or what is wrong."""
    place = folder / name
    try:
        target = Path(os.path.realpath(place, strict=True))
        inside = target.is_relative_to(os.path.realpath(folder))
        is_file = stat.S_ISREG(target.stat().st_mode)
    except OSError:
        return (
            "asset.missing",
            f'There is no file "{name}" beside this file.',
            _suggest_file(folder, name),
        )
    first = name.partition("/")[0]
    if not inside or (first != name and (folder / first / "paper.md").exists()):
        message = f'"{name}" belongs to another folder than this paper.'
        return "asset.outside", message, "Put the file itself into the paper's own folder."
    if not is_file:
        return "asset.not-a-file", f'"{name}" is no ordinary file.', "Name the file itself."
    return target


def _suggest_file(folder: Path, name: str) -> str:
    """The file that was probably meant, if its name is like the one written."""
    files = (Path(place, file) for place, _, names in os.walk(folder) for file in names)
    known = [file.relative_to(folder).as_posix() for _, file in zip(range(500), files, strict=False)]
    allowed = IMAGE_ENDINGS if _ending(name) in IMAGE_ENDINGS else DATA_ENDINGS
    nearest = find_nearest(
        name, [file for file in known if _NAME.fullmatch(file) and _ending(file) in allowed]
    )
    return f'Did you mean "{nearest}"?' if nearest else "Add the file, or take the mention away."


def _find_key(file: Path) -> str | None:
    """A file's state as far as its folder knows it; None when there is no such file."""
    try:
        place = os.path.realpath(file, strict=True)
        info = os.stat(place)  # noqa: PTH116
    except (OSError, ValueError):
        return None
    times = f"{info.st_size} {info.st_mtime_ns} {info.st_ctime_ns} {info.st_ino}"
    return digest_of(os.fsencode(place), times, digest_of_loading_code())


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _report(path: str, mention: Mention, fault: tuple[str, str, str]) -> Problem:
    code, message, hint = fault
    return Problem(path, mention.position.line, mention.position.column, code, message, hint)
