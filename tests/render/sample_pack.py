"""A pack of two papers that use the same names for different things, between parts of our own making."""

from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image

from policy_tools.model.document import Annex, DocumentRequest, Marks, PackPart, PackRequest
from policy_tools.render.styles import load_style
from tests.render.rendering import work
from tests.render.sample_paper import COVER as PAPER_COVER

COVER = replace(
    PAPER_COVER,
    title="Day one at the Treasury",
    subtitle="For a new Chancellor",
    authors=(),
    series_line="Pack",
    version_line="",
    date_line="As at 22 November 2026",
    summary="Everything that has to be decided in the first week.",
    key_points=("Found the bank.", "Answer the objections."),
    keywords=("investment",),
    corrections=(),
    how_to_cite="",
    current_address="https://example.org/packs/day-one/",
    check_address="https://example.org/check/pack-day-one/2026-11-22/",
    identifier="https://example.org/packs/day-one/",
)
MARKS = Marks(
    handling="Private: for the reader only",
    as_at="As at 22 November 2026",
    copy_id="KX7",
    watermark="COPY KX7",
    disclaimer="Not government advice",
)

TEXT = """# The {name} case {{#sec-case}}

{name} opens with a claim.[^a] See @fig-growth, @tbl-costs, [@smith2020, p. 4] and section @sec-case.

![{name} growth](growth.png){{#fig-growth alt="{name} line"}}

| {name} item | Cost |
|:-----|-----:|
| First | 10 |

: {name} costs {{#tbl-costs}}

## Why {name} {{#why}}

More of {name}.[^b] It builds on [the other paper](/papers/{other}/#why), on [its page](../{other}/),
on [a part that is not there](/papers/{other}/#nowhere), and on [a third](/papers/third/).
The address is <https://example.org/papers/{other}/>. Again [-@smith2020].

::: {{.recommendation #rec-01}}
Do what {name} says, as @rec-rec-01 does.
:::

[^a]: First note of {name}.
[^b]: Second note of {name}.
"""

PARTS = (
    PackPart(
        "asks",
        "The asks",
        """<h2>By department</h2>
        <table><caption>Who does what</caption><col style="width:25%"><col style="width:75%">
        <thead><tr><th>Department</th><th>Ask</th></tr></thead>
        <tbody><tr><th scope="row">HM Treasury</th><td>Found the <strong>bank</strong></td></tr></tbody>
        </table>
        <div class="recommendation" id="rec-01"><p><span class="box-label">Recommendation 1</span></p>
        <p>Do it, see <a href="#annex-a-rec-01">Annex A</a>, <a href="#annex-b">Annex B</a>,
        <a href="#gone">nothing</a> and <a href="https://example.org/papers/alpha/">the paper</a>.</p></div>
        <div class="note"><p>Without a label.</p></div>
        <h2 id="why">Why</h2><p>Because.</p>""",
    ),
    PackPart("lines", "Lines to take", "<h2>By department</h2><ul><li>Say <em>this</em>.</li></ul>"),
)
LAST_PART = PackPart("contacts", "Contacts & others", "<dl><dt>Press</dt><dd>Ada</dd></dl>")


def picture(colour: str) -> bytes:
    target = BytesIO()
    Image.new("RGB", (60, 30), colour).save(target, "PNG")
    return target.getvalue()


def paper(folder: Path, name: str, other: str, colour: str, author: str) -> DocumentRequest:
    """One of the two: the same ids, keys, notes and file names, and nothing else the same."""
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    (place / "growth.png").write_bytes(picture(colour))
    cover = replace(
        PAPER_COVER,
        title=f"The {name} paper",
        subtitle="",
        authors=(author,),
        summary=f"What {name} says.",
        key_points=(f"{name} is first.",),
        corrections=(f"23 November 2026: {name} was corrected.",),
        current_address=f"https://example.org/papers/{name}/",
        check_address=f"https://example.org/check/{name}/1/",
        identifier=f"https://example.org/papers/{name}/",
        how_to_cite="",
    )
    return DocumentRequest(
        id=name,
        path=f"papers/{name}/paper.md",
        text=TEXT.format(name=name, other=other),
        first_line=1,
        references=(work("smith2020", author, 2020, f"On {name}"),),
        style=load_style("harvard-cite-them-right"),
        cover=cover,
        assets={"growth.png": place / "growth.png"},
        asset_digests=(("growth.png", sha256(picture(colour)).hexdigest()),),
    )


def make_pack(folder: Path) -> PackRequest:
    alpha = paper(folder, "alpha", "beta", "#cc0000", "Smith")
    beta = paper(folder, "beta", "alpha", "#0000cc", "Jones")
    return PackRequest(
        id="day-one",
        path="packs/day-one.yaml",
        layout="pack",
        cover=COVER,
        marks=MARKS,
        pieces=(
            *PARTS,
            Annex("Annex A", "annex-a", "The alpha paper", alpha),
            Annex("Annex B", "annex-b", "The beta paper", beta),
            LAST_PART,
        ),
    )
