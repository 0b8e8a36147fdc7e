"""The schema describes every address without a warning, and its page fetches nothing from elsewhere."""

import re
from io import StringIO

import pytest
import yaml
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client


def test_the_schema_is_whole():
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    addresses = yaml.safe_load(out.getvalue())["paths"]
    assert {(path, method) for path, methods in addresses.items() for method in methods} == {
        ("/api/v1/rounds/{code}/standings/", "get"),
        ("/api/v1/rounds/{code}/responses/", "post"),
        ("/api/v1/rounds/{code}/sheets/{team}/", "get"),
        ("/api/v1/rounds/{code}/sheets/{team}/", "put"),
        ("/api/v1/rounds/{code}/sheets/{team}/submit/", "post"),
        ("/api/v1/rounds/{code}/entries/{team}/criteria/{criterion}/", "get"),
    }
    answers = addresses["/api/v1/rounds/{code}/standings/"]["get"]["responses"]
    assert {status: list(answer.get("content", {})) for status, answer in answers.items()} == {
        "200": ["application/json"],
        "304": [],
        **{status: ["application/problem+json"] for status in ("403", "404", "409", "429")},
    }


@pytest.mark.django_db
def test_the_page_is_served_from_here_alone():
    page = Client().get("/api/v1/docs/").content.decode()
    sources = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert sources
    assert [source for source in sources if not source.startswith("/")] == []
    assert "api/v1/schema" in Client().get("/api/v1/docs/?script=").content.decode()


@pytest.mark.django_db
def test_the_schema_is_served_to_everybody_and_hears_nothing_beside_it():
    plain = Client().get("/api/v1/schema/")
    assert (plain.status_code, yaml.safe_load(plain.content)["info"]["version"]) == (200, "1")
    for asked in ("version=%0aX", "version=9.9", "lang=tlh"):
        answer = Client().get(f"/api/v1/schema/?{asked}")
        assert (answer.status_code, answer.content) == (200, plain.content)
        assert answer["Content-Disposition"] == plain["Content-Disposition"]


def test_the_schema_names_what_a_program_needs_to_write():
    out = StringIO()
    call_command("spectacular", stdout=out)
    schema = yaml.safe_load(out.getvalue())
    put = schema["paths"]["/api/v1/rounds/{code}/sheets/{team}/"]["put"]
    assert [each["name"] for each in put["parameters"] if each["in"] == "header"] == ["X-CSRFToken"]
    assert put["security"] == [{"cookieAuth": []}]
    kinds = schema["components"]["schemas"]
    assert set(kinds["Problem"]["properties"]["errors"]["items"].values()) == {"#/components/schemas/FieldError"}
    assert kinds["ResponseRow"]["properties"]["mark"] == {"oneOf": [{"type": "string"}, {"type": "number"}]}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "put", "post", "delete"])
@pytest.mark.parametrize("rest", ["", "rounds/x/", "rounds/test.stage-1/sheets/a", "schema"])
def test_what_is_no_address_is_a_problem_too_and_leads_nowhere(method: str, rest: str):
    answer = getattr(Client(), method)(f"/api/v1/{rest}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json() == {
        "type": "about:blank",
        "title": "찾을 수 없습니다",
        "status": 404,
        "detail": "없는 주소입니다.",
        "code": "unknown",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["schema", "docs"])
def test_a_problem_is_json_whatever_the_address_answers_with(page: str):
    cache.clear()
    for _ in range(60):
        Client().get("/api/v1/docs/")
    answer = Client().get(f"/api/v1/{page}/")
    assert (answer.status_code, answer["Content-Type"]) == (429, "application/problem+json")
    assert answer.json()["code"] == "throttled"


@pytest.mark.django_db
def test_the_limit_believes_nobody_who_says_that_he_comes_from_elsewhere():
    cache.clear()
    statuses = [
        Client(HTTP_X_FORWARDED_FOR=f"203.0.113.{number}").get("/api/v1/docs/").status_code for number in range(61)
    ]
    assert statuses == [200] * 60 + [429]
