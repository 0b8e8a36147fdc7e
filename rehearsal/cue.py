"""What an act needs to know: one event, and the stage on which it is played.

A name that does not exist is refused with `unknown` before anything else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from appeals.models import Appeal
from consortia.models import Application, Call, Team
from core.actors import Actor, actor_of
from core.errors import Code, Refused
from core.models import Account
from core.operations.decisions import decide
from core.verbs import Verb
from evaluation.models import Entry, Round
from evaluation.queries.lookup import entry_of
from rehearsal.scenario import Event
from rehearsal.stage import Stage


@dataclass(frozen=True)
class Cue:
    """One event with the stage on which it is played; names are resolved as they are asked for."""

    event: Event
    stage: Stage

    @property
    def now(self) -> datetime:
        """The event's own time."""
        return self.event.at

    def field(self, name: str) -> Any:
        """A field of the event, as the file gives it."""
        return self.event.fields[name]

    def round(self) -> Round:
        """The round that the event names, read anew."""
        return Round.objects.select_related("programme").get(pk=self._named(self.stage.rounds, "round", "단계").pk)

    def entry(self) -> Entry:
        """The entry of the team that the event names."""
        return entry_of(self.round(), self.field("team"))

    def team(self) -> Team:
        """The team that the event names, whether or not it takes part in a round."""
        team: Team = self._named(self.stage.teams, "team", "팀")
        return team

    def call(self) -> Call:
        """The call that the event names."""
        calls = Call.objects.filter(programme=self.stage.programme)
        call: Call = self._named({each.code: each for each in calls}, "call", "추가 공모")
        return call

    def application(self) -> Application:
        """The application of the team that the event names."""
        applications = self.call().applications.select_related("team", "call")
        found: Application = self._named({each.team.code: each for each in applications}, "team", "응모")
        return found

    def appeal(self) -> Appeal:
        """The appeal that the event names."""
        appeals = Appeal.objects.filter(programme=self.stage.programme)
        appeal: Appeal = self._named({each.code: each for each in appeals}, "appeal", "이의신청")
        return appeal

    def person(self) -> Account:
        """The person whom the event is about."""
        person: Account = self._named(self.stage.people, "person", "사람")
        return person

    def actors(self) -> list[Actor]:
        """Who acts."""
        return [actor_of(lookup(self.stage.people, name, "사람")) for name in self.event.by]

    def actor(self) -> Actor:
        """The one who acts."""
        return self.actors()[0]

    def decide(self, verb: Verb, subject: Any, **arguments: Any) -> None:
        """Prepare and approve by the two who act."""
        preparer, approver = self.actors()
        reason = self.event.fields.get("reason") or ""
        decide(verb, subject, preparer=preparer, approver=approver, now=self.now, reason=reason, arguments=arguments)

    def _named(self, things: Mapping[str, Any], field: str, kind: str) -> Any:
        return lookup(things, self.field(field), kind)


def lookup(things: Mapping[str, Any], name: str, kind: str) -> Any:
    if name not in things:
        raise Refused(Code.UNKNOWN, f"없는 {kind}입니다: {name}", name=name)
    return things[name]
