"""Each record format says the same of a paper, in its own syntax."""

import json
import subprocess
from pathlib import Path

import pypandoc
from bibtexparser.entrypoint import parse_string

from policy_tools.describe.bibtex import format_bibtex
from policy_tools.describe.catalogue import CatalogueRecord, build_catalogue_record
from policy_tools.describe.csl_json import format_csl_json
from policy_tools.describe.highwire import build_highwire_tags
from policy_tools.describe.json_ld import build_json_ld
from policy_tools.describe.ris import format_ris
from policy_tools.model.library import PublicLibrary
from policy_tools.model.site import Site
from tests.clear.shelves import make_paper

HERE = Path(__file__).parent
SITE = Site(HERE, HERE, HERE, HERE, "The site", "", "https://things.example", "gone", "Europe/London")


def test_highwire_has_what_google_scholar_requires(record: CatalogueRecord) -> None:
    tags = build_highwire_tags(record)
    assert ("citation_title", record.title) in tags
    assert [content for name, content in tags if name == "citation_author"] == [
        "Joan Robinson",
        "Economy team",
    ]
    assert ("citation_publication_date", "2026/11/22") in tags
    assert ("citation_technical_report_institution", "Institute of Things") in tags
    assert ("citation_technical_report_number", "3") in tags
    assert ("citation_pdf_url", "https://things.example/papers/nib/nib.pdf") in tags


def test_highwire_leaves_out_what_is_not_known(record: CatalogueRecord) -> None:
    assert "citation_isbn" not in dict(build_highwire_tags(record))


def test_bibtex_is_read_back_by_bibtexparser(record: CatalogueRecord) -> None:
    library = parse_string(format_bibtex(record))
    assert not library.failed_blocks
    (entry,) = library.entries
    assert (entry.entry_type, entry.key) == ("techreport", "ippl-nib-2026")
    assert entry["author"] == "Robinson, Joan and {Economy team}"


def test_bibtex_means_the_same_to_pandoc(record: CatalogueRecord) -> None:
    command = [pypandoc.get_pandoc_path(), "-f", "bibtex", "-t", "csljson"]
    done = subprocess.run(command, input=format_bibtex(record), capture_output=True, text=True, check=True)
    (item,) = json.loads(done.stdout)
    assert item["title"].replace("\N{NO-BREAK SPACE}", " ") == record.title
    assert item["author"] == [{"family": "Robinson", "given": "Joan"}, {"literal": "Economy team"}]
    assert item["type"] == "report"
    assert item["number"] == "3"


def test_ris_ends_every_line_with_cr_lf_and_the_record_with_er(record: CatalogueRecord) -> None:
    lines = format_ris(record).split("\r\n")
    assert lines[0] == "TY  - RPRT"
    assert lines[-2:] == ["ER  - ", ""]
    assert "AU  - Robinson, Joan" in lines
    assert "DA  - 2026/11/22" in lines
    assert not any("\n" in line for line in lines)


def test_csl_json_is_a_report(record: CatalogueRecord) -> None:
    (item,) = json.loads(format_csl_json(record))
    assert item["type"] == "report"
    assert item["issued"] == {"date-parts": [[2026, 11, 22]]}
    assert item["author"][1] == {"literal": "Economy team"}
    assert "ISBN" not in item


def test_json_ld_carries_corrections_funding_and_files(record: CatalogueRecord) -> None:
    report = build_json_ld(record, [("application/pdf", record.pdf_url)])
    assert report["@type"] == "Report"
    assert report["reportNumber"] == "3"
    assert report["correction"][0]["datePublished"] == "2026-12-01"
    assert report["funding"][0]["funder"]["name"] == "A foundation"
    assert report["encoding"] == [
        {"@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": record.pdf_url}
    ]
    assert report["author"][0]["identifier"] == "https://orcid.org/0000-0002-1825-0097"


def test_a_preview_with_a_publisher_that_is_not_there_describes_its_papers_all_the_same() -> None:
    paper = make_paper(authors=["nobody"])
    made = build_catalogue_record(paper, PublicLibrary(), SITE)
    assert (made.publisher, made.publisher_place, made.key) == ("The site", "", "gone-nib-2026")
    assert [creator.name for creator in made.creators] == ["nobody"]
