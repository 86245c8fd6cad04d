"""Whose law is it, where does it bite, and who has to consent?"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from policy_tools.load.checking.fields import Loaded, check_repeated, report_field, warn_of_field
from policy_tools.model.problem import Problem
from policy_tools.model.recommendation import NationsAffected, RecommendationRecord
from policy_tools.model.terms import NATIONS, VEHICLES

_LEGISLATION = frozenset({"primary", "finance-bill", "si-affirmative", "si-negative", "order-in-council"})
_LEGISLATURES: Mapping[str, str] = MappingProxyType(
    {
        "scotland": "the Scottish Parliament",
        "wales": "Senedd Cymru",
        "northern-ireland": "the Northern Ireland Assembly",
    }
)


def check_nations(loaded: Loaded, record: RecommendationRecord) -> Iterator[Problem]:
    """Nations, extent, application and consent that do not agree. Without nations nothing can be said."""
    yield from check_repeated(loaded, ("extent",), record.extent)
    yield from check_repeated(loaded, ("application",), record.application)
    if not record.nations.affected:
        if loaded.fields.data.get("nations") == dict.fromkeys(_read(loaded), "n/a"):
            message = "It arises in no nation."
            hint = "Write reserved or devolved for those in which it does."
            yield warn_of_field(loaded, ("nations",), "nations.none", message, hint)
        return
    yield from _check_england(loaded, record.nations)
    yield from _check_consent(loaded, record)
    yield from _check_extent(loaded, record)


def _read(loaded: Loaded) -> tuple[str, ...]:
    """The fields of `nations` as they are written."""
    written = loaded.fields.data.get("nations")
    return tuple(written) if isinstance(written, dict) else ()


def _check_england(loaded: Loaded, nations: NationsAffected) -> Iterator[Problem]:
    if nations.england == "devolved":
        message = "England has no legislature of its own to which this could be devolved."
        hint = "Write england: reserved."
        yield warn_of_field(loaded, ("nations", "england"), "nations.england-devolved", message, hint)


def _check_consent(loaded: Loaded, record: RecommendationRecord) -> Iterator[Problem]:
    """A devolved matter for which Westminster would legislate, without the motion by which it may."""
    devolved = [
        nation
        for nation in record.nations.affected
        if nation in _LEGISLATURES and getattr(record.nations, nation.replace("-", "_")) == "devolved"
    ]
    motion = record.consent_motion
    asked = motion.legislatures if motion else ()
    kind = record.vehicle.kind
    if kind in _LEGISLATION and ("consent_motion" not in loaded.fields.data or motion):
        for nation in devolved:
            if nation not in asked:
                message = (
                    f"This is devolved to {NATIONS[nation]}, the vehicle is legislation at Westminster "
                    f"({VEHICLES[kind]}), and no consent motion of {_LEGISLATURES[nation]} is named."
                )
                hint = f"Write consent_motion: {{legislatures: [{', '.join(devolved)}]}}."
                field = nation.replace("-", "_")
                yield report_field(loaded, ("nations", field), "consent.missing", message, hint)
    for index, nation in enumerate(asked):
        if nation not in devolved:
            message = f"Consent of {_LEGISLATURES[nation]} is named, and this is not devolved there."
            hint = f"Take it out, or write {nation.replace('-', '_')}: devolved under nations."
            steps = ("consent_motion", "legislatures", index)
            yield report_field(loaded, steps, "consent.not-devolved", message, hint)
    if asked and kind not in _LEGISLATION and "vehicle" in loaded.fields.data:
        message = f"A consent motion belongs to legislation, and the vehicle is {kind}."
        hint = "Take it out, or name the legislation as the vehicle."
        yield warn_of_field(loaded, ("consent_motion",), "consent.not-legislation", message, hint)


def _check_extent(loaded: Loaded, record: RecommendationRecord) -> Iterator[Problem]:
    """Where it bites but is no law, or bites though the matter does not arise there."""
    affected = record.nations.affected
    for index, nation in enumerate(record.application):
        if record.extent and nation not in record.extent:
            message = f"It applies in {NATIONS[nation]}, to whose law it does not extend."
            hint = f"Add {nation} to extent, or take it out here."
            yield report_field(loaded, ("application", index), "nations.not-extended", message, hint)
        elif nation not in affected:
            message = f"It applies in {NATIONS[nation]}, where by nations it does not arise."
            hint = f"Say under nations whether it is reserved or devolved in {NATIONS[nation]}."
            yield report_field(loaded, ("application", index), "nations.not-affected", message, hint)
    if record.application and record.vehicle.kind in _LEGISLATION:
        for nation in affected:
            is_devolved = getattr(record.nations, nation.replace("-", "_")) == "devolved"
            if nation not in record.application and is_devolved:
                message = f"It is said to be devolved to {NATIONS[nation]}, and does not apply there."
                hint = f"Add {nation} to application, or write n/a here."
                steps = ("nations", nation.replace("-", "_"))
                yield warn_of_field(loaded, steps, "nations.left-out", message, hint)
    if ("england" in record.extent) != ("wales" in record.extent):
        message = "England and Wales have one law: what extends to one of them extends to the other."
        hint = "Name both in extent, and in application where it bites."
        yield warn_of_field(loaded, ("extent",), "nations.one-jurisdiction", message, hint)
