"""What must follow, told a second time and in another way: plain Python, no rule of the build is used.

The machine compares the build with this. Days are taken from the table that was counted by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.core.calendar.test_dates_by_hand import HOLIDAYS
from tests.proof.ranked import Ranked
from tests.proof.scored import SEATS

SEOUL = ZoneInfo("Asia/Seoul")
# Those of 2028 in which a round that begins in 2027 may end, from the same printed calendar.
LATER = "01-01 01-26 01-27 01-28 03-01 04-12 05-01 05-02 05-05 06-06 07-17 08-15 10-02 10-03 10-04 10-05 10-09 12-25"
FREE = frozenset(date.fromisoformat(day) for day in [*HOLIDAYS, *(f"2028-{day}" for day in LATER.split())])
APPEAL_DAYS, NOTICE_DAYS = 10, 10
DONE = "done"
INADMISSIBLE = frozenset({"panel_choice", "rules", "method", "amounts"})
UNDECIDED = frozenset({"filed", "admitted"})


def last_day(first: date, days: int) -> date:
    """Counted on the fingers: the day after the first is day one; a last day that is free moves on."""
    day = first
    for _ in range(days):
        day += timedelta(days=1)
    while day.isoweekday() in {6, 7} or day in FREE:
        day += timedelta(days=1)
    return day


def too_late_from(at: datetime, days: int) -> datetime:
    """24:00 in Seoul of the last day."""
    return datetime.combine(last_day(at.astimezone(SEOUL).date(), days) + timedelta(days=1), time(), tzinfo=SEOUL)


@dataclass
class Window:
    """A team's window, from one notice."""

    team: str
    arrived: datetime
    closes: datetime
    ended_early: bool = False


@dataclass
class Objection:
    """An appeal as it should stand."""

    team: str
    ground: str
    state: str = "filed"


@dataclass
class Call:
    """A call as it should stand. `votes`: team -> expert -> accept."""

    state: str = "authorised"
    lapsed: bool = False
    seats: int = 0
    opened: datetime | None = None
    closes: datetime | None = None
    applicants: dict[str, str] = field(default_factory=dict)
    votes: dict[str, dict[str, bool]] = field(default_factory=dict)

    def choice(self, team: str) -> str:
        """What the votes come to: a team needs more than half of all evaluators; nobody, that no team left has them."""
        accepted = {each for each, votes in self.votes.items() if sum(votes.values()) > EVALUATORS / 2}
        left = {each for each, state in self.applicants.items() if state == "submitted"}
        if team == "none":
            return "no_majority" if accepted & left else DONE
        if team not in left:
            return "wrong_state"
        return DONE if team in accepted else "no_majority"

    def over(self, now: datetime) -> bool:
        """Whether its time is over, swept or not."""
        return self.closes is not None and now >= self.closes


