"""What does the renderer have to know of a paper?"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from policy_tools.model.document import DocumentRequest
from policy_tools.model.library import Shelves
from policy_tools.model.paper import Paper
from policy_tools.model.problem import Problem
from policy_tools.model.site import Site
from policy_tools.render.cover import build_cover
from policy_tools.render.styles import StyleError, load_style

_FALLBACK_STYLE = "harvard-cite-them-right"


def build_request(
    paper: Paper,
    library: Shelves,
    site: Site,
    references: Mapping[str, str],
    styles: Callable[[str], str] = load_style,
) -> DocumentRequest:
    """Gather everything a rendering depends on.

    `references` are CSL-JSON texts by key, as `convert_references` gives them. A style that does not exist is
    reported by `check_style`; the paper is then set in the usual one.
    """
    series = library.series.get(paper.record.series)
    try:
        style = styles(paper.record.csl or site.csl)
    except StyleError:
        style = styles(_FALLBACK_STYLE)
    return DocumentRequest(
        id=paper.id,
        path=paper.path,
        text=paper.body.text,
        first_line=paper.body.first_line,
        references=tuple(references[key] for key in paper.body.cited_keys if key in references),
        style=style,
        cover=build_cover(paper, library, site),
        language=paper.record.language,
        number_paragraphs=series.paragraph_numbers if series else True,
        layout=series.layout if series else "paper",
        assets=MappingProxyType({asset.name: asset.path for asset in paper.assets}),
        asset_digests=tuple((asset.name, asset.digest) for asset in paper.assets),
    )


def check_style(paper: Paper, site: Site) -> tuple[Problem, ...]:
    """Whether the citation style that a paper is set in exists."""
    try:
        load_style(paper.record.csl or site.csl)
    except StyleError as error:
        if paper.record.csl:
            place = paper.place("csl")
            return (Problem(paper.path, place.line, place.column, "style.unknown", str(error), error.hint),)
        hint = f"{error.hint} It is named as CSL."
        return (Problem("pelicanconf.py", 1, 1, "style.unknown", str(error), hint),)
    return ()
