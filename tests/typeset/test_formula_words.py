"""How formulas are read aloud."""

import subprocess

import pypandoc
import pytest

from tests.typeset.conftest import FILTERS

READ = "package.path = arg[1] .. '/?.lua'; io.write(require('formula_words').read(io.read 'a'))"


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        ("x^2 + \\frac{a}{b}", "x squared plus a over b"),
        ("\\hat{\\beta}_{t}", "beta hat sub t"),
        ("\\sum_{i=1}^n p_i", "the sum over i equals 1 to n p sub i"),
        ("\\text{GDP} \\leq \\pounds 1.5", "GDP is at most pounds 1.5"),
        ("\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}", "a equals b; c equals d"),
        ("\\sqrt{x}", "the square root of x"),
        ("\\unheard", "unheard"),
        ("}^", "} to the power"),
        ("\\frac", "over"),
        ("", ""),
        ("{" * 3000, "{" * 3000),
    ],
)
def test_tex_is_read_in_words(tex: str, words: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    script = tmp_path_factory.mktemp("lua") / "read.lua"
    script.write_text(READ, encoding="utf-8")
    command = [pypandoc.get_pandoc_path(), "lua", str(script), str(FILTERS)]
    done = subprocess.run(command, input=tex, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == words
