"""Putting a team's published name right: one of the kinds of correction."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

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
        raise Refused(Code.UNKNOWN, format_lazy(_("없는 언어입니다: {language}"), language=language), name=language)
    return Change(entry, _Renaming(entry.team_id, language, item["name"]).write)


@dataclass(frozen=True)
class _Renaming:
    team: int
    language: str
    name: str

    def write(self, reason: str, actor: Actor, now: datetime) -> NameCorrection | None:
        """Give the team the name and keep what it was; nothing where it has that name already."""
        team = Team.objects.select_for_update(no_key=True).get(pk=self.team)
        field = f"name_{self.language}"
        was, name = getattr(team, field), stated(self.name, _("정정할 이름"))
        if name == was:
            return None
        setattr(team, field, name)
        team.save(update_fields=[field])
        return NameCorrection.objects.create(
            team=team,
            language=self.language,
            was=was,
            name=name,
            reason=reason,
            decision_id=actor.decision_id(),
            at=now,
        )
