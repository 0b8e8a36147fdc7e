"""Read-only addresses of the evaluation."""

from dataclasses import asdict
from typing import Any

from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.errors import PROBLEM, addressed
from core.api.permissions import VerbView
from core.api.problem import ProblemSerializer
from core.clock import database_now
from evaluation.api.serializers import StandingsSerializer, marked
from evaluation.models import Round
from evaluation.operations.reading import see_standings
from evaluation.queries.lookup import round_at
from evaluation.queries.standings import Board
from evaluation.verbs import SEE_STANDINGS

ADDRESS = """`programme.round`, for instance `sovereign-ai.stage-1`. The round's code alone is enough while only one
programme has it; where several do, the answer is 409 `incomplete` and names the whole addresses."""


@method_decorator(conditional_page, name="dispatch")
class StandingsView(VerbView):
    """The standings of a round, with an ETag: who has read them already gets 304, and the reading is recorded too."""

    verb = SEE_STANDINGS

    @extend_schema(
        operation_id="round_standings",
        summary="Standings of a round",
        description="For officials and auditors. Every reading is recorded, with the name of whoever reads.",
        parameters=[
            OpenApiParameter("code", str, OpenApiParameter.PATH, description=ADDRESS),
            OpenApiParameter(
                "If-None-Match", str, OpenApiParameter.HEADER, description="The ETag of an earlier answer"
            ),
        ],
        responses={
            200: StandingsSerializer,
            304: None,
            **{(status, PROBLEM): ProblemSerializer for status in (403, 404, 409, 429)},
        },
    )
    def get(self, request: Request, code: str) -> Response:
        """The newest published standings, or those that follow from the inputs as they are now."""
        with addressed():
            round = round_at(code)
        seen = see_standings(round, actor=self.actor, now=database_now())
        response = Response(StandingsSerializer(_body(round, seen)).data)
        response["Cache-Control"] = "private, no-cache"
        return response


def _body(round: Round, seen: Board) -> dict[str, Any]:
    return {
        **asdict(seen),
        **marked(round.programme),
        "round": round.code,
        "name": {"ko": round.name_ko, "en": round.name_en},
        "state": round.state,
    }
