from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from core.actors import Actor
from core.models import Event
from core.roles import Role
from evaluation.models import Criterion, Entry, Gate, Panelist, Round, Target
from evaluation.operations.drafting import CriterionDraft, Named, RoundDraft, draft_round
from evaluation.rules.criteria import Criterion as Rule
from evaluation.rules.scales import Linear, ShareOfTarget
from evaluation.states import VacancyRule
from tests.story import NOW, Story, told
from tests.unchanged import refused, written

pytestmark = pytest.mark.django_db
RULES = (
    # A parent may stand after its children.
    Rule("common", Decimal(20), under="bench", source="measurements", scale=Linear(Fraction(1, 3)), places=2),
    Rule("bench", Decimal(40)),
    Rule("goal", Decimal(20), under="bench", source="measurements", scale=ShareOfTarget({"a": Decimal("1.50")})),
    Rule("expert", Decimal(60), source="sheets", aggregate="trimmed_mean", trim=2, quorum=7),
)


@pytest.fixture
def story() -> Story:
    return told()


def draft(story: Story, **given) -> RoundDraft:
    made = RoundDraft(
        code="stage-2",
        number=2,
        name_ko="2차",
        name_en="Stage 2",
        starts=date(2026, 2, 1),
        ends=date(2026, 6, 30),
        seats=1,
        criteria=[CriterionDraft(rule, f"{rule.code} ko", f"{rule.code} en") for rule in RULES],
        entries=[story.teams["a"]],
        panel=[story.people["expert-1"]],
        gates=[Named("originality", "독자성", "Originality")],
    )
    return replace(made, **given)


def drafted(story: Story, **given) -> Round:
    return draft_round(story.programme, draft(story, **given), actor=story.actor("official-1"), now=NOW)


def test_a_drafted_round_has_what_was_given(story):
    closes = datetime(2026, 6, 1, tzinfo=UTC)
    round = drafted(
        story,
        latest_end=date(2026, 7, 31),
        evidence_closes=closes,
        vacancy=VacancyRule.PROMOTE,
        floor=Decimal("60.50"),
        ties=["expert", "bench"],
        mean_places=3,
        appeal_days=7,
    )
    round.refresh_from_db()
    assert (round.state, round.code, round.number, round.seats) == ("draft", "stage-2", 2, 1)
    assert (round.starts, round.ends, round.latest_end) == (date(2026, 2, 1), date(2026, 6, 30), date(2026, 7, 31))
    assert (round.evidence_closes, round.vacancy, str(round.floor)) == (closes, "promote", "60.50")
    assert (round.ties, round.mean_places, round.appeal_days) == (["expert", "bench"], 3, 7)
    assert (round.opened_at, round.announced_at, round.appeals_close_at, round.appeals_closed_at) == (None,) * 4


def test_criteria_stand_in_their_order_under_their_parents(story):
    rows = Criterion.objects.filter(round=drafted(story)).order_by("position")
    assert list(rows.values_list("code", "parent__code", "points", "source", "aggregate", "trim", "quorum")) == [
        ("common", "bench", 20, "measurements", "mean", 1, None),
        ("bench", None, 40, None, "mean", 1, None),
        ("goal", "bench", 20, "measurements", "mean", 1, None),
        ("expert", None, 60, "sheets", "trimmed_mean", 2, 7),
    ]
    scales = rows.values_list("scale", "factor_numerator", "factor_denominator", "places")
    assert list(scales) == [
        ("linear", 1, 3, 2),
        ("points", None, None, 1),
        ("share_of_target", None, None, 1),
        ("points", None, None, 1),
    ]


def test_targets_entries_gates_and_panel_are_written(story):
    round = drafted(story)
    targets = Target.objects.filter(criterion__round=round).values_list("criterion__code", "team__code", "value")
    assert list(targets) == [("goal", "a", Decimal("1.50"))]
    assert list(Entry.objects.filter(round=round).values_list("team__code", "position")) == [("a", 0)]
    assert list(Gate.objects.filter(round=round).values_list("code", "rule")) == [("originality", "majority")]
    assert [row.account.code for row in Panelist.objects.filter(round=round)] == ["expert-1"]


def test_drafting_is_one_recorded_act(story):
    with written() as changes:
        drafted(story)
    assert {change.split(maxsplit=2)[2] for change in changes} == {"test.official-1 draft_round"}
    assert Event.objects.filter(verb="draft_round").latest("id").facts == {"code": "stage-2", "entries": ["a"]}


@pytest.mark.parametrize("taken", [{"code": "stage-1"}, {"number": 1}])
def test_a_taken_code_or_number_is_duplicate(story, taken):
    with refused("duplicate"):
        drafted(story, **taken)


def test_faults_of_the_criteria_are_out_of_range_and_all_told(story):
    wrong = [Rule("bench", Decimal(40)), Rule("expert", Decimal(50), source="sheets", quorum=0)]
    with refused("out_of_range") as caught:
        drafted(story, criteria=[CriterionDraft(rule, rule.code, rule.code) for rule in wrong])
    assert caught.value.facts == {"faults": 3}


@pytest.mark.parametrize("ties", [["nothing"], ["expert", "nothing"]])
def test_ties_are_broken_by_criteria_that_exist(story, ties):
    with refused("out_of_range"):
        drafted(story, ties=ties)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.OFFICIAL, Role.SYSTEM}])
def test_only_officials_draft(story, role):
    with refused("not_allowed"):
        draft_round(story.programme, draft(story), actor=Actor("somebody", frozenset({role})), now=NOW)
