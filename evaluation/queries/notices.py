"""What a team's notice says: its own result and nothing of any other team's."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from consortia.models import Programme
from core.calendar.words import moment_words, window_words
from core.models import LedgerBlock, LedgerItem
from core.points import added
from evaluation.models import ClockStop, Correction, Document, Notice, Round, SnapshotRow, Verdict
from evaluation.models.correction import teams_of
from evaluation.queries.criteria import from_the_top
from evaluation.queries.names import name_at
from evaluation.queries.notice_lines import (
    ON_PAPER,
    OUTCOMES,
    REMEDIES,
    WHERE,
    Change,
    GateLine,
    LatePaper,
    NoticeContent,
    Score,
)
from evaluation.queries.standings import as_text
from evaluation.queries.waived import waived_at, with_waiver
from evaluation.states import INADMISSIBLE, RANKS_KNOWN, Ground, Outcome, VerdictValue


def notice_content(notice: Notice) -> NoticeContent:
    """What the notice says, in a fixed number of queries: the published snapshot that it belongs to, and no other.

    Reasons are given with the result (Administrative Procedures Act art. 23(1)). A correction's reason is told only to
    the team that it is about: to another it would tell that team's affairs.
    """
    notice = _with_its_round(notice)
    announcement, entry = notice.announcement, notice.entry
    round, programme, snapshot = announcement.round, announcement.round.programme, announcement.snapshot
    row = snapshot.rows.annotate(named=name_at("entry__team", "snapshot__made_at", "ko")).get(entry=entry)
    scores = _scores(row, round)
    correction = Correction.objects.filter(after=snapshot).select_related("before").first()
    return NoticeContent(
        title=f"{round.name_ko} 결과 {'정정 ' if correction else ''}통지",
        programme=programme.name_ko,
        mark=_mark(programme),
        legal_basis=programme.legal_basis,
        round=round.name_ko,
        team=row.named,
        number=f"{programme.code}-{round.code}-{snapshot.number}-{notice.pk}",
        dated=announcement.announced_at,
        announced=moment_words(announcement.announced_at, programme.zone),
        arrived=moment_words(notice.arrived_at, programme.zone) if notice.arrived_at else "",
        outcome=row.get_outcome_display(),
        reason=OUTCOMES[Outcome(row.outcome)],
        total=as_text(row.total),
        most=f"{added([Decimal(score.most) for score in scores if score.depth == 0]):f}",
        rank=_rank(row, announcement.disclosure),
        scores=scores,
        gates=_gates(row, round, announcement.announced_at),
        late_papers=_late_papers(notice),
        replaces=_replaces(correction),
        changes=_changes(correction, row, round, announcement.disclosure) if correction else [],
        change_reason=_change_reason(correction, entry.team.code),
        **_how_to_object(notice),
        officer=announcement.decision.prepared_by.name_ko,
        remedies=REMEDIES,
        snapshot=snapshot.number,
        digest=snapshot.digest,
        ledger_head=_ledger_head(notice),
    )


def _how_to_object(notice: Notice) -> dict[str, Any]:
    return {
        "waived": _waived(notice),
        "until": _until(notice),
        "grounds": [str(ground.label) for ground in Ground if ground not in INADMISSIBLE],
        "not_grounds": [str(ground.label) for ground in Ground if ground in INADMISSIBLE],
        "where": WHERE,
        "on_paper": ON_PAPER,
    }


def _with_its_round(notice: Notice) -> Notice:
    rows = Notice.objects.select_related(
        "announcement__round__programme",
        "announcement__snapshot",
        "announcement__decision__prepared_by",
        "entry__team",
    )
    return with_waiver(rows).get(pk=notice.pk)


def _mark(programme: Programme) -> str:
    """What stands above everything made from invented figures: 예시, and the programme's own words."""
    words: str = programme.label_ko
    if not programme.illustrative or words.startswith("예시"):
        return words
    return f"예시 · {words}" if words else "예시"


def _rank(row: SnapshotRow, disclosure: str) -> str | None:
    return f"{row.rank}위" if row.rank is not None and disclosure in RANKS_KNOWN else None


