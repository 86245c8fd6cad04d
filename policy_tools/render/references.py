"""How do entries of a .bib file become the CSL-JSON that citeproc reads?

Only entries that are cited are converted, each once: the result is kept by the entry's own digest.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from policy_tools.model.problem import Problem
from policy_tools.model.reference import Reference
from policy_tools.render.pool import Pool
from policy_tools.render.worker import WorkerError, pandoc_version
from policy_tools.store import Store, digest_of

_KIND = "csl-json"
_WHOLE_KIND = "csl-json-of-all"
_NO_DATE = frozenset({"", "n.d.", "n.d", "nd", "no date"})
_YEAR = re.compile(r"[\[(]?(\d{4})[\])]?[ .,;]*")
_BATCH = 40
_SECONDS_PER_BATCH = 30.0
_SECONDS_PER_ENTRY = 5.0


@dataclass(frozen=True, slots=True)
class ConvertedReferences:
    """CSL-JSON items, as JSON text, by key; and what could not be converted.

    `digests` are those of what each item was made from: equal digests, equal items.
    """

    items: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)


def convert_references(references: Iterable[Reference], store: Store, pool: Pool) -> ConvertedReferences:
    """Convert the references that were not converted before; the pool's workers share them.

    All of them are kept together, too: of thousands, one thing is found many times as fast.
    """
    wanted = list(references)
    tools = digest_of("4", pandoc_version())
    digests = {reference.key: f"{tools}:{reference.digest}:{reference.key}" for reference in wanted}
    whole = digest_of("\n".join(digests.values()))
    if together := store.get(_WHOLE_KIND, whole):
        store.note_use(_KIND, digests.values())
        return ConvertedReferences(MappingProxyType(json.loads(together)), digests=digests)
    converted = _convert_all(wanted, digests, store, pool)
    if not converted.problems:
        store.put(_WHOLE_KIND, whole, json.dumps(dict(converted.items)).encode())
    return converted


def _convert_all(
    wanted: list[Reference], digests: Mapping[str, str], store: Store, pool: Pool
) -> ConvertedReferences:
    kept = store.get_many(_KIND, digests.values())
    missing = [reference for reference in wanted if digests[reference.key] not in kept]
    problems: list[Problem] = []
    batches = [missing[start : start + _BATCH] for start in range(0, len(missing), _BATCH)]
    for made in pool.map(lambda batch: _convert(batch, pool), batches):
        fresh = {digests[key]: text.encode() for key, text in made.items.items()}
        store.put_many(_KIND, fresh)
        kept |= fresh
        problems += made.problems
    items = {key: kept[digest].decode() for key, digest in digests.items() if digest in kept}
    return ConvertedReferences(MappingProxyType(items), tuple(problems), {key: digests[key] for key in items})


def _convert(batch: list[Reference], pool: Pool) -> ConvertedReferences:
    """One batch; when a worker is lost over it, entry by entry, so that only the guilty one is refused."""
    try:
        return _convert_together(batch, pool) or _convert_apart(batch, pool)
    except WorkerError as error:
        if len(batch) == 1:
            return ConvertedReferences({}, (_refusal(batch[0], str(error)),))
        parts = [_convert([reference], pool) for reference in batch]
        items = {key: text for part in parts for key, text in part.items.items()}
        return ConvertedReferences(items, tuple(problem for part in parts for problem in part.problems))


def _convert_together(batch: list[Reference], pool: Pool) -> ConvertedReferences | None:
    """The batch read as one file; None where an entry is bad or lost, or could change what another says."""
    sources = [reference.source for reference in batch]
    if any("@string" in source.lower() for source in sources):
        return None
    answer = pool.ask({"task": "references", "sources": sources, "together": True}, _SECONDS_PER_BATCH)
    if "together" not in answer:
        return _gather(batch, answer["references"])
    found = {item["id"]: item for item in json.loads(answer["together"])}
    if any(reference.key not in found for reference in batch):
        return None
    items = {reference.key: _format_item(_with_date(found[reference.key], reference)) for reference in batch}
    return ConvertedReferences(items)


def _convert_apart(batch: list[Reference], pool: Pool) -> ConvertedReferences:
    seconds = _SECONDS_PER_BATCH if len(batch) > 1 else _SECONDS_PER_ENTRY
    request = {"task": "references", "sources": [reference.source for reference in batch]}
    return _gather(batch, pool.ask(request, seconds)["references"])


def _gather(batch: list[Reference], answers: list[dict[str, str]]) -> ConvertedReferences:
    items: dict[str, str] = {}
    problems: list[Problem] = []
    for reference, answer in zip(batch, answers, strict=True):
        item = _find_item(reference, answer)
        if item is None:
            problems.append(_refusal(reference, answer.get("error", "")))
        else:
            items[reference.key] = _format_item(item)
    return ConvertedReferences(items, tuple(problems))


def _format_item(item: dict[str, Any]) -> str:
    return json.dumps(item, ensure_ascii=False, sort_keys=True)


def _find_item(reference: Reference, answer: dict[str, str]) -> dict[str, Any] | None:
    """The entry's own item among those of its source, which holds its parents too."""
    if "items" not in answer:
        return None
    items: list[dict[str, Any]] = json.loads(answer["items"])
    for item in items:
        if item["id"] == reference.key:
            return _with_date(item, reference)
    return None


def _with_date(item: dict[str, Any], reference: Reference) -> dict[str, Any]:
    """A year that is none ("forthcoming") as it is written; "n.d." is left to the style's own words.

    Exports of other programs may hold "1999." for a year.
    """
    if item.get("issued") != {"date-parts": []}:
        return item
    words = (reference.fields.get("date") or reference.fields.get("year") or "").strip("{} ")
    rest = {name: value for name, value in item.items() if name != "issued"}
    if year := _YEAR.fullmatch(words):
        return rest | {"issued": {"date-parts": [[int(year[1])]]}}
    return rest if words.lower() in _NO_DATE else rest | {"issued": {"literal": words}}


def _refusal(reference: Reference, reason: str) -> Problem:
    detail = f" {reason.strip().splitlines()[0]}" if reason.strip() else ""
    return Problem(
        path=reference.path,
        line=reference.line,
        column=1,
        code="bibliography.not-convertible",
        message=f'The entry "{reference.key}" cannot be read as BibLaTeX.{detail}',
        hint="Look for a brace or a quotation mark that is not closed, or an unusual command.",
    )
