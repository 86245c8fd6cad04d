"""How does each part of a pack become HTML? By a template of its own, which shows nothing of nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from policy_tools.model.document import PackPart
from policy_tools.model.pack import PartRecord
from policy_tools.model.terms import PARTS
from policy_tools.pack.seat_figures import SeatFigure
from policy_tools.pack.sheet import build_sheet
from policy_tools.pack.view import PackView
from policy_tools.pack.wording import curl_quotes, end_sentence, link_addresses, lower_first, split_paragraphs

TEMPLATES = Path(__file__).parent / "parts"
HAS_NO_PART = frozenset({"cover", "colophon"})
"""What the renderer makes of the cover."""


def render_part(part: PartRecord, view: PackView) -> tuple[PackPart, ...]:
    """One part of a pack, or none when it has nothing to show; of `briefs` one for each recommendation."""
    if part.part == "briefs":
        return tuple(_render_briefs(view))
    html = _render(f"{part.part}.html", view=view, sheet=build_sheet(view.asks))
    if not html:
        return ()
    note = Markup("").join(
        Markup("<p>{}</p>\n").format(curl_quotes(line)) for line in split_paragraphs(part.note or "")
    )
    return (PackPart(part.part, curl_quotes(part.title or PARTS[part.part]), str(note) + html),)


def _render_briefs(view: PackView) -> Iterator[PackPart]:
    publisher = view.publisher
    for ask in view.asks:
        questions = tuple(each for each in publisher.questions if each.programme == ask.programme)
        own = replace(view, title=ask.title, publisher=replace(publisher, questions=questions))
        html = _render("brief.html", view=own, sheet=build_sheet((ask,)))
        yield PackPart(f"brief-{ask.id}", curl_quotes(ask.title), html)


def render_sheet(
    view: PackView, figures: tuple[SeatFigure, ...] = (), seat: str = ""
) -> tuple[PackPart, ...]:
    """The parts of one side of A4, each with its heading; `figures` are of the constituency called `seat`."""
    return tuple(_render_sections(view, figures, seat))


def _render_sections(view: PackView, figures: tuple[SeatFigure, ...], seat: str) -> Iterator[PackPart]:
    sheet = build_sheet(view.asks)
    sections: tuple[tuple[str, str, str, Mapping[str, object]], ...] = (
        ("ask", "What we ask", "section_asks.html" if sheet.asks else "", {}),
        (
            "why",
            "Why now",
            "section_points.html" if sheet.why_now else "",
            {"points": sheet.why_now, "more": sheet.more_why},
        ),
        ("seat", f"In {seat}", "section_seat.html" if figures else "", {"figures": figures}),
        (
            "affected",
            "Who is affected",
            "section_points.html" if sheet.affected else "",
            {"points": sheet.affected, "more": sheet.more_affected},
        ),
        ("cost", "What it costs", "section_cost.html", {}),
        ("questions", "Questions for the Minister", "section_questions.html" if sheet.questions else "", {}),
        ("who", "Who we are", "section_who.html", {}),
    )
    for id_, title, template, values in sections:
        html = _render(template, view=view, sheet=sheet, **values) if template else ""
        if html:
            yield PackPart(id_, title, html)


def _render(template: str, **values: object) -> str:
    return _open_templates().get_template(template).render(values).strip()


@cache
def _open_templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "linked": link_addresses,
        "paragraphs": split_paragraphs,
        "lower_first": lower_first,
        "upper_first": lambda text: text[:1].upper() + text[1:],
        "full_stop": end_sentence,
        "colon": lambda text: text if text.endswith((":", "?", "!")) else f"{text.rstrip('.')}:",
    }
    return environment


def _finalize(value: object) -> object:
    """What is an author's plain text is printed as text is; what is HTML already stays."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else curl_quotes(value)


def template_names() -> tuple[str, ...]:
    """The parts that have a template of their own; `briefs` is many of `brief`."""
    return tuple(name for name in PARTS if name not in HAS_NO_PART and name != "briefs")
