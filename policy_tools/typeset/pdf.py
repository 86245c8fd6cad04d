"""How does one body of Typst, with its cover and its images, become one PDF?

The PDF keeps PDF/UA-1 and PDF/A-3a, or there is none. Typst sees a folder made for this one document, holding
the template, the body, the cover as JSON and the declared assets; words reach it as data, never as code.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final

import typst

from policy_tools.model.document import Cover, Marks
from policy_tools.qr import draw_matrix
from policy_tools.typeset.fonts import load_fonts
from policy_tools.typeset.stream_ends import settle_stream_ends

TEMPLATES: Final = Path(__file__).parent
TEMPLATE_FILES: Final = (
    "body.typ",
    "brief.typ",
    "briefing.typ",
    "common.typ",
    "fitting.typ",
    "marks.typ",
    "pack.typ",
    "pack_pieces.typ",
    "paper.typ",
)
LAYOUTS: Final = frozenset({"paper", "briefing", "pack", "brief"})
MOST_SENTENCES: Final = 12
MOST_SIGNS: Final = 12
DEFAULT_ACCENT: Final = "#0b4f5c"

_MAIN = """\
#import "/{layout}.typ": {layout}
#show: {layout}.with(json("/cover.json"))
#include "/text.typ"
"""

_DIAGNOSTIC = re.compile(r"^error: (.+)$", re.MULTILINE)
_MISSING_GLYPH = re.compile(r"the text [`\"]*(.+?)[`\"]* could not be displayed with font")
_SAID_BY_TEMPLATE = re.compile(r'^panicked with: "?(.+?)"?$')


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a pack's text beside the words of its cover; papers have none of it.

    `marks` stand on every page. A pack has a title page, a contents list and closing matter unless told
    otherwise; a brief has only the last.
    """

    marks: Marks | None = None
    has_cover: bool = True
    has_contents: bool = True
    has_colophon: bool = True


class TypesettingError(Exception):
    """Typst could not make the document; `sentences` say why, without the paths of this machine."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = sentences

    def __str__(self) -> str:
        return " ".join(self.sentences)


def compile_pdf(
    body: str,
    cover: Cover,
    layout: str,
    assets: Mapping[str, Path],
    *,
    language: str,
    date: date,
    accent: str = DEFAULT_ACCENT,
    surroundings: Surroundings | None = None,
    fonts: Path | None = None,
) -> bytes:
    """One document as a PDF.

    `assets` maps the names used in the body to files; `date` stands in the properties; `language` is BCP 47;
    `accent` is the institute's colour as "#rrggbb", dark enough to be read on white;
    `fonts` is a folder of more typefaces, for signs that ours have not.
    Raises `TypesettingError` when there is no PDF that keeps both standards.
    """
    if layout not in LAYOUTS:
        raise ValueError(f"There is no layout “{layout}”.")
    words = {
        "cover.json": format_cover(cover, language, date, surroundings),
        "code.json": format_code(cover.check_address),
    }
    with _prepared_root(body, words, layout, assets) as root:
        compiler = typst.Compiler(
            root / "main.typ",
            root=root,
            font_paths=load_fonts(fonts if fonts and fonts.is_dir() else None),
            ignore_system_fonts=True,
            sys_inputs={"accent": accent, "layout": layout},
            package_path=root / "packages",
            package_cache_path=root / "packages",
        )
        try:
            pdf = compiler.compile(
                format="pdf", pdf_standards=["ua-1", "a-3a"], timestamp=datetime.combine(date, time(), UTC)
            )
        except typst.TypstError as error:
            raise TypesettingError(*_explain(error, root)) from None
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no single PDF.")
    return settle_stream_ends(pdf)


@contextmanager
def _prepared_root(
    body: str, words: Mapping[str, str], layout: str, assets: Mapping[str, Path]
) -> Iterator[Path]:
    with TemporaryDirectory(prefix="typeset-") as folder:
        root = Path(folder).resolve()
        for name in TEMPLATE_FILES:
            (root / name).symlink_to(TEMPLATES / name)
        (root / "main.typ").write_text(_MAIN.format(layout=layout), encoding="utf-8")
        (root / "text.typ").write_text(f'#import "/body.typ": *\n{body}', encoding="utf-8")
        for name, text in words.items():
            (root / name).write_text(text, encoding="utf-8")
        for name, source in sorted(assets.items()):
            _link_asset(root / "assets", name, source)
        yield root


def format_cover(cover: Cover, language: str, date: date, surroundings: Surroundings | None = None) -> str:
    """The cover, and all else that stands around the text, as the JSON that the templates read."""
    tag, _, region = language.partition("-")
    around = surroundings or Surroundings()
    fields: dict[str, object] = asdict(cover) | asdict(around) | {"marks": asdict(around.marks or Marks())}
    fields |= {"lang": tag, "region": region or None, "year": date.year, "month": date.month, "day": date.day}
    return json.dumps(fields, ensure_ascii=False, sort_keys=True)


def format_code(address: str) -> str:
    """The rows of the address's QR code as JSON; none without an address."""
    return json.dumps(draw_matrix(address) if address else ())


def _link_asset(folder: Path, name: str, source: Path) -> None:
    """Put one asset where the body looks for it, and nowhere else."""
    place = PurePosixPath(name)
    if place.is_absolute() or ".." in place.parts or not place.parts:
        raise ValueError(f"An asset's name must stay inside its folder: {name!r}.")
    target = folder / place
    target.parent.mkdir(parents=True, exist_ok=True)
    target.symlink_to(source.resolve())


def _explain(error: typst.TypstError, root: Path) -> tuple[str, ...]:
    """Typst's messages and hints as sentences, without the folder that only this run knows."""
    lines = [error.message, *_DIAGNOSTIC.findall(error.diagnostic), *error.hints]
    bare = [re.sub(re.escape(str(root)) + "/?(assets/)?", "", line) for line in lines]
    signs = dict.fromkeys(missing[1] for line in bare if (missing := _MISSING_GLYPH.search(line)))
    others = (line for line in bare if not _MISSING_GLYPH.search(line))
    said = [*_name_signs(list(signs)), *(plain for line in others if (plain := _say_plainly(line)))]
    return tuple(dict.fromkeys(map(_as_sentence, said)))[:MOST_SENTENCES]


def _name_signs(signs: list[str]) -> Iterator[str]:
    """Those that no typeface has, in one sentence."""
    if not signs:
        return
    others = ", ".join(f"“{sign}”" for sign in signs[1:MOST_SIGNS])
    more = f" (nor are {others}{' and more' if len(signs) > MOST_SIGNS else ''})" if others else ""
    yield f"the sign “{signs[0]}” is in none of the typefaces{more}: write it in another way"


def _say_plainly(words: str) -> str:
    """What an author can act on, for the messages that authors cause."""
    if words.lower().startswith("maximum show rule depth"):
        return "boxes, lists or quotations stand too deep inside one another: set them out more simply"
    if words.startswith("maybe a show rule matches its own output"):
        return ""
    if said := _SAID_BY_TEMPLATE.match(words):
        return said[1]
    return re.sub(r"^PDF/[AU]+-\w+ error: ", "", words)


def _as_sentence(words: str) -> str:
    words = words.strip()
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!")) else ".")
