"""Batches of responses that came in by mistake: taken out by two officials, before the announcement and after it."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.utils.translation import override

from core.models import Decision, Event
from core.operations.decisions import approve, prepare
from evaluation.models import Response, ResponseBatch, ResponseBatchExclusion, StaleMark
from evaluation.operations.entries import withdraw
from evaluation.operations.figures import record_points, record_responses
from evaluation.operations.importing import import_responses, listed
from evaluation.operations.recomputing import recompute
from evaluation.queries.digests import inputs_digest
from evaluation.queries.explain import AT_ONCE, explained
from evaluation.queries.inputs import entry_inputs
from evaluation.queries.judged import judged
from evaluation.queries.standings import board
from evaluation.rules.criteria import Criterion as Rule
from evaluation.rules.scales import Linear
from evaluation.verbs import EXCLUDE_RESPONSES
from tests.evaluation.operations.corrections import corrected, responses
from tests.story import NOW, SYSTEM, Story, told
from tests.support import decided
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db
CRITERIA = (
    Rule("bench", Decimal(40), source="direct"),
    Rule("user", Decimal(60), source="responses", quorum=2, scale=Linear(Fraction(3))),
)


@pytest.fixture
def story() -> Story:
    """a has 18, 20 twice; b has 10 and 12, and by mistake 2 in a batch of its own. A mark counts three times."""
    story = right()
    answered(story, "a", "again", 18, 20)
    answered(story, "b", "wrong", 2)
    return story


def right(code: str = "test") -> Story:
    story = told(code, teams="ab", seats=1, criteria=CRITERIA).open()
    for team, marks in (("a", (18, 20)), ("b", (10, 12))):
        answered(story, team, "m1", *marks)
        facts = {"criterion": story.criterion("bench"), "points": Decimal(30)}
        record_points(story.entry(team), actor=story.actor("official-1"), now=NOW, **facts)
    return story


def answered(story: Story, team: str, batch: str | None, *marks: int) -> ResponseBatch:
    facts = {"criterion": story.criterion("user"), "marks": [Decimal(mark) for mark in marks], "batch": batch}
    return record_responses(story.entry(team), actor=story.actor("official-1"), now=NOW, **facts)


def batch_of(story: Story, code: str, team: str = "b") -> ResponseBatch:
    return ResponseBatch.objects.get(entry=story.entry(team), code=code)


def taken_out(story: Story, batch: ResponseBatch, reason: str = "다른 팀의 파일") -> Decision:
    return decided(story, EXCLUDE_RESPONSES, batch, reason=reason)


def scores(story: Story) -> list[str | None]:
    return [row.scores["user"] for row in sorted(board(story.round).rows, key=lambda row: row.team)]


def announced(story: Story) -> Story:
    for team in "ab":
        story.judge(team)
    return story.announce()


def test_a_batch_counts_no_more_and_stays(story: Story):
    recompute(story.round, actor=SYSTEM, now=NOW)
    assert scores(story) == ["57.0", "24.0"]
    before = inputs_digest(story.round)
    wrong = batch_of(story, "wrong")
    with written() as changes:
        decision = taken_out(story, wrong)
    row = ResponseBatchExclusion.objects.get()
    assert (row.batch, row.reason, row.by.username, row.at) == (wrong, "다른 팀의 파일", "test.official-2", NOW)
    assert "evaluation_responsebatchexclusion I test.official-2 exclude_responses" in changes
    event = Event.objects.get(verb="exclude_responses", subject_kind="evaluation.entry")
    assert event.facts == {"criterion": "user", "batch": "wrong", "responses": 1}
    assert event.mandate == f"decision:{decision.pk}"
    # Whoever reads what counts reads it without the batch; what was answered is there still.
    assert (scores(story), Response.objects.count()) == (["57.0", "33.0"], 7)
    assert sorted(dict(entry_inputs(story.round)[1].values)["user"]) == [10, 12]
    assert judged(story.round)[1].tally("user") == {Decimal(10): 1, Decimal(12): 1}
    assert inputs_digest(story.round) != before
    assert StaleMark.objects.latest("pk").criterion == story.criterion("user")
    assert recompute(story.round, actor=SYSTEM, now=NOW)
    assert scores(story) == ["57.0", "33.0"]


def test_a_doubled_batch_leaves_the_other_and_the_digest_is_that_of_one(story: Story):
    taken_out(story, batch_of(story, "again", "a"))
    taken_out(story, batch_of(story, "wrong"))
    assert inputs_digest(story.round) == inputs_digest(right("other").round)


def test_one_that_is_excluded_already_is_returned_as_it_stands(story: Story):
    wrong = batch_of(story, "wrong")
    taken_out(story, wrong)
    taken_out(story, wrong, reason="다시")
    assert ResponseBatchExclusion.objects.get().reason == "다른 팀의 파일"


def test_an_exclusion_meanwhile_voids_what_was_prepared(story: Story):
    wrong = batch_of(story, "wrong")
    waiting = prepare(
        EXCLUDE_RESPONSES, wrong, actor=story.actor("official-1"), now=NOW, reason="먼저 기안", arguments={}
    )
    taken_out(story, wrong)
    after = approve(waiting, actor=story.actor("official-2"), now=NOW)
    assert after.state == "void"
    assert ResponseBatchExclusion.objects.get().reason == "다른 팀의 파일"


def test_the_number_stays_used_and_the_right_file_comes_under_another(story: Story):
    taken_out(story, batch_of(story, "wrong"))
    with refused("duplicate"):
        answered(story, "b", "wrong", 11, 13)
    answered(story, "b", "right", 11, 13)
    assert scores(story) == ["57.0", "34.5"]


def test_an_import_of_which_a_batch_is_excluded_does_not_stand_already(story: Story):
    rows = listed([("a", "user", Decimal(20)), ("b", "user", Decimal(2))])
    official = {"actor": story.actor("official-1"), "now": NOW}
    first = import_responses(story.round, rows, key="파일", **official)
    with unchanged():
        assert import_responses(story.round, rows, key="파일", **official) == first
    taken_out(story, batch_of(story, "파일"))
    with refused("duplicate"):
        import_responses(story.round, rows, key="파일", **official)
    import_responses(story.round, listed([("b", "user", Decimal(11))]), key="바른 파일", **official)


def test_what_is_left_may_be_too_little_until_more_comes(story: Story):
    taken_out(story, batch_of(story, "m1"))
    recompute(story.round, actor=SYSTEM, now=NOW)
    assert scores(story) == ["57.0", None]
    taken_out(story, batch_of(story, "wrong"))
    recompute(story.round, actor=SYSTEM, now=NOW)
    assert scores(story) == ["57.0", None]
    answered(story, "b", "right", 11, 13)
    recompute(story.round, actor=SYSTEM, now=NOW)
    assert scores(story) == ["57.0", "36.0"]


def test_a_reason_must_be_given(story: Story):
    with refused("incomplete"):
        taken_out(story, batch_of(story, "wrong"), reason=" ")


def test_what_is_left_must_lie_within_its_bounds(story: Story):
    """(10 + 12 + 30 + 30) / 4 x 3 is 61.5, still with 2 it was 50.4."""
    answered(story, "b", "high", 30, 30)
    with refused("out_of_range"):
        taken_out(story, batch_of(story, "wrong"))


def test_a_team_that_has_withdrawn(story: Story):
    withdraw(story.entry("b"), reason="사정", actor=story.actor("official-1"), now=NOW)
    with refused("wrong_state"):
        taken_out(story, batch_of(story, "wrong"))


@pytest.mark.parametrize("who", ["expert-1", "reviewer-1", "a-lead", "auditor-1", "operator-1"])
def test_only_officials_prepare_it(story: Story, who: str):
    with refused("not_allowed"):
        prepare(EXCLUDE_RESPONSES, batch_of(story, "wrong"), actor=story.actor(who), now=NOW, reason="사유")


def test_once_announced_it_is_a_correction(story: Story):
    announced(story)
    with refused("locked"):
        taken_out(story, batch_of(story, "wrong"))
    made = corrected(story, responses("b", "wrong"), responses("a", "again"))
    assert made.items == [responses("b", "wrong"), responses("a", "again")]
    assert dict(made.after.rows.values_list("entry__team__code", "total")) == {"a": Decimal(87), "b": Decimal(63)}
    facts = ResponseBatchExclusion.objects.values_list("batch__code", "reason", "by__username").order_by("pk")
    assert list(facts) == [("wrong", "정정 사유", "test.official-2"), ("again", "정정 사유", "test.official-2")]
    corrected(story, responses("b", "wrong"))
    assert ResponseBatchExclusion.objects.count() == 2


def test_a_batch_without_a_code_is_called_by_its_place(story: Story):
    nameless = answered(story, "b", None, 5)
    named_so = answered(story, "a", f"#{nameless.pk}", 19)
    announced(story)
    assert str(nameless).endswith(f"#{nameless.pk}")
    corrected(story, responses("b", f"#{nameless.pk}"))
    corrected(story, responses("a", f"#{nameless.pk}"))
    assert list(ResponseBatchExclusion.objects.order_by("pk").values_list("batch", flat=True)) == [
        nameless.pk,
        named_so.pk,
    ]
    with refused("unknown"):
        corrected(story, responses("b", f"#{batch_of(story, 'm1').pk}"))


@pytest.mark.parametrize(
    ("correction", "code"),
    [
        (responses("b", "again"), "unknown"),
        (responses("c", "wrong"), "unknown"),
        (responses("b", "wrong", criterion="bench"), "unknown"),
        (responses("b", "#0"), "unknown"),
        (responses("b", "m1"), "incomplete"),
    ],
)
def test_a_correction_that_cannot_be(story: Story, correction: dict[str, Any], code: str):
    announced(story)
    with refused(code):
        corrected(story, correction)


def test_a_correction_may_not_raise_a_result_beyond_its_points(story: Story):
    """30 and 30 without 10, 12 and 2: times three, beyond 60."""
    answered(story, "b", "high", 30, 30)
    announced(story)
    with refused("out_of_range"):
        corrected(story, responses("b", "m1"), responses("b", "wrong"))


def test_the_explanation_names_what_is_left_out_after_what_counts(story: Story):
    taken_out(story, batch_of(story, "wrong"))
    with override("ko"):
        found = explained(story.entry("b"), "user")
    assert (found.points, found.pages) == ("33.0", 1)
    assert [(str(value.figure), value.what, value.left_out) for value in found.values] == [
        ("10", "묶음 m1", ""),
        ("12", "묶음 m1", ""),
        ("2", "묶음 wrong", "제외된 묶음: 다른 팀의 파일"),
    ]


def test_a_trimmed_mean_leaves_out_the_ends_of_what_counts():
    rule = Rule("user", Decimal(100), source="responses", aggregate="trimmed_mean")
    story = told(teams="a", seats=1, criteria=(rule,)).open()
    answered(story, "a", "right", 10, 20, 30)
    answered(story, "a", "wrong", *[1] * AT_ONCE)
    taken_out(story, batch_of(story, "wrong", "a"))
    with override("ko"):
        first, last = (explained(story.entry("a"), "user", page) for page in (1, 2))
    assert (first.pages, len(first.values), len(last.values)) == (2, AT_ONCE, 3)
    assert [value.left_out for value in first.values[:4]] == [
        "최저점 제외",
        "",
        "최고점 제외",
        "제외된 묶음: 다른 팀의 파일",
    ]
    assert {value.left_out for value in last.values} == {"제외된 묶음: 다른 팀의 파일"}
