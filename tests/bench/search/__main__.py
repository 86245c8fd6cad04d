"""Run with `make bench`, or `python -m tests.bench.search 1000 blog18f`. Quote ratios, not seconds."""

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from policy_tools.search.analyser import load_words
from policy_tools.search.entries import SearchDocument
from policy_tools.search.query import Searcher
from tests.bench.search.browser import System, open_systems
from tests.bench.search.build import keep_documents, read_documents
from tests.bench.search.server import SLOW
from tests.corpora import CORPORA

KNOWN = 200
COLD, COLD_SLOW, COMMON = 8, 6, 4


def main(corpora: Sequence[str]) -> None:
    """Measure every corpus, and print each as soon as it is known: ten thousand papers take long."""
    for corpus in corpora:
        table = Table("papers", "what", "ours", "Pagefind", "ratio", title="Search, in one run")
        with tempfile.TemporaryDirectory() as folder:
            bench(corpus, Path(folder), table)
        Console(width=110).print(table)


def bench(corpus: str, folder: Path, table: Table) -> None:
    """Builds both over one corpus, asks both, and adds the rows."""

    def add(what: str, one: float, other: float, unit: str = "") -> None:
        ratio = f"{one / other:.2f}×" if other else ""
        table.add_row(corpus, what, f"{one:.3g}{unit}", f"{other:.3g}{unit}", ratio)

    kept = folder / "documents"
    keep_documents(corpus, kept)
    costs = [_build(which, kept, folder / which) for which in ("ours", "pagefind")]
    for what, scale, unit in (
        ("seconds", 1000 / costs[0]["documents"], " ms"),
        ("bytes", 1e-6, " MB"),
        ("memory", 1, " MB"),
    ):
        add(f"index: {what}", costs[0][what] * scale, costs[1][what] * scale, unit)
    documents = list(read_documents(kept))
    chance = random.Random(7)
    with open_systems(folder) as systems:
        for what, values in measure_reading(systems, documents, chance):
            add(what, *values, " KB" if "KB" in what else " ms")
        for what, values in measure_known(systems, folder, documents, chance):
            add(what, *values)


