"""What a page says to people, and what of it comes from rows that somebody wrote in Korean."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.db import models

from tests.wording.sources import HANGUL

_SILENT = {"script", "style"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_SAID = {"aria-label", "placeholder", "title", "alt", "value", "content"}
_APPS = ("core", "consortia", "evaluation", "appeals")


class _Heard(HTMLParser):
    """Texts and spoken attributes, but for those that say themselves that they are Korean."""

    def __init__(self) -> None:
        super().__init__()
        self.above: list[tuple[str, bool]] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        silent = tag in _SILENT or dict(attrs).get("lang") == "ko" or self._silent()
        if not silent:
            self.said += [value for name, value in attrs if name in _SAID and value]
        if tag not in _VOID:
            self.above.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        while self.above and self.above.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._silent() and data.strip():
            self.said.append(" ".join(data.split()))

    def _silent(self) -> bool:
        return bool(self.above) and self.above[-1][1]


def korean_of(page: str, stored: list[str]) -> list[str]:
    """The Korean on a page that is nobody's own words."""
    heard = _Heard()
    heard.feed(page)
    return sorted({said for said in heard.said if HANGUL.search(_without(said, stored))})


def _without(said: str, stored: list[str]) -> str:
    for words in stored:
        said = said.replace(words, "")
    return said


def stored_words() -> list[str]:
    """Every Korean text in the rows, the longest first."""
    found: set[str] = set()
    for label in _APPS:
        for model in apps.get_app_config(label).get_models():
            names = [field.attname for field in model._meta.concrete_fields if _holds_words(field)]
            for row in model._default_manager.order_by().values_list(*names) if names else ():
                found.update(" ".join(text.split()) for value in row for text in _texts(value) if HANGUL.search(text))
    return sorted(found, key=len, reverse=True)


def _holds_words(field: Any) -> bool:
    plain = isinstance(field, models.CharField | models.TextField | models.JSONField)
    return plain or getattr(field, "base_field", None) is not None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        yield from value.splitlines()
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
