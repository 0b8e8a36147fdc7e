"""GET of one figure with all that it comes from."""

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.errors import PROBLEM, addressed
from core.api.permissions import VerbView
from core.api.problem import ProblemSerializer
from core.clock import database_now
from core.wording import told
from evaluation.api.serializers import CAPTION, ILLUSTRATIVE, NameSerializer, marked
from evaluation.api.views import ADDRESS
from evaluation.models import Criterion, Entry
from evaluation.operations.marks import open_figure
from evaluation.queries.explain import AT_ONCE, Explained, page_of
from evaluation.queries.lookup import entry_of, round_at
from evaluation.rules.standings import TOTAL
from evaluation.verbs import SEE_MARKS


class CriterionSerializer(serializers.Serializer[object]):
    """A criterion and its full marks."""

    code = serializers.CharField()
    name = NameSerializer()
    points = serializers.CharField(help_text="full marks")


class StepSerializer(serializers.Serializer[object]):
    """One step of the arithmetic."""

    kind = serializers.ChoiceField(choices=["aggregate", "scale", "round", "sum"])
    name = serializers.CharField()
    words = serializers.CharField(help_text="the formula with its numbers, in the language that was asked for")
    figure = serializers.CharField(help_text="what comes of it, as people write it")
    exact = serializers.CharField(help_text="the same as a whole number or a fraction in lowest terms")


class PartSerializer(CriterionSerializer):
    """A criterion that is added up, with its score."""

    score = serializers.CharField(allow_null=True)


class ValueSerializer(serializers.Serializer[object]):
    """One value that was given; `left_out` says why it does not count, and is empty where it does."""

    figure = serializers.CharField()
    what = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    left_out = serializers.CharField(allow_blank=True)


class FigureSerializer(serializers.Serializer[object]):
    """A figure as it follows from the inputs as they are now. The total has no criterion; a leaf has values."""

    programme = serializers.CharField()
    illustrative = serializers.BooleanField(help_text=ILLUSTRATIVE)
    caption = NameSerializer(help_text=CAPTION)
    round = serializers.CharField()
    team = serializers.CharField()
    criterion = CriterionSerializer(allow_null=True)
    score = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_blank=True, help_text="why the team has no rank; empty where it has one")
    snapshot = serializers.IntegerField(allow_null=True, help_text="the newest published; null: nothing is yet")
    published = serializers.CharField(allow_null=True, help_text="the figure in that snapshot")
    differs = serializers.BooleanField(help_text="true: another figure was published than follows from today's inputs")
    steps = StepSerializer(many=True)
    below = PartSerializer(many=True)
    count = serializers.IntegerField(allow_null=True, help_text="how many values count")
    needed = serializers.IntegerField(allow_null=True, help_text="how many are needed for a score")
    values = ValueSerializer(many=True)
    page = serializers.IntegerField()
    pages = serializers.IntegerField()


class FigureView(VerbView):
    """A figure down to the values that it comes from. The reading is recorded."""

    verb = SEE_MARKS

    @extend_schema(
        operation_id="round_figure",
        summary="A figure, explained",
        description=(
            "For officials and auditors. The values, what was left out and why, the aggregate, the scaled value and the"
            " rounding, in words and as exact numbers. Every reading is recorded, with the name of whoever reads."
        ),
        parameters=[
            OpenApiParameter("code", str, OpenApiParameter.PATH, description=ADDRESS),
            OpenApiParameter("team", str, OpenApiParameter.PATH),
            OpenApiParameter(
                "criterion", str, OpenApiParameter.PATH, description="a criterion's code, or `total` for the total"
            ),
            OpenApiParameter("page", int, description=f"of the values, {AT_ONCE} at a time, from 1"),
        ],
        responses={
            200: FigureSerializer,
            **{(status, PROBLEM): ProblemSerializer for status in (400, 403, 404, 409, 429)},
        },
    )
    def get(self, request: Request, code: str, team: str, criterion: str) -> Response:
        """The figure as it follows from the inputs as they are now, beside the published one."""
        with addressed():
            entry = entry_of(round_at(code), team)
            found = open_figure(
                entry,
                code=None if criterion == TOTAL else criterion,
                page=page_of(request.query_params),
                actor=self.actor,
                now=database_now(),
            )
        response = Response(FigureSerializer(_body(entry, found)).data)
        response["Cache-Control"] = "private, no-store"
        return response


def _body(entry: Entry, found: Explained) -> dict[str, Any]:
    published = found.published
    return {
        **marked(entry.round.programme),
        "round": entry.round.code,
        "team": entry.team.code,
        "criterion": _criterion(found.criterion) if found.criterion else None,
        "score": found.points,
        "reason": found.reason,
        "snapshot": published.snapshot if published else None,
        "published": published.points if published else None,
        "differs": found.differs,
        "steps": [{**asdict(each), "name": told(each.name), "words": told(each.words)} for each in found.steps],
        "below": [{**_criterion(each), "score": score} for each, score in found.below],
        "count": found.cell.count if found.cell else None,
        "needed": found.needed,
        "values": [{**asdict(each), "figure": f"{each.figure:f}"} for each in found.values],
        "page": found.page,
        "pages": found.pages,
    }


def _criterion(row: Criterion) -> dict[str, Any]:
    return {"code": row.code, "name": {"ko": row.name_ko, "en": row.name_en}, "points": f"{row.points:f}"}
