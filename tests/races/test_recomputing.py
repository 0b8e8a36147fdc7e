"""Live standings under eight writers: nothing is stale once it is quiet, and no input is lost."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from threading import Event as Signal

import pytest
from django.db import transaction

from consortia.operations.teams import register_person
from core.roles import Role
from evaluation.models import Cell, LiveStanding, Mark, Sheet, StaleMark
from evaluation.operations.recomputing import recompute
from evaluation.operations.sheets import submit_sheet
from evaluation.queries.standings import computed_standings
from evaluation.rules.criteria import Criterion as Rule
from tests.appeals.due import beside, drafted
from tests.races.together import SECONDS, codes, together
from tests.story import SYSTEM, TEAMS, Story

pytestmark = pytest.mark.usefixtures("server")
EXPERTS = tuple(f"juror-{number}" for number in range(1, 9))
SHEETS = (Rule("expert", Decimal(100), source="sheets", quorum=1),)


@pytest.fixture
def story(server) -> Story:
    """An open round of five teams that eight experts score."""
    first = drafted(teams=TEAMS)
    for code in EXPERTS:
        first.people[code] = register_person(
            first.programme,
            actor=SYSTEM,
            now=first.now,
            code=code,
            name_ko=code,
            name_en=code,
            role=Role.EVALUATOR,
            organisation=first.organisations["outside"],
            team=None,
        )
    panel, entries = [first.people[code] for code in EXPERTS], list(first.teams.values())[:5]
    return beside(first, 2, criteria=SHEETS, panel=panel, entries=entries, gates=[]).open()


def submitting(story: Story, expert: str) -> Callable[[], None]:
    """One expert's sheets for every team, one after another."""

    def submit() -> None:
        for number, team in enumerate(TEAMS):
            submit_sheet(
                story.entry(team),
                person=story.people[expert],
                points={story.criterion("expert"): Decimal(10 * number + int(expert[-1])) + Decimal("0.25")},
                actor=story.actor(expert),
                now=story.now,
            )

    return submit


def recomputing(story: Story, over: Signal) -> int:
    """Recompute again and again until the writers are done and nothing is stale; how often there was something."""
    runs = 0
    while True:
        last = over.is_set()
        if recompute(story.round, actor=SYSTEM, now=story.now):
            runs += 1
        elif last:
            return runs


def writing(story: Story, over: Signal) -> None:
    """All experts at once, on threads of their own."""
    try:
        together(*(submitting(story, expert) for expert in EXPERTS))
    finally:
        over.set()


def live(story: Story) -> dict[str, tuple[object, ...]]:
    rows = LiveStanding.objects.filter(entry__round=story.round)
    return {row.entry.team.code: (row.rank, row.total, row.outcome) for row in rows.select_related("entry__team")}


def computed(story: Story) -> dict[str, tuple[object, ...]]:
    return {row.team: (row.rank, row.total, row.outcome) for row in computed_standings(story.round).standings.rows}


@pytest.mark.parametrize("recomputers", [1, 3])
def test_nothing_is_stale_once_quiet(story, recomputers):
    over = Signal()
    together(partial(writing, story, over), *[partial(recomputing, story, over)] * recomputers)

    assert StaleMark.objects.filter(round=story.round).count() == 0
    assert live(story) == computed(story)


def test_no_sheet_is_lost_and_none_is_counted_twice(story):
    over = Signal()
    together(partial(writing, story, over), partial(recomputing, story, over))

    assert (Sheet.objects.count(), Mark.objects.count()) == (40, 40)
    assert set(Cell.objects.filter(criterion__code="expert").values_list("count", flat=True)) == {8}


def test_an_input_does_not_wait_for_a_recomputation(story):
    """A recomputation that is not committed yet holds up nobody who scores."""
    held, submitted = Signal(), Signal()

    def hold() -> bool:
        with transaction.atomic():
            recompute(story.round, actor=SYSTEM, now=story.now)
            held.set()
            return submitted.wait(SECONDS)

    def submit() -> None:
        assert held.wait(SECONDS)
        submitting(story, EXPERTS[0])()
        submitted.set()

    assert together(hold, submit) == [True, None]


def test_two_experts_never_wait_for_each_other(story):
    """One sheet is handed in whole while another's transaction is open."""
    held, submitted = Signal(), Signal()

    def hold() -> bool:
        with transaction.atomic():
            submitting(story, EXPERTS[0])()
            held.set()
            return submitted.wait(SECONDS)

    def submit() -> None:
        assert held.wait(SECONDS)
        submitting(story, EXPERTS[1])()
        submitted.set()

    assert together(hold, submit) == [True, None]


def test_the_same_sheet_from_two_windows_is_handed_in_once(story):
    """The second press of the button finds the first sheet, whole."""
    results = together(*[submitting(story, EXPERTS[0])] * 4)

    assert codes(results) == ["done"] * 4
    assert (Sheet.objects.count(), Mark.objects.count()) == (5, 5)
