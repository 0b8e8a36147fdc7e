"""In which language something is told: people read theirs, the record and every official document are Korean."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext

from core.sentences import Sentence, filled


def in_korean() -> translation.override:
    """Around what is stored or is an official document: Korean, whatever language the person has chosen."""
    return translation.override(settings.LANGUAGE_CODE)


def told(said: Any) -> str:
    """A sentence of plain Python in the reader's language; whatever is none as it is."""
    if not isinstance(said, Sentence):
        return str(said)
    facts = {name: told(fact) if isinstance(fact, Sentence) else fact for name, fact in said.facts.items()}
    return filled(gettext(said.words), facts)


def joined(parts: Iterable[Any], between: str = ", ") -> str:
    """Parts of a sentence one after another, each in the reader's language."""
    return between.join(told(part) for part in parts)


told_lazily, joined_lazily = lazy(told, str), lazy(joined, str)
"""The same, translated when it is shown: a refusal leaves its operation, which runs in Korean, before it is read."""


def language() -> str:
    """The code of the language in which the reader is told things."""
    return get_language() or settings.LANGUAGE_CODE
