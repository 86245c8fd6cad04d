"""What was made of a public library, before it is laid out as pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from policy_tools.edition.dated import PublicPacks
from policy_tools.edition.documents import DocumentSummary, Download
from policy_tools.edition.files import OutputFile
from policy_tools.model.library import PublicLibrary
from policy_tools.model.problem import Problem
from policy_tools.pipeline.search import SearchMaker


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of a public library; its papers show cleaned pictures only.

    `documents`, `downloads` and `cite_as` are keyed by paper id. `files` are the downloads themselves;
    `search` makes those of search. `shared_digest` is that of what all papers are made from.
    """

    library: PublicLibrary
    documents: Mapping[str, DocumentSummary]
    downloads: Mapping[str, tuple[Download, ...]]
    files: tuple[OutputFile, ...]
    search: SearchMaker
    cite_as: Mapping[str, str]
    packs: PublicPacks
    shared_digest: str
    problems: tuple[Problem, ...]
