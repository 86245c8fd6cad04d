import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tools.edition.addresses import Claim, check_addresses, fold_address

ONE = "content/papers/one/paper.md"
TWO = "content/papers/two/paper.md"


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        pytest.param(
            [Claim("papers/one/index.html", ONE), Claim("papers/two/index.html", TWO)], [], id="apart"
        ),
        pytest.param(
            [Claim("index.html"), Claim("404.html"), Claim("theme/site.css")], [], id="the system's"
        ),
        pytest.param([Claim("a/b.pdf", ONE), Claim("a/b.pdf", TWO)], [(TWO, "taken")], id="twice"),
        pytest.param([Claim("a/Chart.svg", ONE), Claim("a/chart.SVG", TWO)], [(TWO, "taken")], id="case"),
        pytest.param([Claim("a/é.svg", ONE), Claim("a/é.svg", TWO)], [(TWO, "taken")], id="composed"),
        pytest.param(
            [Claim("a/v1", ONE), Claim("a/v1/index.html", TWO)], [(TWO, "taken")], id="file, folder"
        ),
        pytest.param(
            [Claim("a/v1/index.html", ONE), Claim("a/v1", TWO)], [(TWO, "taken")], id="folder, file"
        ),
        pytest.param([Claim("a/b/c/d", ONE), Claim("a/B", TWO)], [(TWO, "taken")], id="folder far above"),
        pytest.param(
            [Claim("people/index.html", ONE), Claim("people/index.html")], [(ONE, "taken")], id="blame"
        ),
        *(
            pytest.param([Claim(address, ONE)], [(ONE, "reserved")], id=address)
            for address in (
                "404.html",
                "_headers",
                "Theme/x.css",
                "feeds/index.html",
                ".well-known/x",
                "INDEX.html",
            )
        ),
        *(
            pytest.param([Claim(address, ONE)], [(ONE, "unsafe")], id=repr(address))
            for address in ("../x", "a//b", "/a", "a/./b", "a\\b", "a\x00b", "a\u202eb", "", "a/")
        ),
    ],
)
def test_every_address_is_claimed_once(claims: list[Claim], expected: list[tuple[str, str]]) -> None:
    problems = check_addresses(claims)
    assert [(problem.path, problem.code.removeprefix("address.")) for problem in problems] == expected


def test_a_collision_is_told_in_words() -> None:
    (problem,) = check_addresses([Claim("a/Chart.svg", ONE), Claim("a/chart.svg", TWO)])
    assert str(problem) == (
        "content/papers/two/paper.md:1:1: [address.taken] The address a/chart.svg is already taken by "
        "content/papers/one/paper.md (there as a/Chart.svg). Rename one of the two: letter case does not "
        "tell addresses apart."
    )


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=4), max_size=12))
def test_whatever_is_accepted_can_stand_side_by_side_on_any_file_system(names: list[str]) -> None:
    claims = [
        Claim(f"papers/{name}/index.html", f"content/papers/{place}") for place, name in enumerate(names)
    ]
    refused = {problem.path for problem in check_addresses(claims)}
    accepted = [claim.address for claim in claims if claim.path not in refused]
    assert len({unicodedata.normalize("NFC", name.casefold()) for name in accepted}) == len(accepted)
    assert {fold_address(claim.address) for claim in claims} == {fold_address(name) for name in accepted}
