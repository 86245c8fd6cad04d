"""The folders keep the direction of the pipeline: a stage imports earlier ones, never later ones."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "policy_tools"

# What each stage may import of the project, beside itself. docs/architecture.md says why.
ALLOWED = {
    "model": set(),
    "store": set(),
    "archive": set(),
    "places": set(),
    "defaults": {"places"},
    "font_cutting": set(),
    "fixed_fonts": {"font_cutting", "places", "store"},
    "processes": set(),
    "load": {"model", "store", "processes"},
    "clear": {"model"},
    "describe": {"model"},
    "qr": set(),
    "render": {"model", "store", "describe", "fixed_fonts", "qr", "archive"},
    "typeset": {"model", "store", "fixed_fonts", "qr"},
    "pack": {"model", "store", "describe", "archive"},
    "search": {"model", "store"},
    "edition": {"model", "store", "font_cutting", "render", "describe", "pack"},
    "release": {"model", "store"},
    "preview": {"model", "places"},
    "report": {"model"},
    "scaffold": {"model", "places"},
    "arguments": {"model", "load"},
    "pipeline": {
        "model",
        "store",
        "load",
        "clear",
        "render",
        "typeset",
        "describe",
        "pack",
        "search",
        "edition",
        "release",
        "archive",
        "places",
        "processes",
    },
}


def modules() -> list[Path]:
    found = [path for path in PACKAGE.rglob("*.py") if "example" not in path.parts]
    assert len(found) > 50
    return found


def stage_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_by(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    stage = stage_of(path)
    if stage in {"cli", "__init__", "__main__"}:
        return
    ours = {name.split(".")[1] for name in imported_by(path) if name.startswith("policy_tools.")}
    assert ours - {stage, "__version__"} <= ALLOWED[stage]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_domain_never_imports_pelican(path: Path) -> None:
    assert not [name for name in imported_by(path) if name.split(".")[0] == "pelican"]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_command_prints_exits_or_reads_the_clock(path: Path) -> None:
    if stage_of(path) == "cli":
        return
    calls = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    }
    forbidden = {"print", "sys.exit", "exit", "datetime.now", "date.today", "time.time", "datetime.today"}
    assert not calls & forbidden


def documented_imports() -> dict[str, set[str]]:
    """The third column of the table, by stage; "every stage but …" and the like are left as words."""
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| `policy_tools/(\w+)(?:/|\.py)` \| .* \| (.+) \|$", page, re.MULTILINE)
    return {stage: set(words.split(", ")) - {"nothing of ours"} for stage, words in rows}


def test_the_architecture_page_says_the_same() -> None:
    documented = documented_imports()
    assert documented.pop("cli") == {"all of policy_tools"}
    assert documented.pop("pipeline") == {"every stage; model", "store", "archive", "places", "processes"}
    assert documented == {stage: allowed for stage, allowed in ALLOWED.items() if stage != "pipeline"}


def test_the_pipeline_may_import_every_stage_that_comes_before_it() -> None:
    stages = {"load", "clear", "render", "typeset", "describe", "pack", "search", "edition", "release"}
    assert ALLOWED["pipeline"] == stages | {"model", "store", "archive", "places", "processes"}
