"""Windows to object, and what the calendar proposes about them."""

from dataclasses import dataclass
from datetime import datetime

from consortia.queries import non_working_days
from core.calendar.window import window_end
from evaluation.models import Notice, Round


@dataclass(frozen=True)
class Extension:
    """A notice whose window would end at `closes_at`, later than notified, by the calendar as it is now."""

    notice: Notice
    closes_at: datetime


def proposed_extensions(round: Round) -> list[Extension]:
    """Windows that a day added to the calendar since would end later. Two officials decide; a job never does."""
    programme = round.programme
    zone, holidays = programme.zone, non_working_days(programme)
    notices = Notice.objects.filter(announcement__round=round).select_related("entry__team").order_by("pk")
    proposed = [
        Extension(notice, window_end(notice.arrived_at, round.appeal_days, holidays, zone)) for notice in notices
    ]
    return [each for each in proposed if each.closes_at > each.notice.window_closes_at]


def latest_window(round: Round) -> datetime | None:
    """The end of the window that ends last; None before the announcement."""
    newest = Notice.objects.filter(announcement__round=round).order_by("-window_closes_at").first()
    return newest.window_closes_at if newest else None
