"""What is looked at after each step: the rows against what must be so, and the ledger against the rows."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from appeals.models import Appeal, Authorisation, Selection, Waiver
from consortia.models import Application, Call
from core.ledger.verifier import verify
from core.verbs import every_verb
from evaluation.models import Announcement, Notice, Snapshot, SnapshotRow, Vacancy
from tests.proof.expected import APPEAL_DAYS, DONE, FREE, SEOUL, Expected
from tests.proof.scored import SEATS
from tests.story import Story
from tests.unchanged import DERIVED, rows


@dataclass
class Ended:
    """How a step ended."""

    code: str = DONE


class Watch:
    """Before and after a step: what it wrote, and under whose name. Between steps nothing is written."""

    def __init__(self) -> None:
        self.seen: dict[int, tuple[object, ...]] = {}
        self.rows, self.newest = rows(), _newest_item()

    @contextmanager
    def over(self) -> Iterator[Ended]:
        ended, before, newest = Ended(), self.rows, self.newest
        yield ended
        self.rows, self.newest = rows(), _newest_item()
        if ended.code != DONE:
            assert self.rows == before, f"refused with {ended.code}, and yet something was written"
            return
        _every_change_has_its_item(before, self.rows, newest)
        self._snapshots_stay()

    def _snapshots_stay(self) -> None:
        """Each snapshot is for ever what it was when it was first seen."""
        for snapshot in Snapshot.objects.all():
            body = (snapshot.digest, snapshot.advanced, tuple(snapshot.rows.values_list("entry", "rank", "outcome")))
            assert self.seen.setdefault(snapshot.pk, body) == body, "a snapshot is never changed"


def _newest_item() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM core_ledgeritem")
        ((newest,),) = cursor.fetchall()
    return int(newest)


def _every_change_has_its_item(before: dict[str, int], after: dict[str, int], newest: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relation, change, actor, verb FROM core_ledgeritem WHERE id > %s", [newest])
        items = cursor.fetchall()
    assert all(actor and verb in every_verb() for _, _, actor, verb in items), "every change has its actor and verb"
    added = Counter(relation for relation, change, *_ in items if change == "I")
    bulk = {relation for relation, change, *_ in items if change == "B"}
    for relation, count in after.items():
        if relation not in {*DERIVED, *bulk, "core_ledgeritem"}:
            assert count - before[relation] == added[relation], f"{relation}: rows and items differ"


def ledger_is_whole() -> None:
    """What waits for the commit is made to hold now; then every row is as the ledger says, in whole blocks."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    damage = verify(connection.connection).damage
    assert damage is None, damage.sentences


def compare(story: Story, so: Expected) -> None:
    """The rows are as they must be."""
    round = story.fresh()
    assert round.state == so.state, f"the round is {round.state}, it must be {so.state}"
    _published(story, so)
    _windows(story, so)
    _appeals(story, so)
    _calls(story, so)


def _windows(story: Story, so: Expected) -> None:
    rows_ = Notice.objects.filter(announcement__round=story.round)
    found = sorted(rows_.values_list("entry__team__code", "arrived_at", "window_closes_at"))
    must = sorted((each.team, each.arrived, each.closes) for each in so.windows)
    assert [each[:2] for each in found] == [each[:2] for each in must], "each team has its notices and no others"
    assert found == must, "each window ends when it must"
    if so.state != "scoring":
        assert story.round.appeals_close_at == so.windows_end(), "the latest of the windows is the round's"
    for window in so.windows:
        if window.ended_early:
            continue
        last = window.closes.astimezone(SEOUL).date() - timedelta(days=1)
        assert last.isoweekday() < 6, "a window does not end on a weekend"
        assert last not in FREE, "nor on a holiday"
        assert last - window.arrived.astimezone(SEOUL).date() >= timedelta(days=APPEAL_DAYS), (
            "nor is it shorter than its days"
        )


def _published(story: Story, so: Expected) -> None:
    snapshots = list(Snapshot.objects.filter(round=story.round).order_by("number"))
    assert [snapshot.number for snapshot in snapshots] == list(range(1, so.snapshots + 1)), "one snapshot a publication"
    assert Announcement.objects.filter(round=story.round).count() == so.snapshots, "one announcement a snapshot"
    entries = story.round.entries.count()
    for snapshot in snapshots:
        assert SnapshotRow.objects.filter(snapshot=snapshot).count() == entries, "each entry stands in each snapshot"
        assert snapshot.advanced + snapshot.vacancies <= SEATS
    if snapshots:
        newest = dict(snapshots[-1].rows.values_list("entry__team__code", "outcome"))
        assert newest == so.outcomes, "the newest snapshot says who advances"


def _appeals(story: Story, so: Expected) -> None:
    found = {each.code: (each.entry.team.code, each.ground, each.state) for each in _of(story)}
    assert found == {code: (each.team, each.ground, each.state) for code, each in so.appeals.items()}, "the appeals"
    assert set(Waiver.objects.values_list("entry__team__code", flat=True)) == so.waived, "the waivers"


def _of(story: Story) -> list[Appeal]:
    return list(Appeal.objects.filter(round=story.round).select_related("entry__team"))


def _calls(story: Story, so: Expected) -> None:
    calls = {call.code: call for call in Call.objects.filter(programme=story.programme)}
    found = {code: (call.state, call.opened_at, call.closes_at) for code, call in calls.items()}
    assert found == {code: (call.state, call.opened, call.closes) for code, call in so.calls.items()}, (
        "each call is in its state, with its window"
    )
    vacancies = list(Vacancy.objects.filter(round=story.round))
    if any(call.opened_at for call in calls.values()):
        assert (story.round.state, so.pending()) == ("final", False), "no call opens while an appeal is open"
        assert all(each.closes <= call.opened_at for each in so.windows for call in calls.values() if call.opened_at)
    running = [call for call in calls.values() if call.state in {"open", "closed"}]
    assert len(running) <= 1, "never two calls for one vacancy"
    assert Authorisation.objects.filter(round=story.round, lapsed=False).count() <= 1, "one authorisation stands"
    counted = so.vacant() if so.state == "final" else 0
    assert [vacancy.seats for vacancy in vacancies] == ([counted] if counted else []), "seats that nobody took"
    advanced = sum(outcome == "advanced" for outcome in so.outcomes.values())
    assert advanced + sum(vacancy.seats for vacancy in vacancies) <= SEATS, "no more than the seats"
    selected = Application.objects.filter(state="selected", call__in=calls.values()).count()
    assert sum(vacancy.filled for vacancy in vacancies) == selected == so.filled
    assert Selection.objects.filter(application__isnull=False).count() == so.filled
