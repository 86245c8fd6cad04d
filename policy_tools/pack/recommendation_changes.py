"""What has changed in the recommendations of a pack: their words, costings, statuses and all else?"""

from collections.abc import Iterator
from decimal import Decimal

from policy_tools.model.terms import BUDGETS, STATES
from policy_tools.pack.alignment import align
from policy_tools.pack.change import Change, ChangeKind, from_field, from_fields, reword, title_of
from policy_tools.pack.field_changes import compare_fields, format_value
from policy_tools.pack.printed_words import Sentence
from policy_tools.pack.snapshot import Fields, RecommendationSnapshot, Snapshot
from policy_tools.pack.wording import format_figure


def compare_recommendations(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    """New, gone and changed ones, by id."""
    for id_ in sorted(old.recommendations.keys() | new.recommendations.keys()):
        was, now = old.recommendations.get(id_), new.recommendations.get(id_)
        if was and now:
            yield from _compare_recommendation(id_, was, now)
        elif now:
            words = _join(now.words) or title_of(now.fields)
            yield Change(ChangeKind.RECOMMENDATION_NEW, id_, title_of(now.fields), now=words)
        elif was:
            words = _join(was.words) or title_of(was.fields)
            yield Change(ChangeKind.RECOMMENDATION_GONE, id_, title_of(was.fields), was=words)


def _compare_recommendation(
    id_: str, was: RecommendationSnapshot, now: RecommendationSnapshot
) -> Iterator[Change]:
    title = title_of(now.fields)
    for i, j in align([each.compared for each in was.words], [each.compared for each in now.words]):
        if i is not None and j is not None:
            yield reword(ChangeKind.RECOMMENDATION_REWORDED, id_, title, was.words[i], now.words[j])
        else:
            gone = "" if i is None else was.words[i].text
            fresh = "" if j is None else now.words[j].text
            yield Change(ChangeKind.RECOMMENDATION_REWORDED, id_, title, was=gone, now=fresh)
    if was.paper != now.paper:
        yield Change(ChangeKind.RECOMMENDATION_FIELD, id_, title, "paper", was.paper, now.paper)
    yield from _compare_costing(id_, title, was.fields, now.fields)
    yield from _compare_status(id_, title, was.fields, now.fields)
    told = ("cost", "status")
    yield from from_fields(ChangeKind.RECOMMENDATION_FIELD, id_, title, was.fields, now.fields, told)
    yield from from_fields(ChangeKind.NOTE_CHANGED, id_, title, was.notes, now.notes)


def _compare_costing(id_: str, title: str, old: Fields, new: Fields) -> Iterator[Change]:
    """One change for each line that differs, in its year and kind; then what else the costing says."""
    was, now = _inner(old, "cost"), _inner(new, "cost")
    before, after = _cost_lines(was), _cost_lines(now)
    for year, kind in sorted(before.keys() | after.keys()):
        if before.get((year, kind)) != after.get((year, kind)):
            where = f"{year}, {BUDGETS.get(kind, kind)}"
            texts = (_say_figures(lines.get((year, kind), ())) for lines in (before, after))
            yield Change(ChangeKind.COSTING_CHANGED, id_, title, where, *texts)
    yield from from_fields(ChangeKind.COSTING_CHANGED, id_, title, was, now, ("lines",))


_Figures = tuple[tuple[Decimal, ...], ...]


def _cost_lines(cost: Fields) -> dict[tuple[str, str], _Figures]:
    """Low, central and high by year and kind; more than one where two lines have the same."""
    lines: dict[tuple[str, str], _Figures] = {}
    for line in _inner_list(cost, "lines"):
        name = str(line["year"]), str(line["kind"])
        figures = tuple(Decimal(str(line[field])) for field in ("low", "central", "high"))
        lines[name] = (*lines.get(name, ()), figures)
    return lines


def _say_figures(lines: _Figures) -> str:
    """Central (low to high), in £ million."""
    return "; ".join(
        f"{format_figure(central)} ({format_figure(low)} to {format_figure(high)})"
        for low, central, high in lines
    )


def _compare_status(id_: str, title: str, old: Fields, new: Fields) -> Iterator[Change]:
    """Each step that was taken since. A log that was changed in another way is told as an edit."""
    before, after = _list_states(old), _list_states(new)
    if after[: len(before)] == before:
        for was, now in zip(after[len(before) - 1 :], after[len(before) :], strict=False):
            yield Change(ChangeKind.STATUS_CHANGED, id_, title, was=_say_state(was), now=_say_state(now))
        return
    expected = before[:-1]
    if before[-1] != after[-1]:
        states = (_say_state(each[-1]) for each in (before, after))
        yield Change(ChangeKind.STATUS_CHANGED, id_, title, "", *states)
        expected = before if before[-1] in after[:-1] else expected
    logs: tuple[Fields, Fields] = ({"log": [*expected]}, {"log": [*after[:-1]]})
    for change in compare_fields(*logs):
        steps = ("status", *change.steps)
        yield from_field(ChangeKind.RECOMMENDATION_FIELD, id_, title, change._replace(steps=steps))


def _list_states(fields: Fields) -> list[Fields]:
    """All states that it has been in, the present one last."""
    status = _inner(fields, "status")
    present: Fields = {name: value for name, value in status.items() if name != "log"}
    return [*_inner_list(status, "log"), present]


def _say_state(state: Fields) -> str:
    """Such as "Announced, 3 March 2026 (Spring Statement)"."""
    name = str(state.get("state", ""))
    source = f" ({state['source']})" if state.get("source") else ""
    return f"{STATES.get(name, name)}, {format_value(state.get('date'))}{source}"


def _inner(fields: Fields, name: str) -> Fields:
    value = fields.get(name)
    return value if isinstance(value, dict) else {}


def _inner_list(fields: Fields, name: str) -> list[Fields]:
    value = fields.get(name)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _join(words: tuple[Sentence, ...]) -> str:
    return " ".join(each.text for each in words)
