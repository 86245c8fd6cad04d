"""Is what stands among a site's typefaces one?"""

from tests.load.small_site import SmallSite


def find_problems(site: SmallSite) -> list[str]:
    return [str(problem).partition(" [")[0] + " " + problem.code for problem in site.load().problems]


def test_typefaces_and_their_licences_are_fine(small_site: SmallSite) -> None:
    folder = small_site.root / "content/fonts"
    folder.mkdir()
    for name, beginning in (("a.ttf", b"\x00\x01\x00\x00"), ("b.OTF", b"OTTO"), ("OFL.txt", b"Licence")):
        (folder / name).write_bytes(beginning + b"...")
    assert find_problems(small_site) == []


def test_what_is_none_is_told(small_site: SmallSite) -> None:
    folder = small_site.root / "content/fonts"
    folder.mkdir()
    (folder / "a.ttf").write_bytes(b"<html>")
    (folder / "b.woff2").write_bytes(b"wOF2")
    (folder / "c.otf").mkdir()
    (folder / "d.ttf").symlink_to("/etc/passwd")
    assert find_problems(small_site) == [
        "content/fonts/a.ttf:1:1: font.unreadable",
        "content/fonts/b.woff2:1:1: font.unknown-file",
        "content/fonts/c.otf:1:1: font.unreadable",
        "content/fonts/d.ttf:1:1: font.unreadable",
    ]


def test_another_folder_can_be_named(small_site: SmallSite) -> None:
    small_site.write("pelicanconf.py", 'SITENAME = "Trivet"\nINSTITUTE = "trivet"\nFONTS = "faces"\n')
    small_site.write("faces/a.ttf", "no typeface")
    assert find_problems(small_site) == ["faces/a.ttf:1:1: font.unreadable"]
