"""What do a paper's words hold, as far as can be known without rendering them?"""

from policy_tools.load.scan.blocks import BlockReader
from policy_tools.load.scan.characters import check_characters
from policy_tools.load.scan.findings import Findings
from policy_tools.load.scan.headings import HeadingReader
from policy_tools.load.scan.inlines import InlineReader
from policy_tools.load.scan.left_over import check_left_over_notes
from policy_tools.load.scan.lines import Prose
from policy_tools.load.scan.source import Source
from policy_tools.model.body import Body, Link
from policy_tools.model.problem import Problem


def scan_body(text: str, first_line: int, path: str) -> tuple[Body, tuple[Problem, ...]]:
    """Read the Markdown below a front matter, in time linear in its length.

    `first_line` is the line of the file at which `text` begins; every position is one in the file. What
    the text alone shows to be wrong comes back as problems; `load.checks` looks at the rest.
    """
    found = Findings(Source(text.replace("\r\n", "\n"), first_line, path))
    check_characters(found)
    check_left_over_notes(found)
    headings = HeadingReader(found)
    for prose in BlockReader(found).read():
        if prose.kind == "heading":
            prose = headings.read(prose)  # noqa: PLW2901
        _read_inlines(found, prose)
    _resolve_references(found)
    return found.to_body(), tuple(sorted(found.problems))


def _read_inlines(found: Findings, prose: Prose) -> None:
    if prose.start < prose.stop:
        InlineReader(found, prose).read()


def _resolve_references(found: Findings) -> None:
    """Turn `[words][label]` into links, now that every label is known."""
    for pending in found.pending:
        target = found.definitions.get(pending.label)
        if target is not None:
            position = found.source.position(pending.offset)
            found.links.append(Link(target, pending.text, position, pending.is_image))
        elif pending.must_exist:
            found.warn(
                "link.undefined-label",
                pending.offset,
                f"The label [{pending.label}] is given no address, so this is printed with its brackets.",
                f"Add a line such as [{pending.label}]: https://…",
            )
