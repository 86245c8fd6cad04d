"""One paper as one web page that stands alone, for its author to look at or send on."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from policy_tools.model.document import Cover, Document


def build_standalone_page(document: Document, cover: Cover) -> str:
    """A whole page: cover matter, body, notes, references. Pictures stay beside it, under their names."""
    return _template().render(
        cover=cover,
        html=Markup(document.html),  # noqa: S704 - sanitised by the renderer
        notes=Markup(document.notes_html),  # noqa: S704 - the same
        references=document.references,
    )


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(Path(__file__).with_name("standalone.html").read_text("utf-8"))
