"""Is pelicanconf.py read with care, and is what is wrong with it said in one sentence?"""

from pathlib import Path

import pytest

from policy_tools.load.site import SiteError, load_site, site_from_settings


def test_a_site_is_what_its_settings_say(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "our_words.py").write_text('NAME = "Trivet"\n')
    (tmp_path / "pelicanconf.py").write_text(
        "from policy_tools.defaults import *\n"
        "from our_words import NAME as SITENAME\n"
        'SITEURL = "https://example.org/"\nINSTITUTE = "trivet"\nFORMATS = ["pdf"]\n'
        'TIMEZONE = "Europe/Paris"\nRENDER_SECONDS = 5\nPRESS_EMAIL = "press@example.org"\n'
    )
    site = load_site(tmp_path)
    assert (site.name, site.url, site.institute) == ("Trivet", "https://example.org", "trivet")
    assert (site.formats, site.timezone, site.render_seconds) == (("pdf",), "Europe/Paris", 5.0)
    assert (site.content, site.cache) == (tmp_path / "content", tmp_path / ".cache")
    assert site.press_email == "press@example.org"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SITENAME", "", "does not set SITENAME"),
        ("INSTITUTE", None, "does not set INSTITUTE"),
        ("SITEURL", "example.org", "begins with https://"),
        ("TIMEZONE", "Europe/Londn", 'no time zone called "Europe/Londn"'),
        ("FORMATS", "pdf", "is a list of texts"),
        ("FORMATS", ["pdf", "rtf"], "holds 'rtf'"),
        ("DEMONSTRATION", "yes", "is True or False"),
        ("DEFAULT_PAGINATION", 0, "is 1 or more"),
        ("DEFAULT_PAGINATION", "25", "is a whole number"),
        ("MAX_IMAGE_BYTES", True, "is a whole number"),
        ("RENDER_SECONDS", -1, "above 0"),
        ("RENDER_SECONDS", float("nan"), "above 0"),
        ("CSL", 3, "is a text"),
        ("PATH", "nowhere", "There is no folder"),
    ],
)
def test_a_setting_of_the_wrong_kind_is_said_in_plain_words(
    tmp_path: Path, name: str, value: object, words: str
) -> None:
    (tmp_path / "content").mkdir()
    settings: dict[str, object] = {"SITENAME": "Trivet", "INSTITUTE": "trivet"}
    with pytest.raises(SiteError) as caught:
        site_from_settings({**settings, name: value}, tmp_path)
    assert words in str(caught.value)
    assert name in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "There is no pelicanconf.py"),
        ("SITENAME = (", "SyntaxError"),
        ("import nothing_of_this_name", "ModuleNotFoundError"),
        ("raise SystemExit", "SystemExit"),
    ],
)
def test_settings_that_cannot_be_run(tmp_path: Path, text: str | None, words: str) -> None:
    if text is not None:
        (tmp_path / "pelicanconf.py").write_text(text)
    with pytest.raises(SiteError, match=words):
        load_site(tmp_path)
