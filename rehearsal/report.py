"""The report of a rehearsal: what the events came to, read from the rows as any door would read them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from appeals.models import Appeal
from consortia.models import Call
from core.ledger.verifier import verify
from evaluation.models import Document, Round, Vacancy
from evaluation.queries.standings import board
from evaluation.states import RoundState
from rehearsal.play import Played
from rehearsal.scenario import Scenario
from rehearsal.stage import Stage

SCHEMA = "simsa/rehearsal@1"


def report(scenario: Scenario, stage: Stage, played: Sequence[Played]) -> dict[str, Any]:
    """Everything, as plain JSON values: points as text with their own places, times in the programme's zone."""
    teller = _Teller(stage)
    return {
        "schema": SCHEMA,
        "scenario": scenario.path.name,
        "illustrative": scenario.illustrative,
        "events": [teller.event(each) for each in played],
        "rounds": {code: teller.round(Round.objects.get(pk=round.pk)) for code, round in stage.rounds.items()},
        "documents": [
            teller.document(each)
            for each in Document.objects.filter(round__programme=stage.programme).select_related("round", "team")
        ],
        "appeals": {
            appeal.code: teller.appeal(appeal)
            for appeal in Appeal.objects.filter(programme=stage.programme).select_related("entry__team")
        },
        "calls": {
            call.code: teller.call(call)
            for call in Call.objects.filter(programme=stage.programme).prefetch_related("applications__team")
        },
        "audit": _audit(),
    }


class _Teller:
    """Tells things in the programme's own time."""

    def __init__(self, stage: Stage) -> None:
        self.zone = stage.programme.zone

    def time(self, at: datetime | None) -> str | None:
        return None if at is None else at.astimezone(self.zone).isoformat(timespec="seconds")

    def event(self, played: Played) -> dict[str, Any]:
        event = played.event
        told = {"n": event.n, "at": self.time(event.at), "do": event.do}
        if played.code is None:
            return {**told, "result": "done"}
        return {**told, "result": "refused", "code": played.code, "message": played.message}

    def round(self, round: Round) -> dict[str, Any]:
        shown = board(round)
        announced = shown.snapshot is not None
        return {
            "state": round.state,
            "seats": round.seats,
            "advanced": shown.advanced if announced else None,
            "vacancies": _vacancies(round),
            "snapshot": shown.snapshot,
            "ends": round.ends.isoformat(),
            "announced_at": self.time(round.announced_at),
            "appeals_close_at": self.time(round.appeals_close_at),
            "appeals_closed_at": self.time(round.appeals_closed_at),
            "standings": [_row(row) for row in shown.rows],
            "means": shown.means,
        }

    def document(self, document: Document) -> dict[str, Any]:
        return {
            "round": document.round.code,
            "team": document.team.code,
            "title": document.title,
            "received_at": self.time(document.received_at),
            "late": document.late,
            "considered": not document.late,
        }

    def appeal(self, appeal: Appeal) -> dict[str, Any]:
        return {
            "state": appeal.state,
            "team": appeal.entry.team.code,
            "filed_at": self.time(appeal.filed_at),
            "decide_by": self.time(appeal.decide_by),
            "decided_at": self.time(appeal.decided_at),
        }

    def call(self, call: Call) -> dict[str, Any]:
        applications = [{"team": each.team.code, "state": each.state} for each in call.applications.all()]
        return {
            "state": call.state,
            "seats": call.seats or call.most_seats,
            "opened_at": self.time(call.opened_at),
            "closes_at": self.time(call.closes_at),
            "applications": applications,
            "selected": [each["team"] for each in applications if each["state"] == "selected"],
        }


def _row(row: Any) -> Mapping[str, Any]:
    told = {
        "team": row.team,
        "rank": row.rank,
        "total": row.total,
        "scores": row.scores,
        "gates": row.gates,
        "outcome": row.outcome,
    }
    return {**told, "reason": row.reason} if row.rank is None else told


def _vacancies(round: Round) -> int | None:
    """Counted when the round is final; before that there is no such number."""
    if round.state != RoundState.FINAL:
        return None
    vacancy = Vacancy.objects.filter(round=round).first()
    return vacancy.seats if vacancy else 0


def _audit() -> dict[str, Any]:
    connection.ensure_connection()
    verdict = verify(connection.connection)
    return {"records": verdict.records, "intact": verdict.damage is None, "head": verdict.head}
