"""Serving notices: one for each team, by the means that the law allows, and the arrival of those on paper."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from consortia.queries import non_working_days
from core.actors import Actor
from core.calendar.window import window_end
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from core.text import stated
from evaluation.models import Announcement, Entry, Notice, Round
from evaluation.operations.windows import note_latest_window, require_objections_open
from evaluation.queries.service import consented_addresses, served_on_paper
from evaluation.states import Service
from evaluation.verbs import RECORD_ARRIVAL


def notify(
    announcement: Announcement,
    entries: Sequence[Entry],
    arrivals: Mapping[int, datetime],
    now: datetime,
    on_paper: Collection[int] | None = None,
) -> list[Notice]:
    """A notice for each of these entries, and its window from its own arrival.

    A notice on paper (`on_paper`: entry ids; by default those that had one before or took their consent back, and do
    not agree to electronic service now) has not arrived until an official records it, and has no window. Any other
    arrives now, or when `arrivals` (entry id -> time) says: electronically at the address that the team has named,
    where entering it is the arrival (Administrative Procedures Act art. 15(2)), or as the officials vouch who announce.
    """
    round = announcement.round
    zone, holidays = round.programme.zone, non_working_days(round.programme)
    addresses = consented_addresses([entry.team_id for entry in entries])
    if on_paper is None:
        agreed = {entry.pk for entry in entries if entry.team_id in addresses}
        on_paper = served_on_paper(round) - agreed
    notices = []
    for entry in entries:
        paper = entry.pk in on_paper
        address = "" if paper else addresses.get(entry.team_id, "")
        arrived_at = arrivals.get(entry.pk, None if paper else now)
        closes = window_end(arrived_at, round.appeal_days, holidays, zone) if arrived_at else None
        means = Service.PAPER if paper else Service.ELECTRONIC if address else Service.CONFIRMED
        notices.append(
            Notice(
                announcement=announcement,
                entry=entry,
                service=means,
                address=address,
                arrived_at=arrived_at,
                window_closes_at=closes,
            )
        )
    return Notice.objects.bulk_create(notices)


ARRIVAL = ("arrived_at", "window_closes_at", "arrival_evidence", "arrival_recorded_by", "arrival_recorded_at")


@operation(RECORD_ARRIVAL)
def record_arrival(notice: Notice, *, arrived_at: datetime, evidence: str, actor: Actor, now: datetime) -> Notice:
    """Record when a notice on paper arrived, with the evidence (a receipt, a delivery number); its window runs from it.

    Service takes effect on arrival (Administrative Procedures Act art. 15(1)), and whoever serves keeps a record of it
    (art. 14(6)). `wrong_state` unless the result is announced and not final, and the notice went out on paper;
    `incomplete` without evidence; `out_of_range` for a time before the announcement or still to come; `duplicate` where
    another arrival is recorded. The same again is returned.
    """
    round = Round.objects.alone(notice.announcement.round_id)
    notice = (
        Notice.objects.select_for_update(of=("self",)).select_related("announcement", "entry__team").get(pk=notice.pk)
    )
    if notice.service != Service.PAPER:
        raise Refused(Code.WRONG_STATE, _("서면으로 보낸 통지만 도달을 기록합니다."), service=notice.service)
    if notice.arrived_at == arrived_at and notice.arrival_evidence == evidence.strip():
        return notice
    require_objections_open(round)
    evidence = stated(evidence, _("도달 증빙"))
    if not notice.announcement.announced_at <= arrived_at <= now:
        raise Refused(Code.OUT_OF_RANGE, _("도달 시각은 발표와 지금 사이여야 합니다."), arrived_at=arrived_at, now=now)
    if notice.arrived_at is not None:
        raise Refused(Code.DUPLICATE, _("이미 도달한 통지입니다."), arrived_at=notice.arrived_at)
    programme = round.programme
    notice.arrived_at, notice.arrival_evidence = arrived_at, evidence
    notice.arrival_recorded_by, notice.arrival_recorded_at = actor.person(), now
    notice.window_closes_at = window_end(arrived_at, round.appeal_days, non_working_days(programme), programme.zone)
    notice.save(update_fields=ARRIVAL)
    note_latest_window(round)
    record(
        RECORD_ARRIVAL,
        notice,
        at=now,
        team=notice.entry.team.code,
        arrived_at=arrived_at,
        evidence=evidence,
        closes_at=notice.window_closes_at,
    )
    return notice
