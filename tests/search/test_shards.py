"""The files of an index are small, sorted and complete."""

from itertools import pairwise
from typing import Any

import pytest

from policy_tools.search.index import utf16_order
from policy_tools.search.postings import choose_rules, read_postings, read_shard, read_terms
from policy_tools.search.shards import PIECE, address_text, build_texts, pack, unpack
from tests.search.conftest import Sample, write_paper


def test_a_packed_value_is_the_same_bytes_and_comes_back() -> None:
    value = ["é", {"a": [1, 2.5, None]}, "\ud800"]
    assert unpack(pack(["é", {"a": [1]}])) == ["é", {"a": [1]}]
    assert pack(value) == pack(value)


def read_rows(sample: Sample, kind: str, number: int) -> list[tuple[str, Any]]:
    folder = sample.folder / f"search/index/{sample.searcher.directory['build']}"
    content = (folder / f"{kind}/{number}.bin").read_bytes()
    return list(read_shard(content).items()) if kind == "t" else unpack(content)


def test_every_term_stands_in_the_shard_that_the_directory_says(sample: Sample) -> None:
    for kind, text in sample.searcher.directory["shards"].items():
        beginnings = read_terms(text)
        shards = [read_rows(sample, kind, number) for number in range(len(beginnings))]
        terms = [row[0] for shard in shards for row in shard]
        assert all(utf16_order(one) < utf16_order(other) for one, other in pairwise(terms))
        for beginning, shard, after in zip(beginnings, shards, [*beginnings[1:], None], strict=True):
            assert utf16_order(beginning) <= utf16_order(shard[0][0])
            assert after is None or utf16_order(shard[-1][0]) < utf16_order(after)
        if kind in {"t", "v"}:
            assert terms == list(sample.index.terms)


def test_postings_are_read_as_they_were_written(sample: Sample) -> None:
    count = len(read_terms(sample.searcher.directory["shards"]["t"]))
    rows = [row for number in range(count) for row in read_rows(sample, "t", number)]
    rules = choose_rules(sample.index)
    for place, (term, content) in enumerate(rows):
        fields = read_postings(content, rules)
        assert [number for number, _ in fields] == [number for number, _ in sample.index.find(place)], term
        for (_, ours), (_, theirs) in zip(fields, sample.index.find(place), strict=True):
            assert ours.entries.tolist() == theirs.entries.tolist(), term
            assert ours.weights.tolist() == theirs.weights.tolist(), term


def test_a_file_that_is_no_shard_is_refused() -> None:
    with pytest.raises(ValueError, match="not what it should be"):
        read_shard(b"<!doctype html>")


def test_a_shard_is_a_few_kilobytes(sample: Sample) -> None:
    sizes = [path.stat().st_size for path in sample.folder.rglob("t/*.bin")]
    assert max(sizes) < 12_000


def test_a_text_is_cut_into_pieces_of_whole_sections() -> None:
    document = write_paper("a", "Title", *(f"Section {number}" for number in range(2 * PIECE)))
    pieces = [unpack(piece) for piece in build_texts(document)]
    texts = [text for piece in pieces for text in piece[5]]
    assert [len(piece[5]) for piece in pieces] == [PIECE, PIECE, 1]
    assert texts == ["", *(section.text for section in document.sections)]
    assert all(piece[0] == "Title" and len(piece[4]) == len(document.sections) for piece in pieces)
    assert address_text(3, 1) == "search/text/3-1.bin"


def test_the_vocabulary_of_another_language_does_not_stand_under_its_code(sample: Sample) -> None:
    folder = sample.folder / f"search/index/{sample.searcher.directory['build']}/p"
    rows = {row[0]: row[1] for path in folder.glob("*.bin") for row in unpack(path.read_bytes())}
    assert "cy:tl" in rows
    assert not [term for term in rows.get("cy", []) if term.startswith("cy:")]
