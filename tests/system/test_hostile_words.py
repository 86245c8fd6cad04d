"""No paper runs code, reads outside its folder or reaches the network: judged by what was made of it.

One site has an attack in every field that takes words. Its papers pass the check, since words are words.
"""

import json
import re
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest
from lxml import etree, html

from policy_tools.render.prose import render_prose
from tests.system.newcomer import SUMMARY, policy, write_paper

ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}{% raw %}#eval("1")\\input{x}'
QUOTED = json.dumps(ATTACK)  # as YAML reads it too
SAFE_SCHEMES = ("http://", "https://", "mailto:", "tel:")
LINKS = (
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "data",
    "srcset",
    "{http://www.w3.org/1999/xlink}href",
)


class Listener(NamedTuple):
    """A server on this machine that remembers what was asked of it."""

    address: str
    asked: list[str]


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET  # noqa: N815 - the name that the server calls

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that is overridden
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Listener(f"http://127.0.0.1:{server.server_port}", asked)
        server.shutdown()
        thread.join()


FIELDS = f"""\
title: {QUOTED}
subtitle: {QUOTED}
series: briefing
programmes: [democracy]
authors:
  - ada
  - given: {QUOTED}
    family: {QUOTED}
    affiliation: {QUOTED}
published: 2026-01-15
updated: 2026-02-15
version: 2
status: published
summary: {json.dumps(f"{ATTACK} {SUMMARY}")}
key_points: [{QUOTED}, "Two.", "Three."]
keywords: [{QUOTED}]
topics: [democracy]
licence: {QUOTED}
funding:
  - funder: {QUOTED}
    band: {QUOTED}
    role: {QUOTED}
    statement: {QUOTED}
interests: [{QUOTED}]
acknowledgements: {QUOTED}
reviewers: [{QUOTED}]
data:
  - path: growth.csv
    title: {QUOTED}
    source: {QUOTED}
    licence: {QUOTED}
corrections:
  - date: 2026-02-15
    version: 2
    severity: major
    where: {QUOTED}
    was: {QUOTED}
    now: {QUOTED}
    affects_conclusions: false
imprint: {QUOTED}
"""

WORDS = r"\"\>\<script\>alert(1)\</script\> {{ 7*7 }} \#eval(\"1\")"

BODY = rf"""
# A heading {WORDS}

Words {WORDS} and `<script>alert(1)</script>` and [a link](https://example.org/"onmouseover=alert(1)) and
[words](https://example.org "title \" onmouseover=alert(1)"). Works [@attack2020; @address2020].[^note]

[^note]: A note {WORDS}.

![A caption {WORDS}.](dot.png){{alt="A line \" onload=alert(1) that rises." onerror="alert(1)" style="x"}}

| Column {WORDS} | Two |
|:---|---:|
| {WORDS} | $\text{{<script>}}$ |

: A table {WORDS}. {{#tbl-a onclick="alert(1)"}}

::: {{.note title="<script>alert(1)</script>" onclick="alert(1)"}}
A box {WORDS}.
:::

::: {{.recommendation #attack-01}}
Do it {WORDS}.
:::

```{{.html onclick="alert(1)"}}
<script>alert(1)</script>
```

$$ \href{{javascript:alert(1)}}{{x}} + \class{{x}}{{y}} $$
"""

RAW = """
<script>alert(1)</script> <script src="LISTENER/a.js"></script> <img src="LISTENER/a.png" onerror="alert(1)">
<a href="javascript:alert(1)">runs</a> <a href="&#106;avascript:alert(1)">runs</a> <b onclick="alert(1)">b</b>
<iframe src="LISTENER/b"></iframe> <object data="LISTENER/c"></object>
<svg onload="alert(1)"><use href="x"/></svg>

<style>@import url(LISTENER/d.css);</style>

<div onclick="alert(1)" style="background: url(LISTENER/e)">

A <span onmouseover="alert(1)" style="background: url(LISTENER/f)">box</span>.

</div>

<form action="LISTENER/g"><button formaction="javascript:alert(1)">Go</button></form>
<meta http-equiv="refresh" content="0; url=LISTENER/h"><base href="LISTENER/i">
<link rel=stylesheet href="LISTENER/j">
"""

