"""The schema describes every address without a warning, and its page fetches nothing from elsewhere."""

import re
from io import StringIO

import pytest
import yaml
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
def test_the_schema_is_served_to_those_who_have_signed_in():
    assert Client().get("/api/v1/schema/").status_code == 200
