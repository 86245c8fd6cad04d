"""Does a sanitiser keep each id once, and is it let go when its document is done?"""

import weakref

from policy_tools.render.html import Sanitiser


def test_an_id_is_given_once_in_a_document() -> None:
    sanitiser = Sanitiser(frozenset())
    assert sanitiser.clean('<p id="a">One</p><p id="a">Two</p>') == '<p id="a">One</p><p>Two</p>'
    assert sanitiser.clean('<p id="a">Three</p>') == "<p>Three</p>"
    assert Sanitiser(frozenset()).clean('<p id="a">Four</p>') == '<p id="a">Four</p>'


def test_only_the_papers_own_images_stay() -> None:
    sanitiser = Sanitiser(frozenset({"gap.svg"}))
    own = '<img src="gap.svg" alt="A gap">'
    assert sanitiser.clean(f'{own}<img src="other.svg" alt="Another">') == own


def test_a_sanitiser_that_was_used_is_let_go() -> None:
    sanitiser = Sanitiser(frozenset())
    sanitiser.clean('<p id="a">Words</p>')
    left = weakref.ref(sanitiser)
    del sanitiser
    assert left() is None
