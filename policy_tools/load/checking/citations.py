"""Does everything that the text cites or refers to exist?"""

from collections.abc import Iterator

from policy_tools.load.bibliography import nearest_keys
from policy_tools.load.checking.report import report
from policy_tools.model.body import CrossReference
from policy_tools.model.library import Library
from policy_tools.model.paper import Paper
from policy_tools.model.problem import Problem

_THINGS = {"fig": "figure", "tbl": "table", "sec": "section", "rec": "recommendation"}
_FOREIGN = ("eq-", "lst-", "thm-", "lem-", "cor-", "prp-", "def-", "exm-")
"""What Quarto refers to beside figures, tables and sections."""


def check_citations(paper: Paper, library: Library) -> Iterator[Problem]:
    """Keys that no bibliography has, or that only the private one has."""
    cited = paper.body.cited_keys
    unknown = [
        key
        for key, reference in zip(cited, map(library.references.get, cited), strict=True)
        if reference is None or (reference.is_private and not paper.is_private)
    ]
    if not unknown:
        return  # nearly always: where the citations stand is not looked up
    suggestions = {key: _suggest_key(key, paper, library) for key in unknown}
    for citation in paper.body.citations:
        if citation.key in suggestions:
            message = f'No reference "{citation.key}" in library.bib.'
            yield report(paper, citation.position, "citation.unknown-key", message, suggestions[citation.key])


def _suggest_key(key: str, paper: Paper, library: Library) -> str:
    known = [name for name, found in library.references.items() if paper.is_private or not found.is_private]
    nearest = nearest_keys(key, known)
    if nearest:
        named = " or ".join(f'"{name}"' for name in nearest[:2])
        return f"Did you mean {named}?"
    if key.startswith(_FOREIGN):
        return "Figures, tables, sections and recommendations can be referred to, the rest in words."
    return "Add the work to library.bib; if this is no citation, write \\@."


def check_cross_references(paper: Paper) -> Iterator[Problem]:
    """Mentions of figures, tables, sections and recommendations that are not there."""
    anchors = [name for name, _ in paper.body.anchors]
    recommendations = [note.label for note in paper.body.recommendations]
    for mention in paper.body.cross_references:
        known = recommendations if mention.kind == "rec" else anchors
        if mention.target not in known:
            yield _report_cross_reference(paper, mention, known)


def _report_cross_reference(paper: Paper, mention: CrossReference, known: list[str]) -> Problem:
    thing = _THINGS[mention.kind]
    prefix = "rec-" if mention.kind == "rec" else ""
    of_kind = [name for name in known if mention.kind == "rec" or name.startswith(f"{mention.kind}-")]
    nearest = nearest_keys(mention.target, of_kind)
    given = ".recommendation #" if mention.kind == "rec" else "#"
    hint = (
        f"Did you mean @{prefix}{nearest[0]}?"
        if nearest
        else f"Give the {thing} {{{given}{mention.target}}}."
    )
    message = f"There is no {thing} @{prefix}{mention.target} in this paper."
    return report(paper, mention.position, "cross-reference.unknown", message, hint)
