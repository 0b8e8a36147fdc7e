"""Putting a team's published name right: one of the kinds of correction."""

from datetime import datetime

from consortia.models import Team
from core.actors import Actor
from core.errors import Code, Refused
from core.text import stated
from evaluation.models import NameCorrection, Round
from evaluation.operations.changes import Change, Item
from evaluation.queries.lookup import entry_of


def set_name(round: Round, item: Item) -> Change:
    """The change of a team's name in one language; `unknown` for a language that there is not.

    It changes no figure, and makes the next snapshot like any published correction: whoever reads the result sees which
    names it was published with.
    """
    entry, language = entry_of(round, item["team"]), item["language"]
    if language not in NameCorrection.Language.values:
        raise Refused(Code.UNKNOWN, f"없는 언어입니다: {language}", name=language)

    def write(reason: str, actor: Actor, now: datetime) -> NameCorrection | None:
        team = Team.objects.select_for_update().get(pk=entry.team_id)
        was, name = _renamed(team, language, stated(item["name"], "정정할 이름"))
        if name == was:
            return None
        return NameCorrection.objects.create(
            team=team, language=language, was=was, name=name, reason=reason, decision_id=actor.decision_id(), at=now
        )

    return Change(entry, write)


def _renamed(team: Team, language: str, name: str) -> tuple[str, str]:
    """Give the team the name; what it was, and what it is."""
    field = f"name_{language}"
    was = getattr(team, field)
    if name != was:
        setattr(team, field, name)
        team.save(update_fields=[field])
    return was, name