def _scores(row: SnapshotRow, round: Round) -> list[Score]:
    return [
        Score(criterion.name_ko, depth, f"{criterion.points:f}", row.scores[criterion.code])
        for criterion, depth in from_the_top(round.criteria.all())
    ]


def _gates(row: SnapshotRow, round: Round, announced_at: datetime) -> list[GateLine]:
    """Every gate of the round, with the reason of the verdict that stood when the result was announced."""
    given = Verdict.objects.filter(entry=row.entry_id, at__lte=announced_at).order_by("pk")
    reasons = {verdict.gate_id: verdict.reason for verdict in given}
    lines = []
    for gate in round.gates.all():
        verdict = _verdict(row, gate.code)
        lines.append(GateLine(gate.name_ko, verdict or "판정 없음", reasons.get(gate.pk, "") if verdict else ""))
    return lines


def _verdict(row: SnapshotRow, gate: str) -> str | None:
    given = row.gates.get(gate)
    return str(VerdictValue(given).label) if given else None


def _late_papers(notice: Notice) -> list[LatePaper]:
    round = notice.announcement.round
    papers = Document.objects.filter(
        round=round, team=notice.entry.team, late=True, received_at__lte=notice.announcement.announced_at
    )
    zone = round.programme.zone
    return [LatePaper(each.title, moment_words(each.received_at, zone), each.not_considered_because) for each in papers]


def _replaces(correction: Correction | None) -> str | None:
    return f"순위표 제{correction.before.number}호에 따른 통지" if correction else None


def _changes(correction: Correction, after: SnapshotRow, round: Round, disclosure: str) -> list[Change]:
    """What the correction changed of the team's own result."""
    before = SnapshotRow.objects.get(snapshot=correction.before_id, entry=after.entry_id)
    pairs: list[tuple[str, str | None, str | None]] = [
        ("결과", before.get_outcome_display(), after.get_outcome_display()),
        ("총점", as_text(before.total), as_text(after.total)),
        ("순위", _rank(before, disclosure), _rank(after, disclosure)),
    ]
    for criterion in round.criteria.all():
        pairs.append((criterion.name_ko, before.scores[criterion.code], after.scores[criterion.code]))
    for gate in round.gates.all():
        pairs.append((gate.name_ko, _verdict(before, gate.code), _verdict(after, gate.code)))
    return [Change(name, was or "없음", now or "없음") for name, was, now in pairs if was != now]


def _change_reason(correction: Correction | None, team: str) -> str:
    if correction is None:
        return ""
    about = {each for item in correction.items for each in teams_of(item)}
    if about == {team}:
        return correction.reason
    return "다른 참여팀의 결과가 정정되어 순위와 진출 여부가 다시 정해졌습니다."


def _waived(notice: Notice) -> str:
    """That the team may not object, where it has waived; else nothing. A notice promises nothing that is refused."""
    at = waived_at(notice)
    if at is None:
        return ""
    moment = moment_words(at, notice.announcement.round.programme.zone)
    return f"{moment}에 이의신청을 포기하여 이 결과에는 이의신청을 할 수 없습니다."


def _until(notice: Notice) -> str:
    """Until when the team may object: the end of its window, or how it will be counted where there is none yet."""
    round = notice.announcement.round
    if notice.window_closes_at is not None:
        return window_words(notice.window_closes_at, round.programme.zone)
    if notice.arrived_at is None:
        return (
            f"이 통지가 도달한 날의 다음 날부터 {round.appeal_days}일째 되는 날 24:00까지"
            "(그날이 토요일이나 공휴일이면 그다음 근무일 24:00까지)"
        )
    stop = ClockStop.objects.get(notice=notice, resumed_at=None)
    return f"기간의 진행이 정지되어 있습니다(남은 기간 {stop.days_left}일, 재개되면 다시 알립니다)"


def _ledger_head(notice: Notice) -> str | None:
    """The head of the block in which the ledger sealed this notice; None until its transaction has ended."""
    made = LedgerItem.objects.filter(relation=Notice._meta.db_table, row_key=str(notice.pk)).order_by("id")
    return LedgerBlock.objects.filter(marker__in=made.values("marker")[:1]).values_list("head", flat=True).first()
