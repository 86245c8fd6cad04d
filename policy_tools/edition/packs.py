"""Public packs: the list of them, and a page for each with its parts, its files and what it is made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policy_tools.edition.catalogue import Catalogue
from policy_tools.edition.chrome import Link, build_head
from policy_tools.edition.copy_check import CHECK
from policy_tools.edition.dated import MadePack
from policy_tools.edition.documents import DownloadLine
from policy_tools.edition.listing import DirectoryEntry, DirectoryView
from policy_tools.edition.output import PageView, build_page_view
from policy_tools.edition.wording import PrintedDate, format_date, format_size

PACKS = Link("Packs", "packs/")
_LEAD = "The right few pages for one occasion, made from our papers and recommendations and kept current."


@dataclass(frozen=True, slots=True)
class PackEvent:
    """Something that changed in a pack, and when."""

    date: PrintedDate
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class PackView:
    """One public pack."""

    title: str
    subtitle: str
    summary: str
    as_at: PrintedDate
    handling: str
    parts: tuple[str, ...]
    downloads: tuple[DownloadLine, ...]
    papers: tuple[Link, ...]
    recommendations: tuple[Link, ...]
    changes: tuple[PackEvent, ...]
    check: Link


def build_packs(catalogue: Catalogue, packs: Iterable[MadePack]) -> Iterator[PageView]:
    """The list of packs and a page for each."""
    made = tuple(packs)
    if not made:
        return
    yield _build_list(catalogue, made)
    for pack in made:
        yield _build_pack(catalogue, pack)


def _build_list(catalogue: Catalogue, packs: tuple[MadePack, ...]) -> PageView:
    records = catalogue.library.packs
    entries = tuple(
        DirectoryEntry(
            records[pack.id].record.title,
            f"packs/{pack.id}/",
            records[pack.id].record.summary,
            f"as at {format_date(pack.copy.as_at).text}",
        )
        for pack in packs
    )
    head = build_head(
        catalogue.chrome,
        PACKS.address,
        PACKS.label,
        _LEAD,
        section=PACKS.address,
        records=catalogue.describe(PACKS.address),
    )
    return build_page_view(
        catalogue.chrome, "directory.html", head, DirectoryView(PACKS.label, _LEAD, entries)
    )


def _build_pack(catalogue: Catalogue, pack: MadePack) -> PageView:
    recipe = catalogue.library.packs[pack.id]
    view = PackView(
        title=recipe.record.title,
        subtitle=recipe.record.subtitle or "",
        summary=recipe.record.summary,
        as_at=format_date(pack.copy.as_at),
        handling=recipe.record.handling or "",
        parts=pack.parts,
        downloads=tuple(
            DownloadLine(item.label, item.address, format_size(item.size)) for item in pack.downloads
        ),
        papers=catalogue.links_to(name for name in pack.papers if name in catalogue.cards),
        recommendations=tuple(
            Link(found.record.title, found.address)
            for name in pack.recommendations
            if (found := catalogue.library.recommendations.get(name))
        ),
        changes=_list_changes(pack),
        check=Link(CHECK.label, f"check/{pack.copy.id}/{pack.copy.as_at.isoformat()}/"),
    )
    head = build_head(
        catalogue.chrome,
        recipe.address,
        f"{recipe.record.title} (pack)",
        recipe.record.summary,
        section=PACKS.address,
        breadcrumb=(PACKS,),
        records=catalogue.describe(recipe.address),
    )
    return build_page_view(catalogue.chrome, "pack.html", head, view, source=recipe.path)


def _list_changes(pack: MadePack) -> tuple[PackEvent, ...]:
    """What happened to its papers and recommendations, newest first."""
    events = sorted(pack.copy.events, key=lambda event: (event.subject, event.text))
    events.sort(key=lambda event: event.date, reverse=True)
    return tuple(PackEvent(format_date(event.date), event.subject, event.text) for event in events)
