"""Every refusal and error becomes a problem (RFC 9457), by one mapping."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework.exceptions import APIException, MethodNotAllowed, Throttled, ValidationError
from rest_framework.response import Response

from core.api.errors import addressed, handle
from core.errors import Code, Refused

VALUES = {Code.UNKNOWN, Code.OUT_OF_RANGE}
RIGHTS = {Code.NOT_ALLOWED, Code.NOT_ENTITLED, Code.NOT_ELIGIBLE, Code.CONFLICT_OF_INTEREST, Code.SAME_PERSON}


def answer(fault: Exception) -> Response:
    response = handle(fault, {"view": None, "args": (), "kwargs": {}, "request": None})
    assert response is not None
    assert response.content_type == "application/problem+json"
    assert response.status_code == response.data["status"]
    return response


@pytest.mark.parametrize("code", list(Code))
def test_each_refusal_has_its_status(code: Code):
    response = answer(Refused(code, "안 됩니다."))
    assert response.status_code == (400 if code in VALUES else 403 if code in RIGHTS else 409)
    assert {name: response.data[name] for name in ("type", "code", "detail", "facts")} == {
        "type": "about:blank",
        "code": code.value,
        "detail": "안 됩니다.",
        "facts": {},
    }


def test_facts_are_json():
    facts = answer(
        Refused(
            Code.TOO_LATE,
            "늦었습니다.",
            closes_at=datetime(2026, 1, 27, tzinfo=UTC),
            points=Decimal("9.20"),
            teams=("a", "b"),
            left=None,
            count=2,
        )
    ).data["facts"]
    assert facts == {
        "closes_at": "2026-01-27T00:00:00+00:00",
        "points": "9.20",
        "teams": ["a", "b"],
        "left": None,
        "count": 2,
    }


def test_what_an_address_names_is_not_found():
    with pytest.raises(APIException) as caught, addressed():
        raise Refused(Code.UNKNOWN, "없습니다.")
    assert (answer(caught.value).status_code, answer(caught.value).data["code"]) == (404, "unknown")
    with pytest.raises(Refused), addressed():
        raise Refused(Code.INCOMPLETE, "모자랍니다.")


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (Http404("no"), 404, "not_found"),
        (PermissionDenied("no"), 403, "permission_denied"),
        (MethodNotAllowed("PUT"), 405, "method_not_allowed"),
        (Throttled(wait=7), 429, "throttled"),
    ],
)
def test_errors_of_the_framework(fault: Exception, status: int, code: str):
    response = answer(fault)
    assert (response.status_code, response.data["code"]) == (status, code)
    assert response.get("Retry-After") == ("7" if status == 429 else None)


def test_each_fault_of_a_form_is_named():
    response = answer(ValidationError({"points": ["적어야 합니다."], "team": ["없는 팀입니다."]}))
    assert (response.status_code, response.data["code"]) == (400, "invalid")
    assert response.data["errors"] == [
        {"field": "points", "code": "invalid", "detail": "적어야 합니다."},
        {"field": "team", "code": "invalid", "detail": "없는 팀입니다."},
    ]


def test_what_was_not_foreseen_tells_nothing():
    response = answer(RuntimeError("secret"))
    assert response.status_code == 500
    assert "secret" not in str(response.data)
