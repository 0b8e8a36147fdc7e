"""An evaluator's own sheets: read, kept as a draft, handed in. Of nobody else's is there anything to see."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.errors import PROBLEM, addressed
from core.api.json_body import ExactJSONParser
from core.api.permissions import VerbView
from core.api.problem import ProblemSerializer
from core.api.session import TOKEN
from core.clock import database_now
from core.sight import visible
from evaluation.api.serializers import (
    DraftBodySerializer,
    SheetBodySerializer,
    SheetSerializer,
    SubmitBodySerializer,
)
from evaluation.api.views import ADDRESS
from evaluation.models import Entry, Round
from evaluation.operations.marking import marks_of
from evaluation.operations.sheet_drafts import save_sheet_draft
from evaluation.operations.sheets import submit_sheet
from evaluation.policies import Conflict, conflict, require_declared
from evaluation.queries.guidance import guidance_of
from evaluation.queries.lookup import entry_of, round_at
from evaluation.queries.sheets import OwnSheet, kept, own_sheet, scored_by_sheets
from evaluation.verbs import SAVE_SHEET_DRAFT, SUBMIT_SHEET

PARAMETERS = [
    OpenApiParameter("code", str, OpenApiParameter.PATH, description=ADDRESS),
    OpenApiParameter("team", str, OpenApiParameter.PATH, description="The team's code"),
]
PROBLEMS = {(status, PROBLEM): ProblemSerializer for status in (400, 403, 404, 409, 429)}


class OwnSheetView(VerbView):
    """What both addresses share: the entry, and the answer."""

    parser_classes = [ExactJSONParser]

    def entry(self, code: str, team: str, now: datetime) -> Entry:
        """The entry; 404 for one that the evaluator may not judge, whether or not it exists."""
        with addressed():
            entry = entry_of(round_at(code, visible(Round.objects.all(), self.actor, now)), team)
        seen = visible(Entry.objects.filter(pk=entry.pk), self.actor, now).exists()
        if not seen or conflict(entry.round, self.actor.person(), entry.team, now) is not Conflict.NONE:
            raise NotFound(_("이 단계에 없는 팀입니다: {team}").format(team=team), code="unknown")
        return entry

    def entry_to_judge(self, code: str, team: str, now: datetime) -> Entry:
        """The same for what is written of it: as on the panel's pages, one first says how one stands to the team."""
        entry = self.entry(code, team, now)
        require_declared(entry.round, self.actor.person(), entry.team)
        return entry

    def answer(self, entry: Entry, sheet: OwnSheet) -> Response:
        """The sheet as it stands, or as it has just been kept."""
        guidance = guidance_of(entry.round)
        shown = {
            "round": entry.round.code,
            "team": entry.team.code,
            "state": sheet.state,
            "points": sheet.points,
            "comment": sheet.comment,
            "at": sheet.at,
            "criteria": [
                {
                    "code": each.code,
                    "name": {"ko": each.name_ko, "en": each.name_en},
                    "points": f"{each.points:f}",
                    "guidance": guidance.get(each.code, ""),
                }
                for each in scored_by_sheets(entry.round_id)
            ],
        }
        response = Response(SheetSerializer(shown).data)
        response["Cache-Control"] = "private, no-store"
        return response


def _said(request: Request, kind: type[SheetBodySerializer]) -> dict[str, Any]:
    body = kind(data={} if request.data is None else request.data)
    body.is_valid(raise_exception=True)
    given: dict[str, Any] = body.validated_data
    return given


class SheetDraftView(OwnSheetView):
    """The sheet for a team, and what has been written down of it so far."""

    verb = SAVE_SHEET_DRAFT

    @extend_schema(
        operation_id="own_sheet",
        summary="One's own sheet for a team",
        description="`state` is none, draft or submitted. A submitted sheet is final.",
        parameters=PARAMETERS,
        responses={200: SheetSerializer, **{key: PROBLEMS[key] for key in PROBLEMS if key[0] != 400}},  # noqa: PLR2004
    )
    def get(self, request: Request, code: str, team: str) -> Response:
        """What one has handed in or kept for the team."""
        entry = self.entry(code, team, database_now())
        return self.answer(entry, own_sheet(entry, self.actor.person()))

    @extend_schema(
        operation_id="keep_sheet",
        summary="Keep a draft",
        description="Replaces the draft by these marks, as many as there are. Nothing counts until it is submitted.",
        parameters=[*PARAMETERS, TOKEN],
        request=DraftBodySerializer,
        responses={200: SheetSerializer, **PROBLEMS},
    )
    def put(self, request: Request, code: str, team: str) -> Response:
        """Keep what has been written down so far."""
        now = database_now()
        entry, given = self.entry_to_judge(code, team, now), _said(request, DraftBodySerializer)
        draft = save_sheet_draft(
            entry,
            person=self.actor.person(),
            points=given.get("points", {}),
            comment=given.get("comment", ""),
            follows=[given["follows"]] if "follows" in given else (),
            actor=self.actor,
            now=now,
        )
        return self.answer(entry, kept(draft))


class SubmitSheetView(OwnSheetView):
    """Handing the sheet in."""

    verb = SUBMIT_SHEET

    @extend_schema(
        operation_id="submit_sheet",
        summary="Hand the sheet in",
        description=(
            "Final. Without `points` the draft is handed in as it was kept; with them, what the body says. Sent again,"
            " it answers with the sheet that stands; with other marks it is 409 `duplicate`."
        ),
        parameters=[*PARAMETERS, TOKEN],
        request=SubmitBodySerializer,
        responses={200: SheetSerializer, **PROBLEMS},
    )
    def post(self, request: Request, code: str, team: str) -> Response:
        """Hand in the draft, or the marks of the body."""
        now = database_now()
        entry, given = self.entry_to_judge(code, team, now), _said(request, SubmitBodySerializer)
        person = self.actor.person()
        submit_sheet(
            entry,
            person=person,
            points=marks_of(entry.round, given["points"]) if "points" in given else None,
            comment=given.get("comment", ""),
            actor=self.actor,
            now=now,
        )
        return self.answer(entry, own_sheet(entry, person))
