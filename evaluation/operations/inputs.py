"""What every input to a round has in common: the lock, the state, and the note that standings are stale."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from django.db import connection
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.errors import Code, Refused
from core.jobs import ring
from core.models import Account
from core.prepared import columns_of, prepared
from evaluation.jobs import RECOMPUTE
from evaluation.models import Criterion, Entry, Panelist, ResponseBatch, ResponseBatchExclusion, Round, StaleMark
from evaluation.queries.aggregates import aggregates_of
from evaluation.queries.rules import criterion_rule
from evaluation.rules.aggregates import Gathered
from evaluation.rules.scores import exceeds, out_of_bounds
from evaluation.states import RoundState

_MARK = """
INSERT INTO evaluation_stalemark (round_id, entry_id, criterion_id, at)
SELECT %s, %s, unnest(%s::bigint[]), %s RETURNING id"""
_EARLIER = "SELECT EXISTS (SELECT FROM evaluation_stalemark WHERE round_id = %s AND id < %s AND at > %s)"
_UNHEARD = timedelta(seconds=10)
"""A mark that has stood for so long: whoever was rung for because of it did not hear."""


def hold(round_id: int) -> Round:
    """The round, held so that it cannot be announced while an input to it is being written.

    Inputs do not wait for each other. Without this lock a snapshot could differ from the inputs that it claims to
    follow from.
    """
    return Round.objects.shared(round_id)


def hold_of(entry: Entry) -> Round:
    """The same for an input of this entry, which learns whether it has withdrawn since it was read.

    By the statement that takes the lock, so that no input asks for it by another.
    """
    round, entry.withdrawn_at = Round.objects.shared_by_entry(entry.pk)
    return round


def hold_with_entry(entry: Entry) -> Round:
    """The same, and let no other figures of this entry be entered meanwhile.

    Whether the whole stays within bounds depends on all. Declarations of its components take this lock too: the same
    twice at once is kept once.
    """
    round, entry.withdrawn_at = Round.objects.shared_with_entry(entry.pk)
    return round


def hold_entry(entry: Entry) -> None:
    """The lock on the entry by itself, for papers with files, where the round is held already, and experts' sheets.

    Those take it only where their marks are added up or scaled; else each is bounded by itself.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM evaluation_entry WHERE id = %s FOR NO KEY UPDATE", [entry.pk])


def hold_panelist(round: Round, person: Account) -> Panelist | None:
    """Let nothing else of this panelist be written meanwhile; None is whoever does not sit on the panel.

    A conflict declared at the same moment must be seen, or must see the sheet. Nobody waits for another person.
    """
    rows = Panelist.objects.raw(
        f"SELECT {columns_of(Panelist, 'p')} FROM evaluation_panelist p"  # noqa: S608 - names of columns
        " WHERE round_id = %s AND account_id = %s FOR NO KEY UPDATE",
        [round.pk, person.pk],
    )
    return next(iter(rows), None)


def require_scoring(round: Round, entry: Entry | None = None) -> None:
    """Refuse an input before the round opens or to a withdrawn entry (`wrong_state`), or once announced (`locked`)."""
    if round.state == RoundState.DRAFT:
        raise Refused(Code.WRONG_STATE, _("평가가 아직 시작되지 않았습니다."), state=round.state)
    if entry is not None:
        require_taking_part(entry)
    if round.state != RoundState.SCORING:
        raise Refused(Code.LOCKED, _("결과를 이미 발표했습니다. 정정으로만 바꿀 수 있습니다."), state=round.state)


def require_taking_part(entry: Entry) -> None:
    """Refuse with `wrong_state` what a team that has withdrawn no longer does."""
    if entry.withdrawn_at is not None:
        raise Refused(
            Code.WRONG_STATE, format_lazy(_("참여를 철회한 팀입니다: {team}"), team=entry.team), team=entry.team.code
        )


def require_no_result(round: Round) -> None:
    """Refuse with `wrong_state` what may change of a round's days and teams only until its result is announced."""
    if round.state not in {RoundState.DRAFT, RoundState.SCORING}:
        raise Refused(Code.WRONG_STATE, _("결과를 이미 발표했습니다."), state=round.state)


def require_within_bounds(entry: Entry, criterion: Criterion, values: Sequence[Decimal]) -> None:
    """Refuse with `out_of_range` values with which the entry's result would leave 0 to the criterion's points.

    The criterion is read anew: since the caller read it, another version of the criteria may have come into force.
    """
    criterion = Criterion.objects.select_related("parent").get(pk=criterion.pk)
    if out_of_bounds(criterion_rule(criterion), entry.team.code, values):
        raise beyond_bounds(entry, criterion)


def require_responses_within_bounds(criterion: Criterion, entries: Sequence[Entry]) -> None:
    """The same for entries whose responses, none of them negative, are written already: worked out in the database.

    A refusal undoes what was written, and no entry's responses are ever loaded.
    """
    rule, gathered = criterion_rule(criterion), aggregates_of(criterion, [entry.pk for entry in entries])
    for entry in entries:
        if exceeds(rule, entry.team.code, gathered.get(entry.pk, Gathered(0, None))):
            raise beyond_bounds(entry, criterion)


def require_not_excluded(batches: Iterable[ResponseBatch]) -> None:
    """Refuse with `duplicate` to bring in again what came under the id of a batch that has been excluded.

    To say that it stands already would let somebody believe that it counts.
    """
    excluded = ResponseBatchExclusion.objects.filter(batch__in=batches).select_related("batch").first()
    if excluded is not None:
        number = excluded.batch.number
        raise Refused(
            Code.DUPLICATE,
            format_lazy(_("제외한 묶음의 번호입니다. 다른 번호로 넣어야 합니다: {number}"), number=number),
            key=number,
        )


def beyond_bounds(entry: Entry, criterion: Criterion) -> Refused:
    """The refusal of an entry's result that would lie beyond its bounds."""
    return Refused(
        Code.OUT_OF_RANGE,
        format_lazy(
            _("{entry} · {criterion}: 결과가 0점에서 {points}점 사이를 벗어납니다."),
            entry=entry,
            criterion=criterion,
            points=criterion.points,
        ),
        criterion=criterion.code,
        team=entry.team.code,
    )


def mark_stale(round: Round, now: datetime, entry: Entry | None = None, criteria: Iterable[Criterion] = ()) -> None:
    """Note that the standings no longer follow from the inputs, and ring for a recomputation after commit.

    Where an input has changed an entry in some criteria, it names them; else the whole round is stale. Nobody rings
    while an earlier mark waits: whoever comes for that one looks again when he is done (`evaluation.tasks`).
    """
    first: int | None
    if entry is None:
        first = StaleMark.objects.create(round=round, at=now).pk
    else:
        with prepared() as cursor:
            cursor.execute(_MARK, [round.pk, entry.pk, [each.pk for each in criteria], now])
            first = next((mark for (mark,) in cursor.fetchall()), None)
    if first is not None:  # None: no criterion, and nothing changed
        ring(RECOMPUTE, round.pk, needless=partial(_waits_already, round.pk, first, now))


def _waits_already(round_id: int, mark: int, now: datetime) -> bool:
    """Asked after the commit, so that who takes the earlier mark away, and looks again, finds this one."""
    with prepared() as cursor:
        cursor.execute(_EARLIER, [round_id, mark, now - _UNHEARD])
        return bool(cursor.fetchone()[0])