def _build(which: str, documents: Path, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.search.build", which, str(documents), str(folder)]
    built = subprocess.run(command, check=True, capture_output=True, text=True)
    cost: dict[str, float] = json.loads(built.stdout)
    return cost


def two_words(documents: Sequence[SearchDocument], chance: random.Random) -> str:
    """Two words of a sentence, as a reader would remember them."""
    words = [word for word in _choose_sentence(documents, chance)[1].split() if _says_something(word)]
    return " ".join(chance.sample(words, 2)).strip(".").lower()


def _says_something(word: str) -> bool:
    """Whether a reader would look for the word: there is no answer to stop words alone."""
    return len(word) > 4 and word.strip(".,;:!?").lower() not in load_words().stop


def measure_reading(
    systems: Sequence[System], documents: Sequence[SearchDocument], chance: random.Random
) -> Iterator[tuple[str, tuple[float, float]]]:
    """Bytes and times, the two turn about."""
    for name, line, count in (("", (0.0, 0.0), COLD), (", slow 4G", SLOW, COLD_SLOW)):
        kept: dict[str, list[list[float]]] = {}
        for _ in range(count):
            first, second, typed = (two_words(documents, chance) for _ in range(3))
            for number, system in enumerate(systems):
                for what, value in _read_once(system, line, first, second, typed):
                    kept.setdefault(what, [[], []])[number].append(value)
        for what, (one, other) in kept.items():
            middle = max if "blocked" in what else median
            yield f"{what}{name}", (middle(one), middle(other))
    common = _find_common(documents)
    for name, line in (("", (0.0, 0.0)), (", slow 4G", SLOW)):
        times: list[list[float]] = [[], []]
        sizes: list[list[float]] = [[], []]
        for number in range(COMMON):
            for place, system in enumerate(systems):
                system.line.latency, system.line.rate = 0.0, 0.0
                system.open()
                system.line.latency, system.line.rate = line
                asked = system.ask(" ".join(common[2 * number : 2 * number + 2]))
                times[place].append(asked.milliseconds)
                sizes[place].append(asked.size / 1000)
        yield f"common words, ms{name}", (median(times[0]), median(times[1]))
        yield f"common words, KB{name}", (median(sizes[0]), median(sizes[1]))
    weights = [system.weigh() for system in systems]
    yield "memory of page and workers, in MB (ms: none)", (weights[0], weights[1])


def _read_once(
    system: System, line: tuple[float, float], first: str, second: str, typed: str
) -> Iterator[tuple[str, float]]:
    system.line.latency, system.line.rate = 0.0, 0.0
    system.open()
    system.line.latency, system.line.rate = line
    cold = system.ask(first)
    yield "cold, KB", cold.size / 1000
    yield "cold, ms", cold.milliseconds
    again = system.ask(second)
    yield "second query, KB", again.size / 1000
    yield "second query, ms", again.milliseconds
    system.line.latency, system.line.rate = 0.0, 0.0
    system.revisit()
    system.line.latency, system.line.rate = line
    warm = system.ask(first)
    yield "warm: the same on the next page, ms", warm.milliseconds
    system.line.latency, system.line.rate = 0.0, 0.0
    system.open()
    system.line.latency, system.line.rate = line
    keyed = system.ask(typed, keys=True)
    yield "as you type, ms", keyed.milliseconds
    yield "as you type, KB", keyed.size / 1000
    yield "longest time blocked, ms", max(part.blocked for part in (cold, again, warm, keyed))


def _find_common(documents: Sequence[SearchDocument]) -> list[str]:
    """The commonest words of five letters and more."""
    counts: dict[str, int] = {}
    for document in documents[:300]:
        for section in document.sections:
            for word in section.text.lower().split():
                if word.isalpha() and _says_something(word):
                    counts[word] = counts.get(word, 0) + 1
    return sorted(counts, key=lambda word: -counts[word])[: 2 * COMMON]


def _choose_sentence(
    documents: Sequence[SearchDocument], chance: random.Random
) -> tuple[SearchDocument, str]:
    while True:
        document = chance.choice(documents)
        section = chance.choice(document.sections or [None])
        sentences = [part for part in (section.text if section else "").split(". ") if len(part.split()) > 9]
        if sentences:
            return document, chance.choice(sentences)


def _five_words(documents: Sequence[SearchDocument], chance: random.Random) -> tuple[SearchDocument, str]:
    document, sentence = _choose_sentence(documents, chance)
    words = [word for word in sentence.split() if len(word) > 3]
    return document, " ".join(chance.sample(words, min(5, len(words))))


def _half_title(documents: Sequence[SearchDocument], chance: random.Random) -> tuple[SearchDocument, str]:
    document = chance.choice(documents)
    words = document.title.split()
    return document, " ".join(chance.sample(words, (len(words) + 1) // 2))


def _title(documents: Sequence[SearchDocument], chance: random.Random) -> tuple[SearchDocument, str]:
    document = chance.choice(documents)
    return document, document.title


KINDS: dict[str, Callable[[Sequence[SearchDocument], random.Random], tuple[SearchDocument, str]]] = {
    "title": _title,
    "half title": _half_title,
    "sentence": _choose_sentence,
    "five words": _five_words,
}


def measure_known(
    systems: Sequence[System], folder: Path, documents: Sequence[SearchDocument], chance: random.Random
) -> Iterator[tuple[str, tuple[float, float]]]:
    """Is what a reader knows of found? The first five of each, ours by the command's own code."""
    searcher = Searcher(lambda address: (folder / "ours" / address).read_bytes())
    pagefind = systems[1]
    pagefind.line.latency, pagefind.line.rate = 0.0, 0.0
    pagefind.open()
    for name, choose in KINDS.items():
        ranks: list[list[int]] = [[], []]
        for _ in range(KNOWN):
            document, text = choose(documents, chance)
            ours = [documents[hit.document].address for hit in searcher.search(text)[:10]]
            theirs = [str(address).lstrip("/").partition("#")[0] for address in pagefind.ask(text).shown]
            for place, found in enumerate((ours, theirs)):
                ranks[place].append(found.index(document.address) + 1 if document.address in found else 0)
        for what, score in (("R@1", _recall(1)), ("R@5", _recall(5)), ("MRR", _reciprocal)):
            yield f"{name}: {what}", (score(ranks[0]), score(ranks[1]))


def _recall(most: int) -> Callable[[Sequence[int]], float]:
    return lambda ranks: sum(0 < rank <= most for rank in ranks) / len(ranks)


def _reciprocal(ranks: Sequence[int]) -> float:
    return sum(1 / rank for rank in ranks if rank and rank <= 5) / len(ranks)


if __name__ == "__main__":
    corpora = sys.argv[1:] or ["1000", "10000"]
    if not sys.argv[1:] and (CORPORA / "blog18f").is_dir():
        corpora.append("blog18f")
    main(corpora)
