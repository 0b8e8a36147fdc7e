"""Every page in English: what is left of Korean is what people have written into the database, and documents."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client, TestCase, override_settings

from consortia.admin.wording import SHOWN
from consortia.readers.rosters import COLUMNS
from evaluation.readers.panels import HEADER
from tests.blindness.addresses import OWN, Route, addresses, routes
from tests.blindness.secrets import Told
from tests.blindness.whole import whole
from tests.wording.sources import HANGUL

READERS = ("official-1", "operator-1", "b-lead", "expert-1", None)  # an auditor reads an official's pages
TRIED = 4
"""Addresses of one route that are tried for somebody until one answers with a page."""
DOCUMENTS = {"notice", "notice-pdf", "attachment", "set_language", "core_ledgeritem_change"}
"""Official documents are Korean, and a row of the ledger is shown as the database keeps it."""
_UNSEEN = re.compile(r"<(script|style|template)\b.*?</\1>|<!--.*?-->|<[^>]+\blang=\"ko\".*?</[^>]+>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@override_settings(SESSION_ENGINE="django.contrib.sessions.backends.cache")
class Pages(TestCase):
    told: Told

    @classmethod
    def setUpTestData(cls) -> None:
        cls.told = whole()

    def test_no_page_in_english_says_a_word_in_korean(self) -> None:
        seen: list[tuple[str, str]] = []
        for code in READERS:
            client = Client()
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
            if code is not None:
                client.force_login(self.told.story.people[code])
            for route in routes():
                answer = None if route.name in DOCUMENTS else page(client, route)
                if answer is not None:
                    seen.append((f"{code} {route.template}", answer.content.decode()))
        assert len(seen) > 150
        found: dict[str, set[str]] = {}
        stored = written()  # after all: that something was read is on the record too
        for where, html in seen:
            for words in left(html, stored):
                found.setdefault(words, set()).add(where)
        assert {words: sorted(where)[:2] for words, where in found.items()} == {}


def page(client: Client, route: Route) -> Any:
    """The first page among a few addresses of a route; None where nobody reads one there."""
    for address in addresses(route)[:TRIED]:
        answer = client.get(address)
        if answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html"):
            return answer
    return None


def left(html: str, stored: list[str]) -> list[str]:
    """The Korean that is read on a page and that nobody has written into a row."""
    text = unescape(_TAG.sub("\n", _UNSEEN.sub("\n", html)))
    for each in stored:
        text = text.replace(each, "")
    return [line.strip() for line in text.splitlines() if HANGUL.search(line)]


def written() -> list[str]:
    """Every Korean text in the database, line by line, the longest first."""
    texts = {*HEADINGS} | {line.strip() for text in _texts() for line in text.splitlines() if HANGUL.search(line)}
    return sorted(texts, key=len, reverse=True)


HEADINGS = (HEADER, SHOWN, *(", ".join(heads.values()) for heads in COLUMNS.values()))
"""What stands in the first line of tables and in the blanks of a notice, which are Korean."""


def _texts() -> Iterator[str]:
    for model in apps.get_models():
        if model._meta.app_label not in OWN:
            continue
        kinds = (models.CharField, models.TextField, models.JSONField)
        names = [field.name for field in model._meta.fields if isinstance(field, kinds)]
        for row in model._base_manager.values_list(*names) if names else ():
            for value in row:
                yield from _strings(value)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from (name, *_strings(each))
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
