"""Prose of ordinary pages becomes safe, valid HTML."""

from policy_tools.render.prose import render_prose


def test_headings_start_at_level_two() -> None:
    assert render_prose("# Who we are") == '<h2 id="who-we-are">Who we are</h2>'


def test_an_author_may_begin_with_level_two() -> None:
    assert render_prose("## Who\n\n### How") == '<h2 id="who">Who</h2>\n<h3 id="how">How</h3>'


def test_addresses_from_the_root_become_relative() -> None:
    html = render_prose("[Paper](/papers/nib/) and [away](https://example.org/)", root="../")
    assert 'href="../papers/nib/"' in html
    assert 'href="https://example.org/"' in html


def test_scripts_and_handlers_are_removed() -> None:
    html = render_prose('<script>alert(1)</script><a href="javascript:alert(1)" onclick="x()">a</a>')
    assert "script" not in html
    assert "onclick" not in html


def test_table_headers_have_a_scope() -> None:
    assert '<th scope="col">' in render_prose("| a |\n|---|\n| 1 |")
