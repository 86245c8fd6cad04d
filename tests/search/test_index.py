"""The weights are lunr's, and the same documents make the same index."""

from itertools import pairwise
from math import log

import pytest

from policy_tools.search.analyser import Analyser
from policy_tools.search.entries import BOOSTS, FIELDS
from policy_tools.search.index import analyse, build_index, merge, unpack_partial, utf16_order
from policy_tools.search.shards import build_index_files
from tests.search.conftest import SHORT, Sample, write_paper


def test_a_weight_is_what_lunr_reckons() -> None:
    documents = [
        write_paper("a", "", "bank bank tax"),
        write_paper("b", "", "tax"),
        write_paper("c", "", "roads"),
    ]
    index = build_index(analyse(document, Analyser()) for document in documents)
    place = index.terms.index("bank")
    ((field, posting),) = index.find(place)

    entries, held, frequency, length, average = 6, 1, 2, 3, 5 / 3
    idf = log(1 + abs((entries - held + 0.5) / (held + 0.5)))
    ratio = length / average
    expected = idf * 2.2 * frequency / (1.2 * (0.25 + 0.75 * ratio) + frequency) * BOOSTS["body"]
    assert FIELDS[field] == "body"
    assert posting.entries.tolist() == [1]
    assert posting.weights.tolist() == [round(expected * 1000)]


def test_terms_are_sorted_as_javascript_sorts() -> None:
    index = build_index(
        [analyse(write_paper("a", "\U00020000 \uff4e zebra émigré", "日本 policy"), Analyser())]
    )
    orders = [utf16_order(term) for term in index.terms]
    assert all(one < other for one, other in pairwise(orders))


def test_what_is_kept_of_a_document_is_the_same_when_it_is_taken_up_again() -> None:
    partial = analyse(SHORT[0], Analyser())
    again = unpack_partial(partial.pack())
    assert again.terms == partial.terms
    assert again.count.tolist() == partial.count.tolist()
    assert again.pack() == partial.pack()


def test_no_documents_make_an_index_that_answers_nothing() -> None:
    index = build_index([])
    assert (index.terms, index.entry_count) == ((), 0)
    assert [file.address for file in build_index_files(index, [], Analyser())][-1] == "search/current.bin"


@pytest.mark.parametrize("run", [1, 7, 10_000])
def test_the_same_documents_make_the_same_bytes_one_by_one_and_in_runs(sample: Sample, run: int) -> None:
    partials = [analyse(document, sample.analyser) for document in sample.documents]
    runs = [partials[start : start + run] for start in range(0, len(partials), run)]
    index = build_index(partials if run == 1 else [unpack_partial(merge(each).pack()) for each in runs])
    for file in build_index_files(index, sample.documents, sample.analyser):
        assert (sample.folder / file.address).read_bytes() == file.content
