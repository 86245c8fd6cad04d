"""The photograph of a person goes out without what its camera wrote into it."""

from pathlib import Path

import pytest
from PIL import Image

from policy_tools.scaffold import init_site
from tests.system.canary import find_canaries
from tests.system.sites import build_site, run_policy

RECORD = "---\nname: Ann Example\nphoto: ann.{ending}\n---\n\nWrites.\n"
WORD = "quorblathent"


def write_person(site: Path, ending: str) -> Path:
    init_site(site)
    people = site / "content/people"
    (people / "ann.md").write_text(RECORD.format(ending=ending), "utf-8")
    return people / f"ann.{ending}"


@pytest.mark.parametrize("ending", ["jpg", "png"])
def test_a_photograph_keeps_its_name_and_loses_its_secrets(ending: str, tmp_path: Path) -> None:
    photo = write_person(tmp_path / "site", ending)
    image = Image.new("RGB", (60, 80), "navy")
    exif = image.getexif()
    exif[0x010E] = WORD
    image.save(photo, exif=exif)
    assert find_canaries(photo.parent, [WORD]), "the test would prove nothing"

    output = build_site(tmp_path / "site", "--formats", "")

    with Image.open(output / f"people/ann/ann.{ending}") as shown:
        assert shown.size == (60, 80)
        assert not shown.getexif()
    assert f'src="ann.{ending}"' in (output / "people/ann/index.html").read_text("utf-8").replace(
        "../../people/ann/", ""
    )
    assert find_canaries(output, [WORD]) == {}


def test_a_drawing_that_cannot_be_cleaned_is_a_problem_of_the_record(tmp_path: Path) -> None:
    photo = write_person(tmp_path / "site", "svg")
    photo.write_text('<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>', "utf-8")
    done = run_policy("build", tmp_path / "site", "--formats", "")
    assert done.returncode == 1
    assert "content/people/ann.md:1:1: [image.unusable] ann.svg does not say how large it is" in done.stderr
