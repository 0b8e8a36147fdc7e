"""What is told where a request cannot be read, or the system has a fault: in the reader's language, with a way on."""

import pytest
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import translation
from django.views import defaults

WORDS = {
    "ko": ("요청을 읽을 수 없습니다", "처리하지 못했습니다"),
    "en": ("The request cannot be read", "This could not be done"),
}


@pytest.fixture
def request_() -> HttpRequest:
    return RequestFactory().get("/")


@pytest.mark.parametrize("language", WORDS)
def test_both_pages_are_in_the_language_of_the_reader(request_: HttpRequest, language: str):
    with translation.override(language):
        answers = [defaults.bad_request(request_, BadRequest()), defaults.server_error(request_)]
    assert [answer.status_code for answer in answers] == [400, 500]
    for answer, words in zip(answers, WORDS[language], strict=True):
        shown = answer.content.decode()
        assert f'<html lang="{language}">' in shown
        assert f"<h1>{words}</h1>" in shown
        assert 'href="/admin/"' in shown


@pytest.mark.django_db
def test_a_form_that_cannot_be_read_has_a_page():
    answer = Client().post("/accounts/login/", b"x", content_type="multipart/form-data")
    assert (answer.status_code, "요청을 읽을 수 없습니다" in answer.content.decode()) == (400, True)
