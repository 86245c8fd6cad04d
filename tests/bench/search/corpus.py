"""Documents to be searched: made up, of any number and varied as real ones are, or real ones by others."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import yaml

from policy_tools.search.entries import SearchDocument, SearchSection
from tests.corpora import CORPORA

ROOT = Path(__file__).parents[3]
SERIES = ("Paper", "Briefing", "Commentary", "Explainer", "Evidence")
SECTIONS = 9
TOPICS = 120
TOPIC_WORDS = 160
_BEGINNINGS = """
ba be bra ca cor da den di el fa fen ga gla ha in jo ka lan lo ma mer na nor o pa pen ra ro sa ser
ta tor va wes
""".split()
_MIDDLES = "ba bor ca den der fi ga la li lo ma men na ni no pa ra ri ro sa sen ta te ti tra va ver".split()
_ENDINGS = """
al ance ation bury by ded dom er ford ham ic ing ism ist ity ive ley ment ness on or ous ship ton
ure well
""".split()
_WORD = re.compile(r"[a-z]{2,}")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by how often they are used: those of this project's own prose, and invented ones."""

    common: Sequence[str]
    weights: Sequence[float]
    invented: Sequence[str]
    topics: Sequence[Sequence[str]]


def build_lexicon(chance: random.Random) -> Lexicon:
    """Common words with the frequencies that they have in the project's documents; 60,000 invented ones."""
    counts: dict[str, int] = {}
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("content/**/*.md")]):
        for word in _WORD.findall(path.read_text("utf-8").lower()):
            counts[word] = counts.get(word, 0) + 1
    common = sorted(counts, key=lambda word: (-counts[word], word))[:6000]
    invented = sorted({_invent(chance) for _ in range(90_000)})
    chance.shuffle(invented)
    topics = [
        [*chance.sample(common[150:], TOPIC_WORDS // 2), *chance.sample(invented, TOPIC_WORDS // 2)]
        for _ in range(TOPICS)
    ]
    return Lexicon(common, list(accumulate(counts[word] for word in common)), invented, topics)


def _invent(chance: random.Random) -> str:
    middles = "".join(chance.choices(_MIDDLES, k=chance.choice((0, 1, 1, 2))))
    return chance.choice(_BEGINNINGS) + middles + chance.choice(_ENDINGS)


def write_documents(count: int, *, seed: int = 1) -> Iterator[SearchDocument]:
    """So many documents of about 2,800 words in nine sections; fewer are the first of more."""
    lexicon = build_lexicon(random.Random(seed))
    for number in range(count):
        yield _write_document(lexicon, number, random.Random(f"{seed} {number}"))


@dataclass(frozen=True, slots=True)
class _Voice:
    """What one document speaks of: two topics, and names of its own."""

    lexicon: Lexicon
    topics: Sequence[Sequence[str]]
    names: Sequence[str]
    chance: random.Random

    def choose(self) -> str:
        draw = self.chance.random()
        if draw < 0.68:
            return self.chance.choices(self.lexicon.common, cum_weights=self.lexicon.weights)[0]
        if draw < 0.90:
            topic = self.topics[self.chance.random() < 0.3]
            return topic[int(len(topic) * self.chance.random() ** 2.2)]
        if draw < 0.95:
            return self.names[int(len(self.names) * self.chance.random() ** 1.7)]
        rank = int(len(self.lexicon.invented) * self.chance.random() ** 3)
        return self.lexicon.invented[rank]

    def say(self, length: int) -> str:
        return " ".join(self.choose() for _ in range(length))

    def name(self, length: int) -> str:
        """A title or heading: words that mean something here."""
        own = [*self.topics[0][:60], *self.names[:12]]
        return " ".join(self.chance.sample(own, length)).capitalize()

    def write(self, words: int) -> str:
        sentences = []
        while words > 0:
            length = max(5, min(45, int(self.chance.gauss(22, 8))))
            sentences.append(f"{self.say(length).capitalize()}.")
            words -= length
        return " ".join(sentences)


def _write_document(lexicon: Lexicon, number: int, chance: random.Random) -> SearchDocument:
    topics = chance.sample(lexicon.topics, 2)
    voice = _Voice(lexicon, topics, chance.sample(lexicon.invented, 40), chance)
    sections = tuple(
        SearchSection(f"part-{part}", voice.name(chance.randint(2, 5)), voice.write(chance.randint(150, 470)))
        for part in range(SECTIONS)
    )
    series = chance.choice(SERIES)
    author = f"{chance.choice(lexicon.invented[:400])} {chance.choice(lexicon.invented[:900])}".title()
    year = str(2000 + number % 26)
    return SearchDocument(
        id=f"paper-{number}",
        kind=series,
        address=f"papers/paper-{number}/",
        title=f"{voice.name(chance.randint(4, 8))}",
        label=f"{series} {number} · {year}",
        summary=voice.write(60),
        keywords=tuple(chance.sample(topics[0], 3)),
        authors=(author,),
        sections=sections,
        facets={"type": ("Paper",), "series": (series,), "year": (year,), "author": (author,)},
    )


def read_blog(folder: Path = CORPORA / "blog18f") -> Iterator[SearchDocument]:
    """The posts of a real blog, where they are beside the checkout."""
    for path in sorted(folder.rglob("*.md")):
        if path.name == "LICENSE.md":
            continue
        head, _, body = path.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
        record = yaml.safe_load(head.expandtabs())
        yield SearchDocument(
            id=path.stem,
            kind="Post",
            address=f"posts/{path.stem}/",
            title=str(record["title"]),
            label=str(record.get("date", ""))[:10],
            summary=str(record.get("description") or record.get("excerpt") or ""),
            keywords=tuple(map(str, record.get("tags") or ())),
            authors=tuple(map(str, record.get("authors") or ())),
            sections=tuple(_cut(body)),
            facets={"type": ("Post",), "year": (path.stem[:4],)},
        )


_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]+>|\]\([^)]*\)|[*_`\[\]]", re.DOTALL)


def _cut(body: str) -> Iterator[SearchSection]:
    pieces = re.split(r"^#{2,4} +(.+)$", body, flags=re.MULTILINE)
    yield SearchSection("", "", " ".join(_TAG.sub(" ", pieces[0]).split()))
    for number, (heading, text) in enumerate(zip(pieces[1::2], pieces[2::2], strict=True)):
        words = " ".join(_TAG.sub(" ", text).split())
        yield SearchSection(f"part-{number}", " ".join(_TAG.sub(" ", heading).split()), words)
