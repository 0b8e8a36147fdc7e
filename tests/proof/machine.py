"""A round with its appeals and calls, driven at random through the operations; compared after each step.

It starts when the round could be announced, or deeper: announced, with notices that arrive on different days, on any
day of two years (as often as not one from which the tenth is a holiday); with its call open, or answered. Time goes on
by days, by hours, or to the edge of a window or call, a microsecond to either side.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from appeals.operations.applying import apply
from appeals.operations.filing import file_appeal, withdraw_appeal
from appeals.operations.reviewing import admit_appeal
from appeals.operations.selecting import vote_application
from appeals.operations.waiving import waive_appeal
from appeals.states import Ground
from appeals.sweeps import sweep
from appeals.verbs import AUTHORISE_CALL, CLOSE_APPEALS_EARLY, DECIDE_APPEAL, SELECT
from consortia.models import Application
from core.actors import machine
from evaluation.operations.figures import record_responses
from evaluation.verbs import ANNOUNCE
from tests.core.calendar.test_dates_by_hand import HOLIDAYS
from tests.proof import expected
from tests.proof.expected import DONE, NOTICE_DAYS, SEOUL, Objection
from tests.proof.staged import Staged

TEAMS = ("a", "b", "c", "d")
EXPERTS = ("expert-1", "expert-2", "expert-3", "expert-4")
TWO = ("official-1", "official-2")
TICK = timedelta(microseconds=1)
WAITS = (TICK, timedelta(hours=7), timedelta(days=1), timedelta(days=3))
CORRECTIONS: tuple[tuple[dict[str, Any], ...], ...] = (
    (),
    ({"set_gate": {"gate": "originality", "team": "b", "verdict": "passed"}},),
    ({"set_gate": {"gate": "originality", "team": "a", "verdict": "failed"}},),
    ({"set_points": {"team": "c", "criterion": "bench", "points": "60"}},),
    (
        {"set_points": {"team": "a", "criterion": "bench", "points": "10"}},
        {"set_gate": {"gate": "originality", "team": "b", "verdict": "passed"}},
    ),
)

teams, pairs = st.sampled_from(TEAMS), st.sampled_from([TWO] * 5 + [("official-1", "official-1")])
numbers = st.integers(0, 2)
FIRST, LAST = date(2025, 11, 10), date(2027, 8, 31)
BEFORE_HOLIDAYS = [day for day in (date.fromisoformat(day) for day, _ in HOLIDAYS.values()) if FIRST <= day <= LAST]
days = st.sampled_from(BEFORE_HOLIDAYS) | st.dates(FIRST, LAST)
grounds = st.sampled_from([Ground.DECISIVE_ERROR, Ground.OTHER, Ground.RULES])


class Proceedings(Staged):
    """One round of a programme, from a score too many to the second call."""

    @initialize(
        day=days,
        hour=st.sampled_from([time(0, 0), time(9, 30), time(23, 59, 59, 999999)]),
        late=st.dictionaries(teams, st.integers(0, 12), max_size=2),
        deep=st.sampled_from(["scored", "announced", "announced", "announced", "called", "answered"]),
    )
    def begin(self, day: date, hour: time, late: dict[str, int], deep: str) -> None:
        self.now = datetime.combine(day, hour, tzinfo=SEOUL)
        if deep != "scored":
            self.announce(late, TWO)
        if deep in {"called", "answered"}:
            self.authorise(0, TWO)
            self.end_in_time()
        if deep == "answered":
            for team in ("b", "x"):
                self.apply(0, team)
            self.end_in_time()

    # Time.

    @rule(by=st.sampled_from(WAITS))
    def wait(self, by: timedelta) -> None:
        self.now += by

    @rule(which=st.integers(0, 9), to=st.sampled_from([-TICK, timedelta(0), TICK]))
    def go_to_an_edge(self, which: int, to: timedelta) -> None:
        edges = [each.closes for each in self.is_so.windows] + [each.arrived for each in self.is_so.windows]
        edges += [call.closes for call in self.is_so.calls.values() if call.closes]
        ahead = sorted({edge for edge in edges if edge + to > self.now})
        if ahead:
            self.now = ahead[min(which, len(ahead) - 1)] + to

    @rule(sure=st.integers(0, 3))
    def let_it_end(self, sure: int) -> None:
        if sure == 0:
            self.end_in_time()

    def end_in_time(self) -> None:
        """The windows, or the call, run to their end, and the sweep comes by."""
        calls = [call.closes for call in self.is_so.calls.values() if call.state == "open" and call.closes]
        ends = [self.is_so.windows_end()] if self.is_so.state == "announced" else calls
        self.now = max([self.now, *ends])
        self.sweep()

    # Before the result is final.

    @rule(team=teams)
    def score(self, team: str) -> None:
        entry, official = self.story.entry(team), self.story.actor("official-1")
        mark = self.story.criterion("user").points / 2
        self.step(
            self.is_so.respond(),
            lambda: record_responses(
                entry, criterion=self.story.criterion("user"), marks=[mark], actor=official, now=self.now
            ),
        )

    @rule(late=st.dictionaries(teams, st.integers(0, 12), max_size=2), by=pairs)
    def announce(self, late: dict[str, int], by: tuple[str, str]) -> None:
        arrivals = {team: self.now + timedelta(days=late.get(team, 0)) for team in TEAMS}
        delivered = {team: arrivals[team].isoformat() for team in late}
        must = self.is_so.announce(alone=by[0] == by[1])
        if self.decide(must, ANNOUNCE, self.story.fresh(), by, delivered=delivered):
            self.is_so.announced(arrivals)

    @rule(team=teams)
    def announce_and_score(self, team: str) -> None:
        self.announce({}, TWO)
        self.score(team)

    @rule(team=teams)
    def waive(self, team: str) -> None:
        actor = self.story.actor(f"{team}-lead")
        entry = self.story.entry(team)
        if self.step(self.is_so.waive(team, self.now), lambda: waive_appeal(entry, actor=actor, now=self.now)):
            self.is_so.waived.add(team)

    @rule(team=teams, number=numbers, ground=grounds)
    def file(self, team: str, number: int, ground: Ground) -> None:
        code, entry, actor = f"appeal-{number}", self.story.entry(team), self.story.actor(f"{team}-lead")
        must = self.is_so.file(team, code, ground, self.now)
        if self.step(
            must,
            lambda: file_appeal(entry, code=code, ground=ground, statement="이유", actor=actor, now=self.now),
        ):
            self.is_so.appeals.setdefault(code, Objection(team, ground))

    @rule(team=teams, number=numbers, ground=grounds)
    def file_once_more(self, team: str, number: int, ground: Ground) -> None:
        """Under one number, and under the next."""
        self.file(team, number, ground)
        self.file(team, (number + 1) % 3, ground)

    @rule(team=teams, number=numbers, ground=grounds)
    def waive_and_file(self, team: str, number: int, ground: Ground) -> None:
        self.waive(team)
        self.file(team, number, ground)

    @rule(team=teams, number=numbers, to=st.sampled_from([-TICK, timedelta(0)]))
    def file_at_the_edge(self, team: str, number: int, to: timedelta) -> None:
        """In the last instant of the team's window, or in the first that is too late."""
        window = self.is_so.window(team, self.now)
        if window is not None:
            self.now = max(self.now, window.closes + to)
        self.file(team, number, Ground.OTHER)

    @rule(team=teams, number=numbers, corrections=st.sampled_from(CORRECTIONS))
    def object_and_be_heard(self, team: str, number: int, corrections: Any) -> None:
        self.file(team, number, Ground.DECISIVE_ERROR)
        if f"appeal-{number}" in self.is_so.appeals:
            which = sorted(self.is_so.appeals).index(f"appeal-{number}")
            self.admit(which, True)
            self.decide_appeal(which, "upheld", corrections, TWO)

    @precondition(lambda self: self.is_so.appeals)
    @rule(number=numbers, yes=st.sampled_from([True, True, True, False]))
    def admit(self, number: int, yes: bool) -> None:
        code, appeal = self.appeal(number)
        official = self.story.actor("official-1")
        if self.step(
            self.is_so.admit(code, yes=yes),
            lambda: admit_appeal(appeal, admitted=yes, reason="사유", actor=official, now=self.now),
        ):
            self.is_so.appeals[code].state = "admitted" if yes else "rejected"

    @precondition(lambda self: self.is_so.appeals)
    @rule(number=numbers, team=teams)
    def withdraw(self, number: int, team: str) -> None:
        code, appeal = self.appeal(number)
        actor = self.story.actor(f"{team}-lead")
        if self.step(self.is_so.withdraw(code, team), lambda: withdraw_appeal(appeal, actor=actor, now=self.now)):
            self.is_so.appeals[code].state = "withdrawn"

    @precondition(lambda self: self.is_so.appeals)
    @rule(
        number=numbers,
        outcome=st.sampled_from(["upheld", "partly_upheld", "dismissed"]),
        corrections=st.sampled_from(CORRECTIONS),
        by=pairs,
    )
    def decide_appeal(self, number: int, outcome: str, corrections: Any, by: tuple[str, str]) -> None:
        code, appeal = self.appeal(number)
        must = self.is_so.decide(code, outcome, len(corrections), alone=by[0] == by[1])
        if self.decide(must, DECIDE_APPEAL, appeal, by, outcome=outcome, corrections=list(corrections)):
            self.is_so.appeals[code].state = outcome
            if corrections:
                self.is_so.corrected(corrections, self.now)

    @rule(by=pairs)
    def close_early(self, by: tuple[str, str]) -> None:
        must = self.is_so.close_early(self.now, alone=by[0] == by[1])
        if self.decide(must, CLOSE_APPEALS_EARLY, self.story.round, by):
            self.is_so.closed_early(self.now)

    # The call.

    @rule(number=numbers, by=pairs)
    def authorise(self, number: int, by: tuple[str, str]) -> None:
        code = f"call-{number}"
        must = self.is_so.authorise(code, alone=by[0] == by[1])
        if self.decide(must, AUTHORISE_CALL, self.story.fresh(), by, call=code, notice_days=NOTICE_DAYS):
            self.is_so.calls.setdefault(code, expected.Call())

    @rule()
    def sweep(self) -> None:
        self.step(DONE, lambda: sweep(actor=machine("beat"), now=self.now, programme=self.story.programme.pk))
        self.is_so.swept(self.now)

    @precondition(lambda self: self.is_so.calls)
    @rule(number=numbers, team=st.sampled_from(["a", "b", "x", "y"]))
    def apply(self, number: int, team: str) -> None:
        code, call = self.call(number)
        actor = self.story.actor(f"{team}-lead")
        if self.step(
            self.is_so.apply(code, team, self.now),
            lambda: apply(call, team=self.story.teams[team], actor=actor, now=self.now),
        ):
            self.is_so.calls[code].applicants[team] = "submitted"
            self.is_so.calls[code].votes[team] = {}

    @precondition(lambda self: any(call.applicants for call in self.is_so.calls.values()))
    @rule(number=numbers, which=numbers, expert=st.sampled_from(EXPERTS), accept=st.sampled_from([True, True, False]))
    def vote(self, number: int, which: int, expert: str, accept: bool) -> None:
        code, team = self.answer(number, which)
        application = Application.objects.get(call__code=code, team__code=team)
        person, actor = self.story.people[expert], self.story.actor(expert)
        if self.step(
            self.is_so.vote(code, team, expert, self.now, accept=accept),
            lambda: vote_application(application, person=person, accept=accept, actor=actor, now=self.now),
        ):
            self.is_so.calls[code].votes[team][expert] = accept

    @precondition(lambda self: any(call.applicants for call in self.is_so.calls.values()))
    @rule(number=numbers, which=numbers)
    def vote_all(self, number: int, which: int) -> None:
        for expert in EXPERTS[:3]:
            self.vote(number, which, expert, True)

    @precondition(lambda self: self.is_so.calls)
    @rule(number=numbers, team=st.sampled_from(["none", "b", "x", "y"]), by=pairs)
    def select(self, number: int, team: str, by: tuple[str, str]) -> None:
        code, call = self.call(number)
        must = self.is_so.select(code, team, self.now, alone=by[0] == by[1])
        if self.decide(must, SELECT, call, by, team=team):
            self.is_so.selected(code, team)
