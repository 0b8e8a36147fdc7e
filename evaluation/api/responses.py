"""Responses of a user panel, sent in batches. Whoever is not sure that one arrived sends it again."""

import re
from functools import partial
from http import HTTPStatus

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.errors import PROBLEM, addressed
from core.api.permissions import VerbView
from core.api.problem import ProblemSerializer
from core.api.session import TOKEN
from core.clock import database_now
from core.readers.faults import MOST
from evaluation.api.parsers import RawJSONParser
from evaluation.api.serializers import BroughtSerializer, ResponseRowSerializer
from evaluation.api.views import ADDRESS
from evaluation.operations.importing import import_responses
from evaluation.queries.lookup import round_at
from evaluation.readers import panels
from evaluation.verbs import IMPORT_RESPONSES

MOST_ROWS = 10_000
KEY = "Idempotency-Key"
_KEY_FORM = re.compile(r"[\x21-\x7e]{1,64}")


class ResponsesView(VerbView):
    """Brings in one batch, all of it or nothing."""

    verb = IMPORT_RESPONSES
    parser_classes = [RawJSONParser]

    @extend_schema(
        operation_id="round_responses",
        summary="Bring in responses of a user panel",
        description=(
            f"For officials. Up to {MOST_ROWS} rows, all or nothing. The same key with the same rows changes nothing"
            " (200), also after the announcement; with other rows it is 409 `duplicate`. A row at fault is 400:"
            f" `facts.faults` names the places of the first {MOST}, `facts.count` says how many there are."
        ),
        parameters=[
            OpenApiParameter("code", str, OpenApiParameter.PATH, description=ADDRESS),
            OpenApiParameter(
                KEY, str, OpenApiParameter.HEADER, required=True, description="1 to 64 visible ASCII characters"
            ),
            TOKEN,
        ],
        request=ResponseRowSerializer(many=True),
        responses={
            200: BroughtSerializer,
            201: BroughtSerializer,
            **{(status, PROBLEM): ProblemSerializer for status in (400, 403, 404, 409, 429)},
        },
    )
    def post(self, request: Request, code: str) -> Response:
        """The batch as it was brought in, now or before."""
        with addressed():
            round = round_at(code)
        key, now = request.headers.get(KEY, ""), database_now()
        if not _KEY_FORM.fullmatch(key):
            raise ValidationError({KEY: [_("1자에서 64자까지의 보이는 ASCII 글자로 묶음 번호를 보내야 합니다.")]})
        content: bytes = request.data.get("content", b"")  # type: ignore[union-attr] # without a body none is parsed
        reading = partial(panels.listed, content, most=MOST_ROWS)
        brought = import_responses(round, reading, key=key, actor=self.actor, now=now)
        body = {"key": brought.key, "size": brought.size, "digest": brought.digest, "at": brought.at}
        status = HTTPStatus.CREATED if brought.at == now else HTTPStatus.OK
        return Response(BroughtSerializer(body).data, status=status)
