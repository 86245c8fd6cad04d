"""Are dead links found in ordinary pages, biographies and descriptions, at the very place?"""

import pytest

from tests.load.small_site import FILES, SmallSite, change, write_paper

PAGE = "---\ntitle: About\nsummary: Who we are.\nstatus: published\n---\n"
PERSON = FILES["content/people/economy-team.md"]
PROGRAMME = FILES["content/programmes/economy.md"]
INSTITUTE = FILES["content/institutes/trivet.md"]

TEXTS = {
    "content/pages/about.md": (PAGE, 6),
    "content/people/economy-team.md": (PERSON, 6),
    "content/programmes/economy.md": (PROGRAMME, 8),
    "content/institutes/trivet.md": (INSTITUTE, 7),
}


def find_problems(site: SmallSite, path: str, text: str) -> list[str]:
    """What is said of the text below a file's front matter: line below it, column, code and hint."""
    head, first_line = TEXTS[path]
    site.write(path, head + text)
    return [
        f"{problem.line - first_line}:{problem.column} {problem.code} {problem.hint}"
        for problem in site.load().problems
        if problem.path == path
    ]


@pytest.mark.parametrize("path", TEXTS)
def test_a_dead_link_is_told_where_it_stands(small_site: SmallSite, path: str) -> None:
    text = "First.\n\nSee [the bank](/papers/nibb/), and [us](/people/economy-tean/).\n"
    assert find_problems(small_site, path, text) == [
        "2:5 link.dead Did you mean /papers/nib?",
        "2:36 link.dead Did you mean /people/economy-team/?",
    ]


@pytest.mark.parametrize("path", TEXTS)
def test_a_dead_anchor_is_told_where_it_stands(small_site: SmallSite, path: str) -> None:
    text = "## How we work\n\nSee [how](#how-we-wok), or [why](/papers/nib/#stat).\n"
    assert find_problems(small_site, path, text) == [
        "2:5 link.dead-anchor Did you mean #how-we-work?",
        "2:28 link.dead-anchor Did you mean #start?",
    ]


@pytest.mark.parametrize("path", TEXTS)
def test_links_that_lead_somewhere_are_left_alone(small_site: SmallSite, path: str) -> None:
    text = (
        "## 4. How we “work”\n\n## Aims\n\n## Aims\n\n"
        "[a](#4-how-we-work), [b](#aims_1), [c](/papers/nib/#start), [d](/programmes/economy/),\n"
        "[e](https://example.org/x), [f](mailto:a@example.org), `[g](/none/)`, [h][h]\n\n"
        '<h3 id="own">Own</h3>\n\n[i](#own)\n\n[h]: /people/economy-team/\n'
    )
    assert find_problems(small_site, path, text) == []


def test_a_published_page_leads_to_no_draft(small_site: SmallSite) -> None:
    small_site.write("content/papers/nib/paper.md", write_paper(fields=change(status="draft")))
    (said,) = find_problems(small_site, "content/pages/about.md", "[The bank](/papers/nib/)\n")
    assert said == "0:1 link.not-published Remove the link until it is."
