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

    @property
    def description(self) -> str:
        """What it is, in a line: its kind and label, or the label alone where that begins with the kind."""
        if self.label.startswith(self.kind):
            return self.label
        return f"{self.kind} · {self.label}" if self.label else self.kind


def describe_hits(searcher: Searcher, hits: Iterable[Hit]) -> Iterator[Answer]:
    """Each hit with its words, which are read from its text."""
    for hit in hits:
        entries = [entry - searcher.starts[hit.document] for entry in hit.entries]
        piece = searcher.load_piece(hit.document, entries[0])
        shown: dict[str, str] = {}
        for entry in entries:
            anchor = piece.find_anchor(entry)
            address = f"{piece.address}#{anchor}" if anchor else piece.address
            shown.setdefault(address, piece.find_heading(entry))
        yield Answer(piece.title, piece.kind, piece.label, tuple(shown.items()))
