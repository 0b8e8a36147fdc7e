"""Small rounds for tests, set up through the operations that officials use.

`told()` gives a programme with a drafted round: criteria `bench` (direct, 40), `expert` (sheets, 35, quorum 1),
`user` (responses, 25), gate `originality`, five teams a to e, two seats unless said otherwise.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.utils import timezone

from consortia.models import Organisation, Programme, Team
from consortia.operations.programmes import found_programme
from consortia.operations.teams import Part, register_organisation, register_person, register_team
from core.actors import Actor, actor_of, machine
from core.models import Account, Decision
from core.operations.decisions import decide
from core.roles import Role
from evaluation.models import Criterion, Entry, Gate, Round
from evaluation.operations.drafting import CriterionDraft, Named, RoundDraft, draft_round
from evaluation.operations.figures import record_points, record_responses
from evaluation.operations.gates import find
from evaluation.operations.opening import open_round
from evaluation.operations.sheets import submit_sheet
from evaluation.rules.criteria import Criterion as Rule
from evaluation.states import FindingValue, VacancyRule
from evaluation.verbs import ANNOUNCE, DECIDE_GATE
from tests.kept import kept, step

T = TypeVar("T")
NOW = datetime(2026, 1, 15, 5, 0, tzinfo=UTC)  # 2026-01-15 14:00 in Seoul, a Thursday
SEOUL = ZoneInfo("Asia/Seoul")
TEAMS = ("a", "b", "c", "d", "e")
SYSTEM = machine("test")

CRITERIA = (
    Rule("bench", Decimal(40), source="direct"),
    Rule("expert", Decimal(35), source="sheets", quorum=1),
    Rule("user", Decimal(25), source="responses"),
)


def today() -> datetime:
    """A moment of this day by the clock that pages ask: the same for every test, so that its story can be kept."""
    return _moment(timezone.localdate(timezone=SEOUL))


@cache
def _moment(day: date) -> datetime:
    return timezone.now()


@dataclass
class Story:
    """A programme with one round and the people around it. `now` is when things happen unless a test says else."""

    programme: Programme
    round: Round
    teams: dict[str, Team]
    people: dict[str, Account]
    organisations: dict[str, Organisation]
    now: datetime = NOW

    def actor(self, code: str) -> Actor:
        """A person as an actor, by code: official-1, official-2, expert-1, expert-2, expert-3, a-lead, auditor-1 ..."""
        return actor_of(self.people[code])

    def entry(self, team: str) -> Entry:
        """The entry of a team, read anew."""
        return self.round.entries.select_related("team", "round").get(team__code=team)

    def criterion(self, code: str) -> Criterion:
        """A criterion by code."""
        return self.round.criteria.get(code=code)

    @property
    def gate(self) -> Gate:
        """The originality gate."""
        return self.round.gates.get(code="originality")

    def fresh(self) -> Round:
        """The round, read anew."""
        self.round = Round.objects.get(pk=self.round.pk)
        return self.round

    def open(self) -> "Story":
        """Open the round for scoring."""
        self.step("open", lambda: open_round(self.round, actor=self.actor("official-1"), now=self.now))
        self.fresh()
        return self

    def score(self, team: str, total: Decimal | int | str, expert: str = "expert-1") -> None:
        """Give a team scores that add up to `total`: bench as much as fits, then expert, then user."""
        left, entry = Decimal(total), self.entry(team)
        parts = {}
        for code, most in (("bench", 40), ("expert", 35), ("user", 25)):
            parts[code] = min(left, Decimal(most))
            left -= parts[code]
        official, now = self.actor("official-1"), self.now
        record_points(entry, criterion=self.criterion("bench"), points=parts["bench"], actor=official, now=now)
        submit_sheet(
            entry,
            person=self.people[expert],
            points={self.criterion("expert"): parts["expert"]},
            actor=self.actor(expert),
            now=now,
        )
        # 25 points are a share of nothing here: the mark itself is the score.
        record_responses(entry, criterion=self.criterion("user"), marks=[parts["user"]], actor=official, now=now)

    def judge(self, team: str, verdict: str = "passed") -> None:
        """One finding and the verdict of two officials that follows from it."""
        finding = FindingValue.MET if verdict == "passed" else FindingValue.NOT_MET
        find(
            self.entry(team),
            gate=self.gate,
            person=self.people["expert-1"],
            finding=finding,
            reason="검토 결과",
            actor=self.actor("expert-1"),
            now=self.now,
        )
        self.decide(DECIDE_GATE, gate="originality", team=team, verdict=verdict, reason="과반 의견")

    def decide(self, verb: Any, *, reason: str = "사유", now: datetime | None = None, **arguments: Any) -> Decision:
        """Two officials decide: official-1 prepares, official-2 approves."""
        return decide(
            verb,
            self.round,
            preparer=self.actor("official-1"),
            approver=self.actor("official-2"),
            now=now or self.now,
            reason=reason,
            arguments=arguments,
        )

    def score_all(self, totals: Mapping[str, Any], failed: Sequence[str] = ()) -> "Story":
        """Scores for every team, and a verdict for each: failed for those named, passed for the others."""

        def play() -> None:
            for team, total in totals.items():
                self.score(team, total)
            for team in totals:
                self.judge(team, "failed" if team in failed else "passed")

        self.step("score_all", play, totals, failed)
        return self

    def announce(self, **arguments: Any) -> "Story":
        """Announce the round at `now`."""
        self.step("announce", lambda: self.decide(ANNOUNCE, **arguments), arguments)
        self.fresh()
        return self

    def step(self, name: str, play: Callable[[], T], *arguments: object) -> T:
        """A play of this story that many tests begin with (tests/kept.py), told from others by its arguments."""
        return step(name, play, self.round.pk, self.now, *arguments)


@kept
def told(
    code: str = "test",
    *,
    seats: int = 2,
    vacancy: VacancyRule = VacancyRule.RECRUIT,
    floor: Decimal | None = None,
    ties: Sequence[str] = (),
    criteria: Sequence[Rule] = CRITERIA,
    teams: Sequence[str] = TEAMS,
    now: datetime = NOW,
    appeal_days: int = 10,
    evidence_closes: datetime | None = None,
) -> Story:
    """A programme with a drafted round."""
    programme, organisations, registered, people = cast(code, tuple(teams), now)
    draft = RoundDraft(
        code="stage-1",
        number=1,
        name_ko="1차 단계평가",
        name_en="Stage 1",
        starts=date(2025, 9, 1),
        ends=date(2026, 1, 15),
        latest_end=date(2026, 1, 31),
        evidence_closes=evidence_closes,
        seats=seats,
        vacancy=vacancy,
        floor=floor,
        ties=ties,
        appeal_days=appeal_days,
        criteria=[CriterionDraft(rule, rule.code, rule.code) for rule in criteria],
        gates=[Named("originality", "독자성", "Originality")],
        entries=[registered[team] for team in teams],
        panel=[people[f"expert-{number}"] for number in (1, 2, 3, 4, 5)],
    )
    round = draft_round(programme, draft, actor=SYSTEM, now=now)
    return Story(programme, round, registered, people, organisations, now)


@kept
def cast(
    code: str, teams: Sequence[str], now: datetime
) -> tuple[Programme, dict[str, Organisation], dict[str, Team], dict[str, Account]]:
    """Whom every story has, whatever its round is like: the programme, organisations, teams and people."""
    programme = found_programme(
        actor=SYSTEM, now=now, code=code, name_ko="시험 사업", name_en="Test", timezone="Asia/Seoul"
    )
    names = [*(f"org-{team}" for team in (*teams, "x", "y")), "outside"]
    organisations = {
        name: register_organisation(programme, actor=SYSTEM, now=now, code=name, name_ko=name, name_en=name)
        for name in names
    }
    # x applied before, y is a newcomer; neither takes part.
    registered = {
        team: register_team(
            programme,
            actor=SYSTEM,
            now=now,
            code=team,
            name_ko=f"팀 {team}",
            name_en=f"Team {team}",
            applied_before=team == "x",
            parts=[Part(organisations[f"org-{team}"], lead=True)],
        )
        for team in (*teams, "x", "y")
    }
    return programme, organisations, registered, _people(programme, organisations, registered, now)


def _people(
    programme: Programme, organisations: Mapping[str, Organisation], teams: Mapping[str, Team], now: datetime
) -> dict[str, Account]:
    """expert-4 belongs to team a's organisation; expert-5 to none that is known; expert-6 is not on the panel."""
    cast: list[tuple[str, Role, str | None, str | None]] = [
        *((f"official-{number}", Role.OFFICIAL, None, None) for number in (1, 2, 3)),
        *((f"expert-{number}", Role.EVALUATOR, "outside", None) for number in (1, 2, 3, 6)),
        ("expert-4", Role.EVALUATOR, "org-a", None),
        ("expert-5", Role.EVALUATOR, None, None),
        ("auditor-1", Role.AUDITOR, None, None),
        ("operator-1", Role.OPERATOR, None, None),
        ("reviewer-1", Role.REVIEWER, "outside", None),
        *((f"{team}-lead", Role.APPLICANT, None, team) for team in teams),
    ]
    return {
        code: register_person(
            programme,
            actor=SYSTEM,
            now=now,
            code=code,
            name_ko=code,
            name_en=code,
            role=role,
            organisation=organisations[organisation] if organisation else None,
            team=teams[team] if team else None,
        )
        for code, role, organisation, team in cast
    }