@dataclass
class Expected:
    """The round, its windows, appeals, waivers and calls as they should stand."""

    state: str = "scoring"
    result: Ranked = field(default_factory=Ranked)
    windows: list[Window] = field(default_factory=list)
    waived: set[str] = field(default_factory=set)
    appeals: dict[str, Objection] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    snapshots: int = 0
    filled: int = 0

    # What is so at a moment.

    def announced(self, arrivals: Mapping[str, datetime]) -> None:
        """Every team is notified, each at its own time."""
        self.state, self.snapshots = "announced", 1
        self.outcomes = self.result.outcomes()
        for team, arrived in arrivals.items():
            self.windows.append(Window(team, arrived, too_late_from(arrived, APPEAL_DAYS)))

    def corrected(self, corrections: Sequence[Mapping[str, Any]], now: datetime) -> None:
        """Whoever's outcome changed is notified anew."""
        self.snapshots += 1
        self.result.correct(corrections)
        before, self.outcomes = self.outcomes, self.result.outcomes()
        for team, outcome in self.outcomes.items():
            if before[team] != outcome:
                self.windows.append(Window(team, now, too_late_from(now, APPEAL_DAYS)))

    def window(self, team: str, now: datetime) -> Window | None:
        """The team's newest window that has begun."""
        begun = [each for each in self.windows if each.team == team and each.arrived <= now]
        return max(begun, key=lambda each: each.closes, default=None)

    def windows_end(self) -> datetime:
        """When the last of them is over."""
        return max(each.closes for each in self.windows)

    def pending(self) -> bool:
        """Whether an appeal is undecided."""
        return any(each.state in UNDECIDED for each in self.appeals.values())

    def vacant(self) -> int:
        """Seats for which there is no team."""
        return SEATS - sum(outcome == "advanced" for outcome in self.outcomes.values())

    def standing_call(self) -> Call | None:
        """The call that has been authorised for the vacancy and has not come to nothing."""
        return next((call for call in self.calls.values() if not call.lapsed), None)

    # What a step must come to: `done`, or the code of its refusal.

    def respond(self) -> str:
        return DONE if self.state == "scoring" else "locked"

    def announce(self, *, alone: bool) -> str:
        if alone:
            return "same_person"
        return DONE if self.state == "scoring" else "wrong_state"

    def waive(self, team: str, now: datetime) -> str:
        window = self.window(team, now)
        if window is None:
            return "not_entitled"
        return "too_late" if team not in self.waived and now >= window.closes else DONE

    def file(self, team: str, code: str, ground: str, now: datetime) -> str:
        window = self.window(team, now)
        if team in self.waived or window is None:
            return "not_entitled"
        known = self.appeals.get(code)
        if known and (known.team, known.ground) == (team, ground) and known.state != "withdrawn":
            return DONE
        if now >= window.closes or self.state == "final":
            return "too_late"
        taken = any((each.team, each.ground) == (team, ground) for each in self.appeals.values())
        return "duplicate" if known or taken else DONE

    def admit(self, code: str, *, yes: bool) -> str:
        appeal = self.appeals[code]
        if appeal.state != "filed":
            return "wrong_state"
        return "inadmissible" if yes and appeal.ground in INADMISSIBLE else DONE

    def withdraw(self, code: str, team: str) -> str:
        appeal = self.appeals[code]
        if appeal.team != team:
            return "not_entitled"
        return DONE if appeal.state in UNDECIDED else "wrong_state"

    def decide(self, code: str, outcome: str, corrections: int, *, alone: bool) -> str:
        if alone:
            return "same_person"
        if self.appeals[code].state != "admitted":
            return "wrong_state"
        return "out_of_range" if outcome == "dismissed" and corrections else DONE

    def close_early(self, now: datetime, *, alone: bool) -> str:
        if alone:
            return "same_person"
        if self.state == "scoring":
            return "wrong_state"
        if self.state == "final" or now >= self.windows_end():
            return "too_late"
        left = {team for team, outcome in self.outcomes.items() if outcome != "advanced"} - self.waived
        coming = any(each.arrived >= now for each in self.windows)
        return "still_pending" if left or coming or self.pending() else DONE

    def authorise(self, code: str, *, alone: bool) -> str:
        if alone:
            return "same_person"
        if self.state == "final" and self.vacant() - self.filled < 1:
            return "wrong_state"
        standing = self.standing_call()
        if standing is not None:
            return DONE if standing is self.calls.get(code) else "duplicate"
        return "duplicate" if code in self.calls else DONE

    def apply(self, code: str, team: str, now: datetime) -> str:
        call = self.calls[code]
        if self.outcomes.get(team) == "advanced":
            return "not_eligible"
        if call.state not in {"open", "closed"}:
            return "wrong_state"
        if call.over(now):
            return "too_late"
        return "duplicate" if team in call.applicants else DONE

    def vote(self, code: str, team: str, expert: str, now: datetime, *, accept: bool) -> str:
        call = self.calls[code]
        if call.state not in {"open", "closed"}:
            return "wrong_state"
        if not call.over(now):
            return "too_early"
        return DONE if call.votes[team].get(expert, accept) == accept else "duplicate"

    def select(self, code: str, team: str, now: datetime, *, alone: bool) -> str:
        call = self.calls[code]
        if team != "none" and team not in call.applicants:
            return "unknown"
        if alone:
            return "same_person"
        if call.state not in {"open", "closed"}:
            return "wrong_state"
        if not call.over(now):
            return "too_early"
        return call.choice(team)

    def closed_early(self, now: datetime) -> None:
        """Whatever was still open ends now."""
        for window in self.windows:
            if window.closes > now:
                window.closes, window.ended_early = now, True

    def selected(self, code: str, team: str) -> None:
        """A seat is filled, or the call has come to nothing."""
        call = self.calls[code]
        if team != "none":
            call.applicants[team] = "selected"
            self.filled += 1
        if team == "none" or sum(state == "selected" for state in call.applicants.values()) == call.seats:
            call.state = "concluded"
            call.lapsed = self.filled < self.vacant()

    def swept(self, now: datetime) -> None:
        """What is due is done: the round closes, the call opens or is void, and closes."""
        if self.state == "announced" and now >= self.windows_end() and not self.pending():
            self.state = "final"
        call = self.standing_call()
        if self.state == "final" and call is not None and call.state == "authorised":
            self._open(call, now)
        if call is not None and call.state == "open" and call.over(now):
            call.state = "closed"

    def _open(self, call: Call, now: datetime) -> None:
        left = self.vacant() - self.filled
        if left < 1:
            call.state = "void"
            return
        running = any(each.closes and each.closes > now for each in self.calls.values() if each is not call)
        if not running:
            call.state, call.seats = "open", left
            call.opened, call.closes = now, too_late_from(now, NOTICE_DAYS)


EVALUATORS = 4
"""Experts 1 to 4: of the fifth no organisation is known, and he is out."""
