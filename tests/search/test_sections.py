"""A body is cut at its headings, without signs that nobody searches for."""

from policy_tools.search.sections import cut_into_sections, read_words

BODY = """<p>Before.</p>
<h2 id="one"><span class="section-number">1</span> One <a class="self-link" href="#one">#</a></h2>
<p id="p-1"><span class="para-number"><a href="#p-1">1.1</a></span>Text<sup class="note-ref">
<a href="#n">1</a></sup> of one.</p><ul><li>first</li><li>second</li></ul>
<h3 id="two">Two</h3><table><caption>Rates</caption><tr><th>a</th><td>b</td></tr></table>
<p><math><semantics><mi>x</mi><annotation>x_1</annotation></semantics></math></p>"""


def test_a_section_ends_where_the_next_heading_stands() -> None:
    sections = cut_into_sections(BODY)
    assert [(section.anchor, section.heading) for section in sections] == [
        ("", ""),
        ("one", "One"),
        ("two", "Two"),
    ]
    assert [section.text for section in sections] == ["Before.", "Text of one. first second", "Rates a b x"]


def test_an_empty_body_has_no_sections() -> None:
    assert cut_into_sections(" ") == ()
    assert cut_into_sections("<p> </p>") == ()
    assert read_words("") == ""


def test_words_of_notes_stand_on_one_line() -> None:
    assert read_words("<ol><li>A<a class='note-back'>↩</a></li><li>B</li></ol>") == "A B"
