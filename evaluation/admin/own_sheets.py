"""An expert's own teams in a round: how far each sheet has got, and what keeps him from one."""

from dataclasses import dataclass
from datetime import datetime

from core.actors import Actor
from evaluation.models import Entry, Finding, Round, Sheet, SheetDraft
from evaluation.policies import Conflict, conflicts, undeclared
from evaluation.queries.sheets import scored_by_sheets


@dataclass(frozen=True)
class OwnTeam:
    """One team: `filled` of `of` marks are written down; those of a sheet that was handed in are all there.

    `undeclared`: he must first declare how he stands to the team. `to_find`: the round has a gate, and the expert has
    said nothing of the team's yet.
    """

    entry: Entry
    conflict: Conflict
    sheet: Sheet | None
    draft: SheetDraft | None
    filled: int
    of: int
    undeclared: bool
    to_find: bool

    @property
    def due(self) -> bool:
        """Whether a sheet is asked of the expert: not for a team that has left, nor for one of his conflicts."""
        return self.entry.withdrawn_at is None and self.conflict is not Conflict.CONFLICT


@dataclass(frozen=True)
class OwnTeams:
    """All of them, in the order of entries."""

    teams: list[OwnTeam]

    @property
    def due(self) -> int:
        """How many sheets are asked of the expert."""
        return sum(each.due for each in self.teams)

    @property
    def undeclared(self) -> bool:
        """Whether a team is still to be judged to which he has not declared how he stands."""
        return any(each.undeclared and each.due and each.sheet is None for each in self.teams)

    @property
    def submitted(self) -> int:
        """How many of these he has handed in."""
        return sum(each.due and each.sheet is not None for each in self.teams)


def own_teams(round: Round, actor: Actor, now: datetime) -> OwnTeams | None:
    """The teams that an expert is to judge, in ten queries whatever their number; None off the round's panel."""
    person = actor.person()
    if not round.panel.filter(account=person).exists():
        return None
    entries = list(round.entries.select_related("team"))
    known = conflicts(round, [person.pk], [entry.team_id for entry in entries], now)
    waiting = undeclared(round, person, {team: found for (_, team), found in known.items()})
    sheets = {sheet.entry_id: sheet for sheet in person.sheets.filter(entry__round=round).order_by("pk")}
    drafts = {draft.entry_id: draft for draft in person.sheet_drafts.filter(entry__round=round)}
    gated = round.gates.exists()
    found = set(Finding.objects.filter(account=person, entry__in=entries).values_list("entry_id", flat=True))
    asked = {criterion.code for criterion in scored_by_sheets(round.pk)}
    return OwnTeams(
        [
            OwnTeam(
                entry=entry,
                conflict=known[person.pk, entry.team_id],
                sheet=sheets.get(entry.pk),
                draft=drafts.get(entry.pk),
                filled=len(asked & set(drafts[entry.pk].points)) if entry.pk in drafts else 0,
                of=len(asked),
                undeclared=entry.team_id in waiting,
                to_find=gated and entry.pk not in found,
            )
            for entry in entries
        ]
    )
