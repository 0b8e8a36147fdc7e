"""The sweep when something is wrong: one fault stops nothing else, and no run goes on for ever."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models.expressions import RawSQL

from appeals import sweeps, tasks
from appeals.sweeps import each_due
from core.errors import Code, Refused
from core.models import Pulse
from evaluation.models import LiveStanding, StaleMark
from tests.appeals.due import ENDS, call_of, drafted, due, scored, swept

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def damage(table: str, column: str, value: int) -> None:
    """Make the database refuse rows of a table, as a fault in one round's data would."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT damaged CHECK ({column} <> {value})")


def test_a_closing_that_fails_stops_no_other(caplog):
    bad, good = due("bad"), due("good")
    damage("evaluation_vacancy", "round_id", bad.round.pk)
    with pytest.raises(ExceptionGroup, match="could not do everything") as raised:
        swept()

    assert len(raised.value.exceptions) == 1
    assert (bad.fresh().state, call_of(bad).state) == ("announced", "authorised")
    assert (good.fresh().state, call_of(good).state) == ("final", "open")
    assert f"the sweep could not act on [{bad.round.pk}]" in caplog.text
    assert "damaged" in Pulse.objects.get().found["failed"][0]


def test_what_failed_is_done_once_it_can_be():
    story = due()
    damage("evaluation_vacancy", "round_id", story.round.pk)
    with pytest.raises(ExceptionGroup):
        swept()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE evaluation_vacancy DROP CONSTRAINT damaged")
    swept(ENDS + MINUTE)

    assert (story.fresh().state, call_of(story).state) == ("final", "open")


def test_a_recomputation_that_fails_stops_no_other():
    bad, good = scored(drafted("bad")), scored(drafted("good"))
    damage("evaluation_livestanding", "entry_id", bad.entry("a").pk)
    with pytest.raises(ExceptionGroup) as raised:
        swept(bad.now)

    assert len(raised.value.exceptions) == 1
    assert set(LiveStanding.objects.values_list("entry__round", flat=True)) == {good.round.pk}
    assert set(StaleMark.objects.values_list("round", flat=True)) == {bad.round.pk}
    assert Pulse.objects.exists()


def test_a_fault_in_the_housekeeping_keeps_nothing_legal_and_no_other_housekeeping(monkeypatch):
    """As when the volume of private files is away, which taking away old exports looks at."""
    story, seen = due(), list[str]()

    def sick(now: datetime) -> None:
        raise OSError("no such volume")

    monkeypatch.setattr(tasks, "database_now", lambda: ENDS)
    monkeypatch.setattr("evaluation.operations.exports.remove_stray_exports", sick)
    monkeypatch.setattr("evaluation.sweeps.resume_recounts", lambda now: seen.append("recounts"))
    monkeypatch.setattr(tasks.sweeps, "tell", lambda **_: seen.append("told"))
    with pytest.raises(ExceptionGroup, match="the tick could not do everything") as raised:
        tasks.sweep()

    assert [repr(fault) for fault in raised.value.exceptions] == ["OSError('no such volume')"]
    assert (story.fresh().state, call_of(story).state) == ("final", "open")
    assert seen == ["told", "recounts"]


def test_what_fails_in_the_sweep_keeps_neither_the_telling_nor_the_housekeeping(monkeypatch):
    bad, seen = due("bad"), list[str]()
    damage("evaluation_vacancy", "round_id", bad.round.pk)
    monkeypatch.setattr(tasks, "database_now", lambda: ENDS)
    monkeypatch.setattr(tasks.sweeps, "tell", lambda **_: seen.append("told"))
    monkeypatch.setattr("evaluation.sweeps.resume_recounts", lambda now: seen.append("recounts"))
    with pytest.raises(ExceptionGroup, match="could not do everything"):
        tasks.sweep()

    assert seen == ["told", "recounts"]


def test_a_run_is_bounded_and_the_next_takes_up_the_rest(monkeypatch):
    monkeypatch.setattr(sweeps, "MOST_ACTS", 1)
    one, two = due("one"), due("two")
    swept()
    assert (one.fresh().state, two.fresh().state) == ("final", "announced")
    swept()

    assert two.fresh().state == "final"


def test_a_row_that_is_no_longer_due_when_it_is_held_is_no_failure():
    """As when an appeal came in between the reading of the list and the lock."""
    for name in ("first", "second"):
        Pulse.objects.create(name=name, finished_at=ENDS)
    done: list[str] = []
    assert each_due(Pulse.objects.all(), _refuse_the_first, done) == []
    assert done == ["second"]
    assert [pulse.name for pulse in Pulse.objects.all()] == ["first"]


def test_rows_that_can_no_longer_be_read_end_the_run():
    """As when the server goes away in the middle: one fault, and no endless trying."""
    for name in ("first", "second"):
        Pulse.objects.create(name=name, finished_at=ENDS)
    divided = RawSQL("1 / (SELECT count(*)::int - 1 FROM core_pulse)", [])
    done: list[str] = []
    faults = each_due(Pulse.objects.annotate(bad=divided).filter(bad__gt=0), _take_away, done)

    assert (done, [type(fault).__name__ for fault in faults]) == (["first"], ["DataError"])


def _take_away(row: Pulse) -> bool:
    Pulse.objects.filter(pk=row.pk).delete()
    return True


def _refuse_the_first(pulse: Pulse) -> bool:
    _take_away(pulse)
    if pulse.name == "first":
        raise Refused(Code.STILL_PENDING, "이의신청을 아직 결정하지 않았습니다.")
    return True
