"""Why may the public not see a paper at this moment, and when may it?"""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from policy_tools.clear.outcome import Reason
from policy_tools.model.paper import Paper, Status

_BY_STATUS = {
    Status.DRAFT: Reason.DRAFT,
    Status.PRIVATE: Reason.PRIVATE,
    Status.WITHDRAWN: Reason.WITHDRAWN,
}


def find_reason(paper: Paper, now: datetime, zone: ZoneInfo) -> Reason | None:
    """Why a paper by itself is withheld at the aware moment `now`; None when everything speaks for it."""
    if not paper.is_sound:
        return Reason.FAULTY
    if paper.record.status is not Status.PUBLISHED:
        return _BY_STATUS.get(paper.record.status, Reason.FAULTY)
    embargo = paper.record.embargo
    if embargo is None and paper.is_private:
        return Reason.PRIVATE_FOLDER
    # Compared as instants: Python compares two times of one zone by the clock on the wall, which in the
    # hour when the clocks go back is wrong by an hour.
    if embargo is not None and embargo.until.astimezone(UTC) > now.astimezone(UTC):
        return Reason.EMBARGO
    if paper.record.published > now.astimezone(zone).date():
        return Reason.FUTURE_DATE
    return None


def was_public(paper: Paper, now: datetime, zone: ZoneInfo) -> bool:
    """Whether a paper that is withdrawn had been published: its copies are about, and may be asked after.

    One in the private folder, and one whose day or embargo is still to come, was never seen.
    """
    if not paper.is_sound or paper.is_private or paper.record.status is not Status.WITHDRAWN:
        return False
    embargo = paper.record.embargo
    if embargo is not None and embargo.until.astimezone(UTC) > now.astimezone(UTC):
        return False
    return paper.record.published <= now.astimezone(zone).date()


def find_lift(paper: Paper, zone: ZoneInfo) -> datetime | None:
    """The moment, in UTC, from which a paper may be seen; None when no moment will do."""
    if not paper.is_sound or paper.record.status is not Status.PUBLISHED:
        return None
    embargo = paper.record.embargo
    if embargo is None and paper.is_private:
        return None
    day = datetime.combine(paper.record.published, time(), zone).astimezone(UTC)
    return day if embargo is None else max(day, embargo.until.astimezone(UTC))
