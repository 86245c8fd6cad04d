"""Is the name made of a title one that the model takes?"""

import pytest

from policy_tools.model.slug import SLUG, make_slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("A bank for Britain: how?", "a-bank-for-britain-how"),
        ("Zoë O'Brien", "zoe-obrien"),
        ("  --x--  ", "x"),
        ("x" * 79 + " yz", "x" * 79),
        ("政策", ""),
    ],
)
def test_slugs_are_made_of_titles(title: str, slug: str) -> None:
    assert make_slug(title) == slug
    assert not slug or SLUG.fullmatch(slug)
