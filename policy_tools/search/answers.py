"""What is shown of an answer: its title, and the addresses and headings of its best sections."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policy_tools.search.query import Hit, Searcher


@dataclass(frozen=True, slots=True)
class Answer:
    """A document that was found; `sections` are addresses and headings, best first."""

    title: str
    kind: str
    label: str
    sections: tuple[tuple[str, str], ...]


def describe_hits(searcher: Searcher, hits: Iterable[Hit]) -> Iterator[Answer]:
    """Each hit with its words, which are read from its text."""
    for hit in hits:
        title, address, label, kind, _, sections = searcher.load_document(hit.document)
        first = searcher.starts[hit.document]
        shown: dict[str, str] = {}
        for entry in hit.entries:
            anchor, heading = sections[entry - first - 1][:2] if entry > first else ("", "")
            shown.setdefault(f"{address}#{anchor}" if anchor else address, heading)
        yield Answer(title, kind, label, tuple(shown.items()))
