"""Do the pages of documentation tell the truth: paths, commands, settings, stages, problems?"""

import re
from pathlib import Path

import click
import pytest

from policy_tools import defaults
from policy_tools.cli import main

ROOT = Path(__file__).parents[1]
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    *sorted(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")),
)
FOR_DEVELOPERS = ("README.md", "CONTRIBUTING.md", "docs/architecture.md")
OURS = ("policy_tools/", "plugins/", "tests/", "theme/", "docs/", ".ci/")
CODE = re.compile(r"\.(?:py|lua|typ|css|toml)$")
SITES_OWN = frozenset({"pelicanconf.py", "publishconf.py"})


def read(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def find_quoted(text: str) -> set[str]:
    """What stands between backticks on one line."""
    return set(re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)))


@pytest.mark.parametrize("page", PAGES)
def test_paths_that_are_named_exist(page: str) -> None:
    quoted = find_quoted(read(page))
    paths = {name for name in quoted if name.startswith(OURS) and not re.search(r"[\s<>…*]", name)}
    if page in FOR_DEVELOPERS:
        paths |= {name for name in quoted if CODE.search(name) and " " not in name} - SITES_OWN
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_have_ends(page: str) -> None:
    targets = re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)", re.sub(r"`[^`\n]*`", "", read(page)))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not ((ROOT / page).parent / target).exists()] == []


def find_commands(text: str) -> set[str]:
    """The word after `policy`, wherever it stands as a command."""
    return set(re.findall(r"(?:^ {4}|`)policy ([a-z]+)", text, re.MULTILINE))


def test_commands_that_are_named_exist_and_the_readme_names_all() -> None:
    assert isinstance(main, click.Group)
    named = {command for page in PAGES for command in find_commands(read(page))}
    assert named <= set(main.commands)
    assert find_commands(read("README.md")) == set(main.commands)


def test_targets_of_make_that_are_named_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    named = {
        word for page in PAGES for word in re.findall(r"(?:^ {4}|`)make ([a-z]+)", read(page), re.MULTILINE)
    }
    assert {"site", "test"} <= named <= targets


def test_every_setting_of_a_think_tanks_own_is_documented() -> None:
    """They stand in the first half of defaults.py, before what makes Pelican safe."""
    own = Path(defaults.__file__).read_text("utf-8").partition("# Content is hostile")[0]
    names = set(re.findall(r"^([A-Z_]+) = ", own, re.MULTILINE)) - {"PLUGIN_PATHS"}
    documented = set(re.findall(r"`([A-Z_]+)`", read("docs/settings.md")))
    assert len(names) > 15
    assert names <= documented


@pytest.mark.parametrize(
    ("name", "shown"),
    re.findall(
        r"^\| `([A-Z_]+)` \| .* \| `([^`]+)` \|$",
        (ROOT / "docs/settings.md").read_text("utf-8"),
        re.MULTILINE,
    ),
)
def test_defaults_are_those_that_are_documented(name: str, shown: str) -> None:
    assert repr(getattr(defaults, name)).replace("'", '"') == shown.replace("_000", "000")