BIBLIOGRAPHY = r"""
@book{attack2020,
  author    = {{"><script>alert(1)</script>} and Lovelace, Ada},
  title     = {"><script>alert(1)</script> <img src=x onerror=alert(1)>},
  publisher = {<b onclick="alert(1)">Press</b>},
  year      = {2020},
  url       = {javascript:alert(1)},
  doi       = {10.1234/"onmouseover=alert(1)//<script>},
}

@online{address2020,
  author = {Lovelace, Ada},
  title  = {Address},
  year   = {2020},
  url    = {LISTENER/cited},
  note   = {\href{javascript:alert(1)}{words}},
}
"""

PERSON = f"""---
name: {QUOTED}
role: {QUOTED}
programme: democracy
interests: [{QUOTED}]
---

<script>alert(1)</script> <b onclick="alert(1)">bold</b> <a href="javascript:alert(1)">runs</a>
<img alt="x" src = 'x' onerror="alert(1)"> <iframe src="LISTENER/frame"></iframe> {{{{ 7*7 }}}}
"""


@pytest.fixture(scope="module")
def built(listener: Listener, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a site with an attack in every field, built in all formats."""
    root = tmp_path_factory.mktemp("hostile") / "site"
    policy("init", root)
    content = root / "content"
    write_paper(
        content / "papers" / "attack", f"---\n{FIELDS}---\n{BODY}{RAW.replace('LISTENER', listener.address)}"
    )
    (content / "papers" / "attack" / "growth.csv").write_text("a,b\n=cmd|' /C calc'!A0,<script>\n", "utf-8")
    picture = (
        Path(__file__).parents[1] / "sites" / "thirty-mistakes" / "content" / "papers" / "body" / "dot.png"
    )
    (content / "papers" / "attack" / "dot.png").write_bytes(picture.read_bytes())
    (content / "people" / "ada.md").write_text(PERSON.replace("LISTENER", listener.address), "utf-8")
    page = PERSON.partition("---\n")[2].partition("---\n")[2].replace("LISTENER", listener.address)
    head = f"---\ntitle: {QUOTED}\nsummary: {QUOTED}\nstatus: published\nmenu: main\n---\n"
    (content / "pages" / "attack.md").write_text(head + page, "utf-8")
    for name in ("topics.yaml", "series.yaml"):
        file = content / name
        file.write_text(
            re.sub(r"(title|plural|description): .+", rf"\1: {json.dumps(QUOTED)[1:-1]}", file.read_text())
        )
    (content / "library.bib").write_text(
        (content / "library.bib").read_text("utf-8") + BIBLIOGRAPHY.replace("LISTENER", listener.address),
        "utf-8",
    )
    done = policy("build", root)
    assert done.returncode == 0, done.stderr
    return root / "output"


def pages_of(output: Path) -> Iterator[tuple[str, bytes]]:
    """Every page: of the site, and of the books."""
    for file in sorted(output.rglob("*.html")):
        yield file.relative_to(output).as_posix(), file.read_bytes()
    for file in sorted(output.rglob("*.epub")):
        with zipfile.ZipFile(file) as book:
            for name in book.namelist():
                if name.endswith(".xhtml"):
                    yield f"{file.name}/{name}", book.read(name)


def is_ours(script: html.HtmlElement) -> bool:
    """A file of the theme's, or a record that no browser runs and that is whole JSON."""
    if script.get("type") == "application/ld+json":
        return isinstance(json.loads(script.text or ""), dict | list)
    source = script.get("src", "")
    return re.match(r"(?:\./|\.\./)*theme/|/theme/", source) is not None and not script.text


def is_our_search(form: html.HtmlElement) -> bool:
    """The form of search, which leads to the site's own page."""
    action = re.fullmatch(r"(?:\./|(?:\.\./)*|/)search/", form.get("action", ""))
    return form.get("role") == "search" and action is not None


def test_no_page_runs_a_script_of_theirs(built: Path) -> None:
    for name, content in pages_of(built):
        tree = html.document_fromstring(content)
        for element in tree.iter(etree.Element):
            assert element.tag != "script" or is_ours(element), name
            assert element.tag not in {"iframe", "object", "embed", "base", "applet", "frame"}, name
            assert element.tag != "form" or is_our_search(element), name
            for attribute, value in element.attrib.items():
                assert not attribute.lower().startswith("on"), (name, attribute, value)
                assert attribute not in {"srcdoc", "formaction"}, name
                if attribute in LINKS:
                    scheme = re.match(r"[\s\x00-\x20]*([A-Za-z][\w+.-]*):", value)
                    assert scheme is None or value.startswith(SAFE_SCHEMES), (name, value)


def test_the_words_themselves_are_shown(built: Path) -> None:
    """The attack did arrive: it is there to be read, and as nothing else."""
    tree = html.document_fromstring((built / "papers/attack/index.html").read_bytes())
    words = tree.text_content()
    assert words.count('"><script>alert(1)</script>') > 10
    assert "{{ 7*7 }}" in words
    assert "49" not in (tree.findtext(".//h1") or "")


def test_nothing_was_fetched_and_nothing_is_fetched_by_a_reader(built: Path, listener: Listener) -> None:
    assert listener.asked == []
    for name, content in pages_of(built):
        for element in html.document_fromstring(content).iter(
            "img", "source", "video", "audio", "script", "link"
        ):
            address = (
                element.get("src")
                or (element.get("href") if element.get("rel") == "stylesheet" else "")
                or ""
            )
            assert not re.match(r"(?:[A-Za-z][\w+.-]*:)?//(?!think-tank\.example/)", address), (name, address)


def test_feeds_and_records_are_whole(built: Path) -> None:
    for file in (*built.rglob("*.atom"), *built.rglob("*.xml")):
        tree = etree.fromstring(file.read_bytes(), etree.XMLParser(resolve_entities=False))
        for element in tree.iter(etree.Element):
            address = element.get("href", "")
            assert not address or address.startswith(SAFE_SCHEMES), address
    for file in built.rglob("*.json"):
        json.loads(file.read_bytes())


def actions_in(document: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """The kind and address of whatever a PDF may do."""
    for held in document.objects:
        if isinstance(held, pikepdf.Dictionary):
            for key in ("/JS", "/JavaScript", "/AA", "/OpenAction", "/Launch"):
                if key in held:
                    yield key, ""
            if "/S" in held and "/URI" in held:
                yield str(held["/S"]), str(held["/URI"])
            elif held.get("/Type") == "/Action":
                yield str(held["/S"]), ""


def test_a_pdf_only_links(built: Path) -> None:
    files = sorted(built.rglob("*.pdf"))
    assert len(files) == 4  # two papers, and the briefs of a recommendation and a programme
    for file in files:
        with pikepdf.open(file) as document:
            for kind, address in actions_in(document):
                assert kind in {"/URI", "/GoTo"}, (kind, address)
                assert kind == "/GoTo" or address.startswith(SAFE_SCHEMES), address


def test_word_and_books_only_link(built: Path) -> None:
    files = sorted([*built.rglob("*.docx"), *built.rglob("*.epub")])
    assert len(files) == 6
    for file in files:
        with zipfile.ZipFile(file) as package:
            assert not [
                name for name in package.namelist() if re.search(r"\.(?:js|bin|exe|vbs)$|^/|\.\.", name)
            ]
            for name in package.namelist():
                if name.endswith(".rels"):
                    for relation in etree.fromstring(package.read(name)):
                        outside = relation.get("TargetMode") == "External"
                        assert not outside or relation.get("Type", "").endswith("/hyperlink"), relation.attrib
                        assert not outside or relation.get("Target", "").startswith(SAFE_SCHEMES), (
                            relation.attrib
                        )
                if name == "word/document.xml":
                    text = package.read(name)
                    assert not re.search(rb"instrText[^>]*>[^<]*(?:DDE|INCLUDE|javascript:)", text)


REFUSED = """---
title: "What the check refuses"
series: briefing
programmes: [democracy]
authors: [democracy-team]
published: 2026-01-15
status: published
summary: Short.
csl: LISTENER/style.csl
bibliography: LISTENER/library.bib
header-includes: "<script src='LISTENER/a.js'></script>"
---

![A caption.](LISTENER/x.png){alt="Far away."} ![Secret](/etc/passwd) ![Secret](file:///etc/passwd)
![Secret](../../../pelicanconf.py) ![Drawing](drawing.svg){alt="A drawing."} [runs](javascript:alert(1))

<script src="LISTENER/b.js"></script><img src="LISTENER/c.png"><link rel="stylesheet" href="LISTENER/d.css">

```{=html}
<iframe src="LISTENER/e"></iframe>
```

```{=typst}
#read("/etc/passwd") #image("LISTENER/f.png")
```

```{=latex}
\\input{/etc/passwd}
```

```{=openxml}
<w:p><w:r><w:instrText>INCLUDETEXT /etc/passwd</w:instrText></w:r></w:p>
```

`#read("/etc/passwd")`{=typst} {{< include /etc/passwd >}} @nobody2020
"""

DRAWING = """<?xml version="1.0"?><?xml-stylesheet href="LISTENER/g.css"?>
<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "LISTENER/h">]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">
<style>@import url(LISTENER/i.css);</style><image xlink:href="LISTENER/j.png" width="9" height="9"/>
<image href="file:///etc/passwd" width="9" height="9"/><text>&x;&y;</text></svg>"""


@pytest.mark.parametrize("target", ["html", "pdf", "docx", "epub", "md"])
def test_what_the_check_refuses_does_no_harm_when_rendered_all_the_same(
    target: str, listener: Listener, tmp_path: Path
) -> None:
    root = tmp_path / "site"
    policy("init", root)
    folder = root / "content" / "papers" / "refused"
    write_paper(folder, REFUSED.replace("LISTENER", listener.address))
    (folder / "drawing.svg").write_text(DRAWING.replace("LISTENER", listener.address), "utf-8")
    made = tmp_path / f"made.{target}"
    done = policy("render", folder / "paper.md", "--to", target, "--output", made)
    assert "[body.raw-html]" in done.stderr
    assert "Traceback" not in done.stderr
    assert listener.asked == []
    content = read_all(made) if made.exists() else ""
    assert "root:" not in content
    assert "SITENAME" not in content
    assert not re.search(
        r"<(?:script|iframe|link|img)[^>`]*(?:127\.0\.0\.1|/etc/)[^`]*$", content, re.MULTILINE
    )
    assert target != "docx" or not re.search(r"<w:instrText[^>]*>[^<]*INCLUDETEXT", content)
    assert not re.search(r'(?:src|href|Target)="(?:javascript|file|/etc)', content)


PROSE = """\
![x](LISTENER/a.png) words ![x](<//127.0.0.1/b.png>) and <img alt="x" src="LISTENER/c.png">
[runs](javascript:alert(1)), [shows][label]

[label]: data:text/html;base64,AAAA
"""


def test_what_pages_would_fetch_or_run_is_refused_and_left_out(listener: Listener, tmp_path: Path) -> None:
    root = tmp_path / "site"
    policy("init", root)
    prose = PROSE.replace("LISTENER", listener.address)
    page = root / "content" / "pages" / "attack.md"
    page.write_text(f"---\ntitle: A\nsummary: A.\nstatus: published\n---\n\n{prose}", "utf-8")
    found = [
        (told["line"], told["code"]) for told in json.loads(policy("check", "--format", "json", root).stdout)
    ]
    assert found == [(7, "image.remote")] * 3 + [(8, "link.unsafe-scheme"), (10, "link.unsafe-scheme")]
    shown = render_prose(prose)
    assert "runs" in shown
    assert not re.search(r"127\.0\.0\.1|javascript:|data:", shown)


def read_all(file: Path) -> str:
    """The words and markup of a file, of whatever kind."""
    if file.suffix == ".pdf":
        with pikepdf.open(file) as document:
            return " ".join(f"{kind} {address}" for kind, address in actions_in(document))
    if file.suffix not in {".docx", ".epub"}:
        return file.read_text("utf-8")
    with zipfile.ZipFile(file) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
