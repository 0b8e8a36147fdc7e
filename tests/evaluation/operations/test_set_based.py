"""The set-based SQL against the rules in plain Python, on rounds by chance: the same to the last digit.

First everything at once, then one input after another, of which only the marked cells are computed anew.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.ledger.naming import named
from core.models import Decision
from evaluation.models import (
    Cell,
    Criterion,
    DirectPoints,
    Entry,
    LiveStanding,
    Mark,
    Measurement,
    MeasurementRun,
    Response,
    ResponseBatch,
    ResponseBatchExclusion,
    Round,
    Sheet,
    TieBreak,
    Verdict,
)
from evaluation.operations.drafting import CriterionDraft, Named, RoundDraft, draft_round
from evaluation.operations.inputs import mark_stale
from evaluation.operations.recomputing import recompute
from evaluation.queries.inputs import entry_inputs, tie_orders
from evaluation.queries.recounting import apart_from_live
from evaluation.queries.rules import round_rules
from evaluation.queries.standings import computed_standings
from evaluation.rules.criteria import Criterion as Rule
from evaluation.rules.criteria import faults
from evaluation.rules.digests import batch_digest, sheet_digest
from evaluation.rules.scales import ShareOfTarget
from evaluation.rules.standings import EntryInputs, RoundRules, compute
from tests.evaluation.rules.rounds import TEAMS, VALUES, entries, rules
from tests.story import NOW, SYSTEM, Story, told

pytestmark = pytest.mark.django_db
JUDGES = ("expert-1", "expert-2", "expert-3", "official-1", "official-2")
numbers = count(2)


@st.composite
def rounds(draw: st.DrawFn) -> tuple[RoundRules, list[EntryInputs]]:
    """Rules whose leaves have any source and trim, and entries with up to five values in a leaf.

    Often teams have the same values, and the floor is somebody's total: ranks and floors decide where things are equal.
    """
    laid_down = draw(rules())
    parent, first, second, third = laid_down.criteria
    aggregate, trim = draw(st.sampled_from([("trimmed_mean", 1), ("trimmed_mean", 2), ("mean", 1), ("sum", 1)]))
    first = replace(first, aggregate=aggregate, trim=trim, source=draw(st.sampled_from(["responses", "sheets"])))
    second = replace(second, aggregate=draw(st.sampled_from(["mean", "median"])))
    found = [
        replace(entry, values=entry.values | {"first": [*entry.values["first"], *draw(VALUES)][:5]})
        for entry in draw((entries(complete=True) | entries()).filter(bool))
    ]
    if draw(st.booleans()):
        alike = found[: draw(st.integers(1, 2))]
        found = [replace(draw(st.sampled_from(alike)), team=entry.team) for entry in found]
    teams = [entry.team for entry in found]
    laid_down = replace(laid_down, criteria=(parent, _aimed(first, teams), _aimed(second, teams), third))
    totals = {row.total for row in compute(laid_down, found).rows}
    return replace(laid_down, floor=draw(st.sampled_from([laid_down.floor, *sorted(filter(None, totals))]))), found


def _aimed(leaf: Rule, teams: Sequence[str]) -> Rule:
    """A scale by targets names the teams that take part, and no others."""
    if not isinstance(leaf.scale, ShareOfTarget):
        return leaf
    return replace(leaf, scale=ShareOfTarget({team: leaf.scale.targets[team] for team in teams}))


class Written:
    """A round of the story's programme with these rules and entries, its rows written as they are."""

    def __init__(self, story: Story, laid_down: RoundRules, found: list[EntryInputs]) -> None:
        self.story, self.number = story, next(numbers)
        criteria = [CriterionDraft(rule, rule.code, rule.code) for rule in laid_down.criteria]
        draft = RoundDraft(
            code=f"round-{self.number}",
            number=self.number,
            name_ko="단계",
            name_en="Round",
            starts=date(2026, 1, 1),
            ends=date(2026, 2, 1),
            seats=laid_down.seats,
            criteria=criteria,
            entries=[story.teams[entry.team] for entry in found],
            panel=[],
            gates=[Named(code, code, code) for code in laid_down.gates],
            vacancy=laid_down.vacancy,
            floor=laid_down.floor,
            ties=laid_down.ties,
            mean_places=laid_down.mean_places,
        )
        self.round = draft_round(story.programme, draft, actor=SYSTEM, now=NOW)
        self.criteria = {row.code: row for row in self.round.criteria.all()}
        self.entries = {row.team.code: row for row in self.round.entries.select_related("team")}
        Round.objects.filter(pk=self.round.pk).update(state="scoring", opened_at=NOW)
        self.round.refresh_from_db()
        for entry in found:
            for code, values in entry.values.items():
                for value in values:
                    self.give(entry.team, code, value)
            for gate, verdict in entry.verdicts.items():
                self.judge(entry.team, gate, verdict)
            if entry.withdrawn:
                Entry.objects.filter(pk=self.entries[entry.team].pk).update(
                    withdrawn_at=NOW, withdrawn_by=story.people["official-1"], withdrawal_reason="사정"
                )
        mark_stale(self.round, NOW)

    def takes(self, team: str, code: str) -> bool:
        """Whether a further value can come: the team takes part, and there is a judge left who has no sheet."""
        entry = self.entries.get(team)
        judged = entry is not None and self.criteria[code].source == "sheets"
        return entry is not None and not (judged and entry.sheets.count() == len(JUDGES))

    def order(self, order: Sequence[str] | None) -> None:
        """Officials order whoever is tied."""
        if order is not None:
            facts = {"reason": "사유", "decision": Decision.objects.latest("pk"), "at": NOW}
            TieBreak.objects.create(round=self.round, order=order, **facts)

    def give(self, team: str, code: str, value: Decimal) -> Criterion:
        """One value more in a leaf; points entered directly are superseded."""
        entry, leaf, by = self.entries[team], self.criteria[code], self.story.people["official-3"]
        if leaf.source == "responses":
            batch = ResponseBatch.objects.create(
                entry=entry, criterion=leaf, size=1, digest=batch_digest([value]), by=by, at=NOW
            )
            Response.objects.create(batch=batch, mark=value)
        elif leaf.source == "sheets":
            judge = self.story.people[JUDGES[entry.sheets.count()]]
            digest = sheet_digest({code: value})
            sheet = Sheet.objects.create(entry=entry, account=judge, digest=digest, at=NOW)
            Mark.objects.create(sheet=sheet, criterion=leaf, points=value)
        elif leaf.source == "measurements":
            run = MeasurementRun.objects.create(entry=entry, criterion=leaf, by=by, at=NOW)
            Measurement.objects.create(run=run, entry=entry, criterion=leaf, name=f"bench-{run.pk}", value=value)
        else:
            standing = DirectPoints.objects.standing().filter(entry=entry, criterion=leaf).first()
            DirectPoints.objects.create(entry=entry, criterion=leaf, points=value, by=by, at=NOW, supersedes=standing)
        return leaf

    def mistake(self, team: str, value: Decimal) -> None:
        """A batch of responses that came in by mistake and has been excluded; nowhere but where responses count."""
        if team in self.entries and self.criteria["first"].source == "responses":
            self.give(team, "first", value)
            self.take_out(self.entries[team].batches.latest("pk"))

    def take_out(self, batch: ResponseBatch) -> Criterion:
        facts = {"reason": "다른 팀의 파일", "by": self.story.people["official-3"], "at": NOW}
        return ResponseBatchExclusion.objects.create(batch=batch, **facts).batch.criterion

    def judge(self, team: str, gate: str, verdict: str) -> None:
        found = self.round.gates.filter(code=gate).first()
        if found is not None:
            facts = {"reason": "사유", "decision": Decision.objects.latest("pk"), "at": NOW}
            Verdict.objects.create(gate=found, entry=self.entries[team], verdict=verdict, **facts)

    def differences(self) -> list[object]:
        """Where what stands in the tables differs from the rules."""
        standings = compute(round_rules(self.round), entry_inputs(self.round), tie_orders(self.round))
        found: list[object] = list(apart_from_live(self.round, standings))
        if computed_standings(self.round).standings != standings:
            found.append("computed_standings")
        return found


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    case=rounds(),
    order=st.none() | st.permutations(TEAMS),
    later=st.lists(
        st.tuples(st.sampled_from(TEAMS), st.sampled_from(["first", "second", "third"]), st.sampled_from([1, 3, 20])),
        min_size=1,
        max_size=6,
    ),
    mistakes=st.lists(st.tuples(st.sampled_from(TEAMS), st.sampled_from([0, 2, 20])), max_size=4),
)
def test_the_tables_agree_with_the_rules(whole_story, case, order, later, mistakes):
    laid_down, found = case
    if not found or faults(laid_down.criteria, [entry.team for entry in found], ties=laid_down.ties):
        return
    with transaction.atomic():
        with named(actor="test", verb="test"):
            written = Written(whole_story, laid_down, found)
            written.order(order)
            for team, value in mistakes:
                written.mistake(team, Decimal(value))
        assert recompute(written.round, actor=SYSTEM, now=NOW)
        drawn = compute(laid_down, found, [order] if order is not None else [])
        stands = LiveStanding.objects.filter(round=written.round).values_list("entry__team__code", "rank", "total")
        assert {row.team: (row.rank, row.total) for row in drawn.rows} == {
            team: (rank, total) for team, rank, total in stands
        }
        assert written.differences() == []
        for team, code, value in later:
            if written.takes(team, code):
                with named(actor="test", verb="test"):
                    leaf = written.give(team, code, Decimal(value))
                    mark_stale(written.round, NOW, written.entries[team], [leaf])
                assert recompute(written.round, actor=SYSTEM, now=NOW)
                assert written.differences() == []
        for team, _ in mistakes:
            given = ResponseBatch.objects.filter(entry=written.entries.get(team), exclusion__isnull=True).first()
            if given is not None:
                with named(actor="test", verb="test"):
                    mark_stale(written.round, NOW, given.entry, [written.take_out(given)])
                assert recompute(written.round, actor=SYSTEM, now=NOW)
                assert written.differences() == []
        transaction.set_rollback(True)


