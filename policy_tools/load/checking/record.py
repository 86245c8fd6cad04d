"""Do the facts in a paper's front matter agree with one another and with the rules of its series?"""

from collections.abc import Iterator

from policy_tools.load.checking.report import report, warn
from policy_tools.model.library import Library
from policy_tools.model.paper import Paper
from policy_tools.model.problem import Problem

_FEWEST_KEY_POINTS, _MOST_KEY_POINTS = 3, 7
_SUMMARY_HINTS = {
    "short": "Say the question, the finding and what is asked.",
    "long": "Cut what the paper itself tells.",
}
_NOT_A_REGION = {"UK": "GB"}


def check_summary(paper: Paper, library: Library) -> Iterator[Problem]:
    """A summary that is longer or shorter than its series allows."""
    series = library.series.get(paper.record.series)
    if series is None or not _is_given(paper, "summary"):
        return
    fewest, most = series.summary_words
    words = len(paper.record.summary.split())
    if not fewest <= words <= most:
        code = "summary.too-long" if words > most else "summary.too-short"
        yield report(
            paper,
            paper.place("summary"),
            code,
            f"The summary has {words} word{'' if words == 1 else 's'}, "
            f"and a summary in this series has {fewest} to {most}.",
            "Say the question, the finding and the ask."
            if code == "summary.too-short"
            else "Cut what the paper itself tells.",
        )


def check_key_points(paper: Paper, library: Library) -> Iterator[Problem]:
    """Too few or too many key points; a briefing may do without."""
    series = library.series.get(paper.record.series)
    number = len(paper.record.key_points)
    if series is None or (series.layout == "briefing" and number == 0):
        return
    if not _FEWEST_KEY_POINTS <= number <= _MOST_KEY_POINTS and (
        number == 0 or _is_given(paper, "key_points")
    ):
        yield report(
            paper,
            paper.place("key_points"),
            "key-points.number",
            f"The paper has {number} key point{'' if number == 1 else 's'}, and should have 3 to 7.",
            "Say in each what a reader is to remember.",
        )


def _is_given(paper: Paper, name: str) -> bool:
    """Whether the field is written and could be read: a stand-in is not to be judged."""
    return name in paper.places and (paper.is_sound or getattr(paper.record, name) not in ("None.", "", ()))


def check_dates(paper: Paper) -> Iterator[Problem]:
    """An update before publication, or a new version without a date."""
    record = paper.record
    if record.updated and record.updated < record.published and "published" in paper.places:
        yield report(
            paper,
            paper.place("updated"),
            "dates.updated-before-published",
            f"The paper was updated on {record.updated}, before it was published on {record.published}.",
            "Check the two dates.",
        )
    if record.version > 1 and record.updated is None:
        yield report(
            paper,
            paper.place("version"),
            "dates.version-without-update",
            f"This is version {record.version}, and no date says when the paper was updated.",
            "Add updated: with the date of this version.",
        )


def check_corrections(paper: Paper) -> Iterator[Problem]:
    """Corrections that belong to no version, or that were made before the paper was published."""
    record = paper.record
    for index, correction in enumerate(record.corrections):
        place = paper.place("corrections", index, "version")
        if correction.version is not None and correction.version > record.version:
            yield report(
                paper,
                place,
                "correction.unknown-version",
                f"This corrects version {correction.version}, and the paper is version {record.version}.",
                "Raise version:, or correct the number here.",
            )
        elif record.version == 1 and correction.severity != "minor":
            yield warn(
                paper,
                place,
                "correction.without-version",
                "The paper has a correction that is more than minor, and is still version 1.",
                "Write version: 2, and updated: with the date.",
            )
        if correction.date < record.published and "published" in paper.places:
            yield report(
                paper,
                paper.place("corrections", index, "date"),
                "correction.before-published",
                f"This correction of {correction.date} is older than the paper ({record.published}).",
                "Check the two dates.",
            )


def check_repeated_words(paper: Paper) -> Iterator[Problem]:
    """A keyword or a key point given twice."""
    for name, code in (("keywords", "keywords.repeated"), ("key_points", "key-points.repeated")):
        seen: set[str] = set()
        for index, words in enumerate(getattr(paper.record, name)):
            folded = words.casefold()
            if folded in seen:
                yield warn(paper, paper.place(name, index), code, f'"{words}" is given twice.', "Remove one.")
            seen.add(folded)


def check_repeated_names(paper: Paper) -> Iterator[Problem]:
    """An author, programme or topic given twice."""
    for name in ("authors", "programmes", "topics", "nations"):
        values = getattr(paper.record, name)
        for index, value in enumerate(values):
            if value in values[:index]:
                shown = value if isinstance(value, str) else f"{value.given} {value.family}"
                message = f'"{shown}" stands twice among the {name}.'
                yield report(paper, paper.place(name, index), "record.repeated", message, "Remove one.")


def check_language(paper: Paper) -> Iterator[Problem]:
    """A language tag with a region that does not exist."""
    language, _, region = paper.record.language.partition("-")
    if region in _NOT_A_REGION:
        right = f"{language}-{_NOT_A_REGION[region]}"
        message = f"{paper.record.language} is not a language tag."
        yield report(paper, paper.place("language"), "language.unknown", message, f"Write {right}.")
