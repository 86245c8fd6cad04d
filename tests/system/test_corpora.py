"""Real documents by others build whole: pages, PDFs, Word files and EPUBs, every work cited in its place."""

import re
from pathlib import Path

import page
import pytest
from lxml import html

from tests.corpora import CORPORA, CORPUS_NAMES, build_corpus_site, build_folder_site
from tests.system.sites import build_site, run_policy

needs_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora stand beside the repository")


def check_paper(folder: Path) -> None:
    """Every format is there; every citation leads to a reference, and every reference is cited."""
    tree = html.parse(str(folder / "index.html"))
    ids = set(tree.xpath("//@id"))
    targets = {href.removeprefix("#") for href in tree.xpath("//a/@href") if href.startswith("#ref-")}
    references = {name for name in ids if re.match(r"ref-", name)}
    assert targets == references
    for ending in ("pdf", "docx", "epub"):
        assert (folder / f"{folder.name}.{ending}").stat().st_size > 2000


@needs_corpora
@pytest.mark.parametrize("name", CORPUS_NAMES)
def test_a_real_document_comes_out_in_every_format(name: str, tmp_path: Path) -> None:
    site = build_corpus_site(name, CORPORA, tmp_path / name, complete=True)

    output = build_site(site)

    papers = sorted((output / "papers").iterdir())
    papers = [folder for folder in papers if (folder / f"{folder.name}.pdf").exists()]
    assert len(papers) == len(list((site / "content/papers").iterdir()))
    for folder in papers:
        check_paper(folder)
    for folder in papers[::5]:
        for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
            report = page.validate_pdf(folder / f"{folder.name}.pdf", profile=profile)
            assert report.is_compliant, report.failures


@needs_corpora
def test_the_one_key_that_is_truly_missing_is_named(tmp_path: Path) -> None:
    site = build_corpus_site("geographic-scale", CORPORA, tmp_path / "site")

    done = run_policy("check", site)

    assert done.returncode == 1
    named = re.findall(r'\[citation\.unknown-key\] No reference "([^"]+)"', done.stdout)
    assert set(named) == {"FfE:2016"}


def test_any_folder_of_chapters_becomes_a_site(tmp_path: Path) -> None:
    source = tmp_path / "book"
    source.mkdir()
    (source / "README.md").write_text("# Not a chapter\n")
    (source / "one.Rmd").write_text("# One {#one}\n\nSee [two](#two) and [none](#none) [@known; @unknown].\n")
    (source / "two.md").write_text("# Two {#two}\n\n```{r, echo=FALSE}\nx <- '@no_key'\n\n```\n")
    (source / "all.bib").write_text(
        "@book{known, title={Known}, author={A, B}, publisher={C}, year={2001}}\n"
    )

    output = build_site(build_folder_site(source, tmp_path / "site"))

    text = html.parse(str(output / "papers/one/index.html"))
    assert text.xpath("//a[.='two']/@href") == ["../../papers/two/#two"]
    for name in ("one", "two"):
        check_paper(output / "papers" / name)