@pytest.mark.parametrize("quorum", [None, 4])
def test_a_cell_has_a_result_once_the_values_are_enough(whole_story, quorum):
    """A mean without one value at each end needs three, or as many as its quorum says."""
    first = Rule("first", Decimal(100), source="responses", aggregate="trimmed_mean", trim=1, quorum=quorum)
    laid_down = RoundRules((first,), (), 2, "recruit", None, (), 1)
    numbers_of_values = dict(zip(TEAMS, range(6), strict=True))
    found = [EntryInputs(team, {"first": [Decimal(7)] * size}, {}) for team, size in numbers_of_values.items()]
    with transaction.atomic(), named(actor="test", verb="test"):
        written = Written(whole_story, laid_down, found)
    recompute(written.round, actor=SYSTEM, now=NOW)
    assert written.differences() == []
    complete = Cell.objects.filter(entry__round=written.round, points=7).order_by("count")
    assert list(complete.values_list("count", flat=True)) == list(range(quorum or 3, 6))


def test_ranks_shift_as_the_rules_rank(whole_story):
    """Six teams on a few totals, one of them the floor's, pass each other one at a time across two seats."""
    third = Rule("third", Decimal(100), source="direct")
    laid_down = RoundRules((third,), ("originality",), 2, "recruit", Decimal(2), (), 1)
    verdicts = dict(zip(TEAMS, ["failed", *["passed"] * 5], strict=True))
    found = [EntryInputs(team, {"third": [Decimal(1)]}, {"originality": verdicts[team]}) for team in TEAMS]
    with transaction.atomic(), named(actor="test", verb="test"):
        written = Written(whole_story, laid_down, found)
    recompute(written.round, actor=SYSTEM, now=NOW)
    chance = Random(1)
    for _ in range(60):
        with transaction.atomic(), named(actor="test", verb="test"):
            team = chance.choice(TEAMS)
            leaf = written.give(team, "third", Decimal(chance.randint(1, 4)))
            mark_stale(written.round, NOW, written.entries[team], [leaf])
        recompute(written.round, actor=SYSTEM, now=NOW)
        assert written.differences() == []


@pytest.fixture
def whole_story(db: None) -> Story:
    """Six teams, and an approved decision to hang verdicts on."""
    story = told(teams=TEAMS).open()
    story.judge("a")
    return story
