"""What has changed in the papers of a pack?"""

from collections.abc import Iterator

from policy_tools.pack.alignment import align
from policy_tools.pack.change import Change, ChangeKind, from_field, from_fields, place_of, reword, title_of
from policy_tools.pack.field_changes import compare_fields, format_value
from policy_tools.pack.printed_words import Sentence
from policy_tools.pack.snapshot import Fields, PaperSnapshot, Snapshot


def compare_papers(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    """New, gone and changed ones, by slug."""
    for slug in sorted(old.papers.keys() | new.papers.keys()):
        was, now = old.papers.get(slug), new.papers.get(slug)
        if was and now:
            yield from _compare_paper(slug, was, now)
        elif now:
            version = f"version {_version(now)}"
            yield Change(ChangeKind.PAPER_NEW, slug, title_of(now.fields), now=f"{version}, {_date(now)}")
        elif was:
            yield _tell_fate(slug, was, new.fates.get(slug, ""))


def _tell_fate(slug: str, was: PaperSnapshot, fate: str) -> Change:
    """Why a paper is no longer there."""
    title, version = title_of(was.fields), f"version {_version(was)}"
    if fate == "withdrawn":
        return Change(ChangeKind.PAPER_WITHDRAWN, slug, title, was=version)
    if fate:
        return Change(ChangeKind.PAPER_SUPERSEDED, slug, title, was=version, now=fate)
    return Change(ChangeKind.PAPER_GONE, slug, title, was=version)


_TOLD_BY_THEMSELVES = ("corrections", "superseded_by", "version")


def _compare_paper(slug: str, was: PaperSnapshot, now: PaperSnapshot) -> Iterator[Change]:
    title = title_of(now.fields)
    yield from _compare_corrections(slug, title, was.fields, now.fields)
    if was.fields.get("superseded_by") != now.fields.get("superseded_by"):
        before, after = (format_value(each.fields.get("superseded_by")) for each in (was, now))
        yield Change(ChangeKind.PAPER_SUPERSEDED, slug, title, was=before, now=after)
    told: tuple[str, ...] = _TOLD_BY_THEMSELVES
    if _version(was) != _version(now):
        before, after = (f"version {_version(each)}, {_date(each)}" for each in (was, now))
        yield Change(ChangeKind.PAPER_VERSION, slug, title, was=before, now=after)
        told = (*told, "updated")
    yield from _compare_sentences(slug, title, was.sentences, now.sentences)
    for key in sorted(was.references.keys() & now.references.keys()):
        if was.references[key] != now.references[key]:
            yield Change(
                ChangeKind.REFERENCE_CHANGED, slug, title, key, was.references[key], now.references[key]
            )
    yield from _compare_files(slug, title, was, now)
    yield from from_fields(ChangeKind.PAPER_FIELD, slug, title, was.fields, now.fields, told)


def _compare_corrections(slug: str, title: str, old: Fields, new: Fields) -> Iterator[Change]:
    """New corrections in full; an edit to one that was told before as an edit."""
    for change in compare_fields(_only(old, "corrections"), _only(new, "corrections")):
        if isinstance(change.now, dict) and change.was is None:
            correction = {name: format_value(value) for name, value in change.now.items()}
            effect = "the conclusions change" if change.now["affects_conclusions"] else ""
            where = "; ".join(filter(None, (correction["where"], correction["date"], effect)))
            yield Change(ChangeKind.PAPER_CORRECTED, slug, title, where, correction["was"], correction["now"])
        else:
            yield from_field(ChangeKind.PAPER_FIELD, slug, title, change)


def _compare_sentences(
    slug: str, title: str, old: tuple[Sentence, ...], new: tuple[Sentence, ...]
) -> Iterator[Change]:
    pairs = align([each.compared for each in old], [each.compared for each in new])
    gone = {old[i].compared: old[i] for i, j in pairs if j is None and i is not None}
    fresh = {new[j].compared for i, j in pairs if i is None and j is not None}
    for i, j in pairs:
        was, now = None if i is None else old[i], None if j is None else new[j]
        if was and now:
            yield reword(ChangeKind.SENTENCE_CHANGED, slug, title, was, now)
        elif now and (before := gone.get(now.compared)):
            where = f"from {place_of(before)} to {place_of(now)}"
            yield Change(ChangeKind.SENTENCE_MOVED, slug, title, where, before.text, now.text)
        elif now:
            yield Change(ChangeKind.SENTENCE_NEW, slug, title, place_of(now), now=now.text)
        elif was and was.compared not in fresh:
            yield Change(ChangeKind.SENTENCE_GONE, slug, title, place_of(was), was=was.text)


def _compare_files(slug: str, title: str, was: PaperSnapshot, now: PaperSnapshot) -> Iterator[Change]:
    for name in sorted(was.files.keys() | now.files.keys()):
        before, after = was.files.get(name), now.files.get(name)
        if before != after:
            texts = (f"{each.size:,} bytes, {each.digest[:12]}" if each else "" for each in (before, after))
            yield Change(ChangeKind.FILE_CHANGED, slug, title, name, *texts)


def _only(fields: Fields, name: str) -> Fields:
    return {name: fields.get(name)}


def _version(paper: PaperSnapshot) -> int:
    version = paper.fields.get("version", 1)
    return version if isinstance(version, int) else 1


def _date(paper: PaperSnapshot) -> str:
    return format_value(paper.fields.get("updated") or paper.fields.get("published"))
