"""The page of a round: its lifecycle, gates, papers and teams; what takes longer or is a reading follows, as parts."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core.actors import Actor
from core.admin.acting import acting, now_of
from evaluation.admin import table
from evaluation.admin.blockers import Hindrance, announcement_hindrances, closing_hindrances
from evaluation.admin.own_sheets import own_teams
from evaluation.admin.progress import sheets_awaited
from evaluation.models import Entry, Finding, Round, Verdict
from evaluation.queries.standings import computed_board, computed_standings
from evaluation.states import FindingValue, RoundState
from evaluation.verbs import ANNOUNCE, OPEN_ROUND, SEE_STANDINGS, SUBMIT_SHEET


def overview(request: HttpRequest, round: Round) -> dict[str, Any]:
    """What the page shows, as far as the actor may see it."""
    actor, now = acting(request), now_of(request)
    columns = table.columns_of(list(round.criteria.all()))
    shown: dict[str, Any] = {
        "steps": steps_of(round),
        "columns": columns,
        "round": round,
        "criteria_versions": list(round.criteria_versions.filter(state__in=("proposed", "in_force"))),
    }
    if actor.may(SUBMIT_SHEET):
        shown["mine"] = own_teams(round, actor, now)
    if not actor.may(SEE_STANDINGS):
        return shown
    shown.update(
        parts=parts_of(round),
        gates=gates_of(round, list(round.entries.select_related("team"))),
        late=list(round.documents.filter(late=True).select_related("team")),
        open_enquiries=round.enquiries.filter(answer__isnull=True).count(),
    )
    return shown


def parts_of(round: Round) -> list[dict[str, str]]:
    """What the page fetches once it stands, each from its own address, since it takes longer or is a reading."""
    parts = [("closing", _("확정을 막는 것"))] if round.state == RoundState.ANNOUNCED else []
    parts.append(("standings", _("순위표")))
    if sheets_awaited(round):
        parts.append(("progress", _("평가표 진행")))
    return [
        {"id": f"s-part-{name}", "title": title, "url": reverse(f"admin:evaluation_round_{name}", args=[round.pk])}
        for name, title in parts
    ]


def next_hindrances(round: Round, actor: Actor, now: datetime) -> list[Hindrance]:
    """What blocks the round's next step, for those who see its standings; nothing where no step waits."""
    if not actor.may(SEE_STANDINGS):
        return []
    if round.state == RoundState.SCORING:
        return announcement_hindrances(computed_board(round, computed_standings(round)), round, actor)
    if round.state == RoundState.ANNOUNCED:
        return closing_hindrances(round, actor, now)
    return []


def next_step(round: Round, actor: Actor) -> list[Hindrance]:
    """The step that nothing keeps from following, for whoever may begin it."""
    if round.state == RoundState.DRAFT and actor.may(OPEN_ROUND):
        text, verb, mend = _("평가를 아직 개시하지 않았습니다."), OPEN_ROUND, OPEN_ROUND.label
    elif round.state == RoundState.SCORING and actor.may(ANNOUNCE):
        text, verb, mend = _("발표를 막는 것이 없습니다."), ANNOUNCE, _("%(verb)s 기안") % {"verb": ANNOUNCE.label}
    else:
        return []
    return [Hindrance(text, reverse(f"admin:evaluation_round_{verb.code}", args=[round.pk]), str(mend))]


def steps_of(round: Round) -> list[dict[str, Any]]:
    """The lifecycle as a line: what is past, where it stands, what is to come."""
    times = {
        RoundState.DRAFT: None,
        RoundState.SCORING: round.opened_at,
        RoundState.ANNOUNCED: round.announced_at,
        RoundState.FINAL: round.appeals_closed_at,
    }
    states = list(RoundState)
    here = states.index(RoundState(round.state))
    return [
        {"label": state.label, "at": times[state], "now": place == here, "past": place < here}
        for place, state in enumerate(states)
    ]


def gates_of(round: Round, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """For each gate and team: how the findings stand, and the verdict."""
    counts: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for gate, entry, finding in Finding.objects.filter(gate__round=round).values_list("gate", "entry", "finding"):
        counts[gate, entry][finding] += 1
    given = Verdict.objects.standing().filter(entry__round=round).select_related("decision")
    verdicts = {(verdict.gate_id, verdict.entry_id): verdict for verdict in given}
    return [
        {
            "gate": gate,
            "rows": [
                {
                    "entry": entry,
                    "tally": _tally(counts[gate.pk, entry.pk]),
                    "verdict": verdicts.get((gate.pk, entry.pk)),
                }
                for entry in entries
            ],
        }
        for gate in round.gates.all()
    ]


def _tally(counts: Counter[str]) -> str:
    said = [f"{value.label} {counts[value]}" for value in FindingValue if counts[value]]
    return " · ".join(said) or _("낸 의견이 없음")
