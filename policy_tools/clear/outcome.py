"""What comes of clearing a library: what may be seen, what may not, and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from policy_tools.model.library import PublicLibrary


class Reason(StrEnum):
    """Why something is withheld. For private reports only: no public line may hold one."""

    FAULTY = "faulty"
    DRAFT = "draft"
    PRIVATE = "private"
    WITHDRAWN = "withdrawn"
    PRIVATE_FOLDER = "private-folder"
    EMBARGO = "embargo"
    FUTURE_DATE = "future-date"
    CURRENT_VERSION_WITHHELD = "current-version-withheld"
    PRIVATE_RECORD = "private-record"


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something the public may not see: its id, its file, and why."""

    id: str
    path: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Clearance:
    """What may be seen at one moment, what may not and why, and when more may be seen.

    `next_lift` is the soonest moment (in UTC) at which something withheld becomes public by itself.
    All but `library` is secret.
    """

    library: PublicLibrary
    withheld: tuple[Withheld, ...]
    next_lift: datetime | None
