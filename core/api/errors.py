"""Refusals and errors as problems (RFC 9457): mapped here once, for every address of the API."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_standardized_errors.formatter import flatten_errors
from drf_standardized_errors.handler import ExceptionHandler
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from core.errors import Code, Kind, Refused
from core.events import plain
from core.wording import in_korean

PROBLEM = "application/problem+json"
STATUS = {Kind.VALUE: HTTPStatus.BAD_REQUEST, Kind.RIGHT: HTTPStatus.FORBIDDEN, Kind.STATE: HTTPStatus.CONFLICT}
TITLES = {
    HTTPStatus.BAD_REQUEST: _("값이 맞지 않습니다"),
    HTTPStatus.UNAUTHORIZED: _("로그인이 필요합니다"),
    HTTPStatus.FORBIDDEN: _("권한이 없습니다"),
    HTTPStatus.NOT_FOUND: _("찾을 수 없습니다"),
    HTTPStatus.METHOD_NOT_ALLOWED: _("이 주소에서 쓸 수 없는 방법입니다"),
    HTTPStatus.NOT_ACCEPTABLE: _("줄 수 없는 형식입니다"),
    HTTPStatus.CONFLICT: _("지금은 할 수 없습니다"),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: _("받지 않는 형식입니다"),
    HTTPStatus.TOO_MANY_REQUESTS: _("요청이 너무 많습니다"),
    HTTPStatus.INTERNAL_SERVER_ERROR: _("예기치 못한 오류입니다"),
}


_UNFORESEEN = _("요청을 처리하지 못했습니다. 되풀이되면 시스템 운영자에게 알려 주십시오.")


def problem(status: HTTPStatus, code: str, detail: str = "") -> dict[str, Any]:
    """The members that every problem has. "about:blank" says that it is what its status says; `code` tells more."""
    return {
        "type": "about:blank",
        "title": str(TITLES.get(status, status.phrase)),
        "status": status.value,
        "detail": detail,
        "code": code,
    }


class Problem(ExceptionHandler):
    """Answers every refusal and error of a request with a problem; what has not been foreseen tells nothing (500)."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, Refused):
            answer = APIException(str(exc), code=exc.code)
            answer.status_code = STATUS[exc.code.kind]
            return answer
        known: Exception = super().convert_known_exceptions(exc)
        return known

    def convert_unhandled_exceptions(self, exc: Exception) -> APIException:
        return exc if isinstance(exc, APIException) else APIException(_UNFORESEEN)

    def format_exception(self, exc: APIException) -> dict[str, Any]:
        answer = problem(HTTPStatus(exc.status_code), "invalid")
        errors = flatten_errors(exc.detail)
        if isinstance(exc, ValidationError):
            answer["errors"] = [{"field": each.attr, "code": each.code, "detail": each.detail} for each in errors]
            answer["detail"] = answer["title"]
        else:
            answer |= {"code": errors[0].code, "detail": errors[0].detail}
        if isinstance(self.exc, Refused):
            # Facts are for programs: the same in every language.
            with in_korean():
                answer["facts"] = plain(self.exc.facts)
        return answer

    def get_response(self, exc: APIException, data: dict[str, Any]) -> Response:
        # A problem is JSON, also of an address whose answers are not (the schema is YAML, its page HTML).
        if (request := self.context["request"]) is not None:
            request.accepted_renderer, request.accepted_media_type = JSONRenderer(), JSONRenderer.media_type
        return Response(data, status=exc.status_code, headers=self.get_headers(exc), content_type=PROBLEM)


def handle(exc: Exception, context: Any) -> Response | None:
    """REST framework's handler of exceptions."""
    response: Response | None = Problem(exc, context).run()
    return response


@contextmanager
def addressed() -> Iterator[None]:
    """Around finding what an address names: `unknown` there is 404, while in a value that was sent it is 400."""
    try:
        yield
    except Refused as refused:
        if refused.code is Code.UNKNOWN:
            raise NotFound(str(refused), code=refused.code) from refused
        raise
