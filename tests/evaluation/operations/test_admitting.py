"""A selected team enters the next round late: once, by two officials, and nobody else."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from appeals.operations.applying import apply
from appeals.operations.selecting import vote_application
from appeals.sweeps import sweep
from appeals.verbs import AUTHORISE_CALL, SELECT
from core.actors import machine
from core.models import Decision, Event
from core.operations.decisions import decide
from evaluation.models import Admission, Filling, Round, Target
from evaluation.operations.criteria_changes import drop_criteria_proposal, propose_criteria
from evaluation.operations.drafting import CriterionDraft
from evaluation.operations.entries import withdraw
from evaluation.operations.opening import open_round
from evaluation.queries.criteria import criteria_version_of, documents_of
from evaluation.queries.development import development_time
from evaluation.queries.standings import board, computed_standings
from evaluation.rules.criteria import Criterion as Rule
from evaluation.rules.scales import ShareOfTarget
from evaluation.verbs import ADMIT_TO_ROUND, ANNOUNCE, MOVE_END
from tests.later import later_round
from tests.selection import SELECTED, TOTALS, selected, vacant
from tests.story import Story, told
from tests.support import decided
from tests.unchanged import refused, written

pytestmark = pytest.mark.django_db
STARTS = date(2026, 3, 1)


@pytest.fixture
def story() -> Story:
    return selected("y")


def second(story: Story, *, opened: bool = True, **given) -> Round:
    """The round after, for the teams that advanced."""
    round = later_round(
        story, **({"entries": [story.teams["a"], story.teams["b"]], "latest_end": date(2026, 7, 31)} | given)
    )
    if opened:
        open_round(round, actor=story.actor("official-1"), now=story.now)
    return Round.objects.get(pk=round.pk)


def admit(story: Story, round: Round, **given) -> None:
    decided(story, ADMIT_TO_ROUND, round, **({"team": "y", "starts": str(STARTS)} | given))


def entries(round: Round) -> list[tuple]:
    return list(round.entries.values_list("team__code", "position", "starts"))


@pytest.mark.parametrize("opened", [False, True])
def test_a_selected_team_enters_a_drafted_or_open_round_with_its_own_clock(story, opened):
    round = second(story, opened=opened)
    with written() as changes:
        admit(story, round)
    assert entries(round) == [("a", 0, None), ("b", 1, None), ("y", 2, STARTS)]
    admission = Admission.objects.get()
    assert (admission.round, admission.reason, admission.at) == (round, "사유", SELECTED)
    assert (admission.filling, admission.decision) == (
        Filling.objects.get(),
        Decision.objects.get(verb="admit_to_round"),
    )
    assert [change for change in changes if "admit_to_round" in change] == [
        "evaluation_admission I test.official-2 admit_to_round",
        "evaluation_entry I test.official-2 admit_to_round",
        "core_event I test.official-2 admit_to_round",
    ]
    assert Event.objects.get(verb="admit_to_round").facts == {
        "round": "stage-2",
        "team": "y",
        "starts": "2026-03-01",
        "targets": {},
    }


def test_a_selection_leaves_the_seat_it_filled(story):
    filling = Filling.objects.get()
    assert (filling.vacancy.round, filling.application.team, filling.at) == (
        story.round,
        story.teams["y"],
        SELECTED,
    )


def test_a_newcomer_is_scored_and_ranked_like_the_others(story):
    round = second(story)
    admit(story, round)
    later = Story(story.programme, round, story.teams, story.people, story.organisations, SELECTED)
    for team, total in {"a": 70, "b": 80, "y": 90}.items():
        later.score(team, total)
    rows = computed_standings(round).standings.rows
    assert next((row.team, row.rank, row.outcome) for row in rows) == ("y", 1, "advanced")


def test_admitting_again_is_the_same(story):
    round = second(story)
    for _ in range(2):
        admit(story, round)
    assert Admission.objects.count() == 1
    with refused("duplicate"):
        admit(story, round, starts="2026-03-02")


@pytest.mark.parametrize("team", ["c", "d", "x"])
def test_a_team_that_was_not_selected_does_not_enter(story, team):
    round = second(story)
    with refused("not_eligible"):
        admit(story, round, team=team)


def test_nobody_enters_while_a_vacancy_is_unfilled():
    story = vacant()
    story.now = SELECTED
    round = second(story)
    with refused("not_eligible"):
        admit(story, round)


def test_the_first_round_has_none_before_it(story):
    first = told("other").round
    with refused("not_eligible"):
        admit(story, first)


def test_a_selected_team_enters_the_next_round_and_not_the_one_after(story):
    second(story)
    third = second(story, code="stage-3", number=3)
    with refused("not_eligible"):
        admit(story, third)


def test_stages_may_be_numbered_with_gaps(story):
    round = second(story, number=5)
    admit(story, round)
    assert len(entries(round)) == 3


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"team": "nobody"}, "unknown"),
        ({"targets": {"bench": "10"}}, "unknown"),
        ({"reason": " "}, "incomplete"),
        ({"starts": "2026-02-19"}, "out_of_range"),
        ({"starts": "2026-07-01"}, "out_of_range"),
    ],
)
def test_an_admission_is_refused(story, given, code):
    round = second(story)
    with refused(code):
        admit(story, round, **given)


@pytest.mark.parametrize("starts", ["2026-02-20", "2026-06-30"])
def test_a_clock_starts_from_the_selection_to_the_round_s_last_day(story, starts):
    round = second(story)
    admit(story, round, starts=starts)
    assert entries(round)[-1] == ("y", 2, date.fromisoformat(starts))


def test_no_clock_starts_before_the_round(story):
    round = second(story, starts=date(2026, 3, 2))
    with refused("out_of_range"):
        admit(story, round)


def test_nobody_enters_an_announced_round(story):
    round = second(story, gates=[])
    later = Story(story.programme, round, story.teams, story.people, story.organisations, SELECTED)
    for team, total in {"a": 70, "b": 80}.items():
        later.score(team, total)
    later.decide(ANNOUNCE)
    with refused("wrong_state"):
        admit(story, later.fresh())


def test_panelists_do_not_decide(story):
    round = second(story, panel=[story.people["expert-1"], story.people["official-1"]])
    with refused("conflict_of_interest"):
        decide(
            ADMIT_TO_ROUND,
            round,
            preparer=story.actor("official-1"),
            approver=story.actor("official-2"),
            now=SELECTED,
            reason="사유",
            arguments={"team": "y", "starts": str(STARTS)},
        )


def with_targets(story: Story, *, opened: bool = True) -> Round:
    """Points are a share of a target that each team has of its own."""
    rule = Rule("bench", Decimal(40), source="direct")
    share = Rule("goal", Decimal(60), source="measurements", scale=ShareOfTarget({"a": Decimal(10), "b": Decimal(10)}))
    criteria = [CriterionDraft(each, each.code, each.code) for each in (rule, share)]
    return second(story, opened=opened, criteria=criteria)


def targets() -> list[tuple]:
    return list(Target.objects.order_by("pk").values_list("team__code", "value"))


ALL_TARGETS = [("a", Decimal(10)), ("b", Decimal(10)), ("y", Decimal("12.5"))]


def versions(round: Round) -> list[tuple]:
    return list(round.criteria_versions.values_list("number", "state", "reason"))


def test_a_newcomer_brings_its_target_which_is_laid_down_in_the_next_version(story):
    round = with_targets(story)
    with refused("incomplete"):
        admit(story, round)
    with refused("out_of_range"):
        admit(story, round, targets={"goal": "0"})
    admit(story, round, targets={"goal": "12.5"})
    assert targets() == ALL_TARGETS
    assert versions(round) == [(1, "superseded", ""), (2, "in_force", "사유")]
    version = criteria_version_of(round)
    assert (version.rules, version.decision) == (documents_of(round), Admission.objects.get().decision)
    assert version.rules[1]["scale"]["targets"] == {"a": "10", "b": "10", "y": "12.5"}
    assert list(round.criteria.values_list("code", "version")) == [("bench", 1), ("goal", 2)]
    assert board(round).criteria_version == 2


def test_a_target_that_came_while_the_round_was_drafted_follows_the_first_version_as_it_opens(story):
    round = with_targets(story, opened=False)
    admit(story, round, targets={"goal": "12.5"})
    assert (targets(), versions(round)) == (ALL_TARGETS, [(1, "proposed", "")])
    open_round(round, actor=story.actor("official-1"), now=SELECTED)
    assert versions(round) == [(1, "superseded", ""), (2, "in_force", "사유")]
    version = criteria_version_of(round)
    assert (version.rules, version.decision) == (documents_of(round), Admission.objects.get().decision)
    assert version.rules[1]["scale"]["targets"]["y"] == "12.5"
    assert targets() == ALL_TARGETS


def test_of_two_teams_that_were_let_in_each_has_a_version_of_its_own():
    story = told(seats=3).open().score_all(TOTALS, failed=["b", "c"]).announce()
    closed = story.round.appeals_close_at
    sweep(actor=machine("test"), now=closed)
    story.fresh()
    story.decide(AUTHORISE_CALL, call="additional-1", notice_days=10, now=closed)
    sweep(actor=machine("test"), now=closed)
    call = story.programme.calls.get()
    for team in "xy":
        during = call.opened_at + timedelta(days=1)
        application = apply(call, team=story.teams[team], actor=story.actor(f"{team}-lead"), now=during)
        for expert in ("expert-1", "expert-2", "expert-3", "expert-4"):
            by = {"person": story.people[expert], "actor": story.actor(expert)}
            vote_application(application, accept=True, now=SELECTED, **by)
    story.now = SELECTED
    for team in "xy":
        decided(story, SELECT, call, team=team)
    round = with_targets(story, opened=False)
    admit(story, round, team="y", targets={"goal": "12.5"})
    admit(story, round, team="x", targets={"goal": "7"})
    open_round(round, actor=story.actor("official-1"), now=SELECTED)
    laid = [each.rules[1]["scale"]["targets"] for each in round.criteria_versions.all()]
    before = {"a": "10", "b": "10"}
    assert laid == [before, {**before, "y": "12.5"}, {**before, "x": "7", "y": "12.5"}]
    assert [state for _, state, _ in versions(round)] == ["superseded", "superseded", "in_force"]
    assert criteria_version_of(round).rules == documents_of(round)
    assert list(round.criteria.values_list("code", "version")) == [("bench", 1), ("goal", 3)]


def test_no_target_comes_beside_a_change_that_was_proposed_without_it(story):
    round = with_targets(story)
    official = story.actor("official-1")
    changes = {"bench": {"name_ko": "벤치마크"}}
    proposal = propose_criteria(round, changes=changes, reason="이름", actor=official, now=SELECTED)
    with refused("wrong_state"):
        admit(story, round, targets={"goal": "12.5"})
    drop_criteria_proposal(proposal, reason="나중에", actor=official, now=SELECTED)
    admit(story, round, targets={"goal": "12.5"})
    assert [number for number, *_ in versions(round)] == [1, 2, 3]


def test_without_targets_a_newcomer_needs_no_version(story):
    round = second(story)
    propose_criteria(
        round, changes={"bench": {"name_ko": "벤치마크"}}, reason="이름", actor=story.actor("official-1"), now=SELECTED
    )
    admit(story, round)
    assert versions(round) == [(1, "in_force", ""), (2, "proposed", "이름")]


def test_net_time_shows_what_the_newcomer_lacks_and_moving_the_end_gives_it(story):
    round = second(story)
    admit(story, round)
    found = development_time(round)
    assert [(each.team, each.starts, each.days, each.short) for each in found.teams] == [
        ("a", date(2026, 2, 1), 150, 0),
        ("b", date(2026, 2, 1), 150, 0),
        ("y", STARTS, 122, 28),
    ]
    assert (found.needed_end, found.move_days, found.allowed) == (date(2026, 7, 28), 28, True)

    decided(story, MOVE_END, round, ends=str(found.needed_end))
    round = Round.objects.get(pk=round.pk)
    assert (round.ends, round.first_ends) == (date(2026, 7, 28), date(2026, 6, 30))
    after = development_time(round)
    assert [(each.team, each.days, each.short) for each in after.teams] == [
        ("a", 178, 0),
        ("b", 178, 0),
        ("y", 150, 0),
    ]
    decided(story, MOVE_END, round, ends="2026-07-31")
    assert Round.objects.get(pk=round.pk).first_ends == date(2026, 6, 30)


def test_net_time_takes_one_query_whatever_the_teams(story, django_assert_num_queries):
    round = second(story)
    with django_assert_num_queries(1):
        development_time(round)
    admit(story, round)
    with django_assert_num_queries(1):
        development_time(round)


def test_a_withdrawn_team_has_no_clock(story):
    round = second(story)
    entry = round.entries.get(team__code="a")
    withdraw(entry, reason="사유", actor=story.actor("official-1"), now=SELECTED)
    assert [each.team for each in development_time(round).teams] == ["b"]
