"""Every page in both languages: what is left of the other is what people have written into rows, and documents."""

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from itertools import product
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client, TestCase, override_settings

from consortia.admin.wording import SHOWN
from consortia.readers.rosters import COLUMNS
from core.admin.facts import every_fact
from core.models import Event
from evaluation.readers.panels import HEADER
from tests.blindness.addresses import OWN, Route, addresses, routes
from tests.blindness.matrix import reached_by
from tests.blindness.whole import whole
from tests.wording.sources import HANGUL

READERS = {"official-1": "official", "operator-1": "operator", "b-lead": "team", "expert-1": "expert", None: "public"}
"""Who reads, and in which role; an auditor reads an official's pages."""
TRIED = 4
"""Addresses of one route that are tried for somebody until one answers with a page."""
DOCUMENTS = {"notice", "notice-pdf", "attachment", "set_language", "core_ledgeritem_change"}
"""Official documents are Korean, and a row of the ledger is shown as the database keeps it."""
_UNSEEN = re.compile(r"<(script|style|template)\b.*?</\1>|<!--.*?-->", re.DOTALL)
_MARKED = {code: re.compile(rf'<[^>]+\blang="{code}".*?</[^>]+>', re.DOTALL) for code in ("ko", "en")}
_ICON = re.compile(r"<(\w+)[^>]*\bmaterial-symbols-outlined\b[^>]*>[^<]*</\1>")
_WITHIN = re.compile(r"</?(?:a|b|i|em|strong|small|span)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_SAID = re.compile(r'\b(?:title|aria-label|placeholder|alt)="([^"]+)"')
_WORD = r"[A-Za-z][A-Za-z'’-]*"
ENGLISH = re.compile(rf"(?<![\w/.@-]){_WORD}(?:[,;:]?\s+{_WORD}){{2,}}(?![\w/@-]|\.\w)")
"""Three words of Latin letters one after another."""
CODES = {
    "bench task-a acc": "a line of a plan of benchmarks, which is given in codes: a criterion, a task, a metric",
}
"""What looks like a sentence in English and is none, with what it is."""
REFUSED = ("/nowhere/", "/admin/core/ledgeritem/")
"""Where there is nothing, and what not everybody reads."""


@override_settings(SESSION_ENGINE="django.contrib.sessions.backends.cache")
class Pages(TestCase):
    """Each page is read in English and, at the same address, in Korean."""

    seen: dict[str, list[tuple[str, str]]]
    stored: list[str]

    @classmethod
    def setUpTestData(cls) -> None:
        told = whole()
        cls.seen = {"ko": [], "en": []}
        for code, role in READERS.items():
            client = Client()
            if code is not None:
                client.force_login(told.story.people[code])
            for route in reached_by(role, routes()):
                for language, html in pages(client, route):
                    cls.seen[language].append((f"{code} {route.template}", html))
            for address, language in product(REFUSED, cls.seen):
                client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
                cls.seen[language].append((f"{code} {address}", client.get(address).content.decode()))
        cls.stored = written()  # after all: that something was read is on the record too

    def test_every_fact_of_the_record_is_called_something(self) -> None:
        facts = list(Event.objects.values_list("facts", flat=True))
        recorded = {name for each in facts for name in (*each, *each.get("arguments", ()))}
        assert len(recorded) > 80
        assert recorded - every_fact().keys() == set()

    def test_no_page_in_english_says_a_word_in_korean(self) -> None:
        assert len(self.seen["en"]) > 150
        assert places(self.seen["en"], lambda html: korean(html, self.stored)) == {}

    def test_no_page_in_korean_says_a_sentence_in_english(self) -> None:
        assert len(self.seen["ko"]) > 150
        found = places(self.seen["ko"], lambda html: english(html, self.stored))
        assert {words: where for words, where in found.items() if words not in CODES} == {}
        assert CODES.keys() <= found.keys(), "no page shows it any more"


def pages(client: Client, route: Route) -> Iterator[tuple[str, str]]:
    """The first page among a few addresses of a route, in each language; nothing where nobody reads one there."""
    for address in addresses(route)[:TRIED]:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ko"
        answer = client.get(address)
        if answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html"):
            yield "ko", answer.content.decode()
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
            if route.name not in DOCUMENTS:
                yield "en", client.get(address).content.decode()
            return


def places(seen: list[tuple[str, str]], words_of: Callable[[str], Iterable[str]]) -> dict[str, list[str]]:
    """What is left, and the first pages where it is."""
    found: dict[str, set[str]] = {}
    for where, html in seen:
        for words in words_of(html):
            found.setdefault(words, set()).add(where)
    return {words: sorted(where)[:2] for words, where in found.items()}


def korean(html: str, stored: list[str]) -> list[str]:
    """The Korean that is read on a page and that nobody has written into a row."""
    text = unescape(_TAG.sub("\n", _MARKED["ko"].sub("\n", _UNSEEN.sub("\n", html))))
    for each in stored:
        text = text.replace(each, "")
    return [line.strip() for line in text.splitlines() if HANGUL.search(line)]


def test_a_sentence_in_english_is_found_wherever_it_stands() -> None:
    html = """<p>눌러 <b>Please</b> <a href="/a b c/">sign in</a> first.</p><img alt="A round, as seen" title="그림">
        <i class="material-symbols-outlined">close</i> <span>b-lead, a-lead</span> blind.official-1 read at PDF/UA
        <span lang="en">Said so in English</span> <script>let it be</script> <input placeholder="Find-as you type">"""
    assert english(html, []) == ["A round, as seen", "Find-as you type", "Please sign in first"]
    assert english(html, ["A round, as seen", "Find-as you type"]) == ["Please sign in first"]


def english(html: str, stored: list[str]) -> list[str]:
    """The English that is read, heard or pointed at on a page, and that nobody has written into a row."""
    text = plain(html)
    for each in stored:
        text = text.replace(each, "")
    return [" ".join(found[0].split()) for line in text.splitlines() for found in ENGLISH.finditer(line)]


def plain(html: str) -> str:
    """What is read on a page, what is said of its parts first; words within a sentence stay in one line."""
    shown = _ICON.sub("", _MARKED["en"].sub("\n", _UNSEEN.sub("\n", html)))
    return unescape("\n".join([*_SAID.findall(shown), _TAG.sub("\n", _WITHIN.sub(" ", shown))]))


def written() -> list[str]:
    """Every text in the database that one of both would find, line by line, the longest first."""
    lines = {line.strip() for text in _texts() for line in text.splitlines()}
    return sorted({*HEADINGS, *filter(HANGUL.search, lines), *filter(ENGLISH.search, lines)}, key=len, reverse=True)


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
