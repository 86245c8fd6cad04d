"""What a reader must know before the first line: superseded, corrected, an old version."""

from dataclasses import dataclass

from policy_tools.edition.catalogue import Catalogue
from policy_tools.edition.chrome import Link
from policy_tools.edition.wording import format_date
from policy_tools.model.paper import Correction, Paper


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: `kind` is superseded, corrected, earlier-version or replaces."""

    kind: str
    title: str
    text: str
    link: Link | None = None


def build_notices(catalogue: Catalogue, paper: Paper) -> tuple[Notice, ...]:
    """The notices of a paper, the gravest first; minor corrections are only listed below the text."""
    record, notices = paper.record, []
    successor = catalogue.papers.get(record.superseded_by or "")
    if record.superseded_by:
        notices.append(
            Notice(
                "superseded",
                "This paper has been superseded",
                "A later paper takes its place. It is kept here as it was published.",
                _link(catalogue, successor),
            )
        )
    weighty = [item for item in record.corrections if item.severity != "minor"]
    if weighty:
        notices.append(_build_correction_notice(max(weighty, key=lambda item: item.date)))
    predecessor = catalogue.papers.get(record.supersedes or "")
    if predecessor:
        notices.append(
            Notice("replaces", "This paper replaces an earlier one", "", _link(catalogue, predecessor))
        )
    return tuple(notices)


def build_version_notice(catalogue: Catalogue, paper: Paper) -> Notice:
    """The banner of an earlier version."""
    title = f"This is version {paper.record.version} of this paper"
    current = catalogue.papers.get(paper.slug)
    if current is None:
        return Notice("earlier-version", title, "It is kept here as it was published.")
    date = format_date(current.record.updated or current.record.published).text
    return Notice(
        "earlier-version",
        title,
        "There is a newer one. This version is kept here as it was published.",
        Link(f"Read version {current.record.version}, {date}", current.address),
    )


def _build_correction_notice(correction: Correction) -> Notice:
    return Notice(
        "corrected",
        f"Corrected on {format_date(correction.date).text}",
        format_conclusions(correction),
        Link("What was corrected", "#page-corrections"),
    )


def format_conclusions(correction: Correction) -> str:
    """Whether the conclusions change, as a sentence."""
    if correction.affects_conclusions:
        return "The correction changes the paper’s conclusions."
    return "The correction does not change the paper’s conclusions."


def _link(catalogue: Catalogue, paper: Paper | None) -> Link | None:
    return Link(catalogue.cards[paper.slug].title, paper.address) if paper else None
