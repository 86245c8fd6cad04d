"""What does an edition hang on, beside the words of its papers?

That is its frame: everything that more than one page can say. What is left is a paper's own: the words that
its own page shows, and its downloads; and what packs hold. `tests/pipeline/test_layout.py` holds all to that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields

from policy_tools.edition.theme import Theme
from policy_tools.edition.wording import reading_minutes
from policy_tools.load.made_by import digest_of_code
from policy_tools.model.library import PublicLibrary
from policy_tools.model.paper import Paper
from policy_tools.pipeline.made import Made
from policy_tools.store import digest_of

MAKING_CODE = (
    "load", "clear", "model", "describe", "render", "typeset", "pack", "search", "edition", "pipeline",
)  # fmt: skip
"""The folders of all that decides what an edition holds."""

_TAKEN_APART = frozenset({"papers", "earlier_versions", "references"})


def digest_shelves(library: PublicLibrary, theme: Theme) -> str:
    """The digest of that part of the frame which is no paper's."""
    return digest_of(
        digest_of_code(*MAKING_CODE),
        theme.digest,
        *_describe_shelves(library),
        repr([(reference.key, reference.digest) for reference in library.references.values()]),
    )


def digest_frame(shelves: str, made: Made) -> str:
    """The digest of the frame: equal digests, equal pages but for what is each paper's own."""
    return digest_of(
        shelves,
        made.shared_digest,
        made.search.rules,
        *(_describe_paper(paper, made) for paper in made.library.all_papers),
        repr([pack.copy.address for pack in made.packs.packs]),
        repr((len(made.packs.briefs), tuple(made.packs.downloads.items()))),
    )


def digest_own(paper: Paper, made: Made) -> str:
    """The digest of what a paper's own page shows and no other."""
    return digest_of(made.documents[paper.id].digest, repr(made.downloads.get(paper.id, ())))


def digest_packs(made: Made) -> str:
    """The digest of what the pages of packs show, and those of copies, and no others."""
    return digest_of(repr((made.packs.packs, made.packs.briefs)))


def _describe_shelves(library: PublicLibrary) -> Iterator[str]:
    for field in fields(library):
        if field.name not in _TAKEN_APART:
            shelf = getattr(library, field.name)
            yield repr(tuple(shelf.items()) if isinstance(shelf, Mapping) else shelf)


def _describe_paper(paper: Paper, made: Made) -> str:
    """What other pages say of a paper, beside its record, whose digest the papers have in common."""
    document = made.documents[paper.id]
    return repr(
        (
            paper.id,
            paper.record.supersedes,
            paper.record.superseded_by,
            paper.body.cited_keys,
            [link.target for link in paper.body.links],
            paper.assets,
            reading_minutes(document.words),
            document.recommendations,
            made.cite_as.get(paper.id),
        )
    )
