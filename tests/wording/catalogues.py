"""The catalogues as they lie in the repository: what translators edit, and what a running site reads."""

import re
from functools import cache

import polib

from tests.architecture.sources import ROOT

_BLANK = re.compile(r"%\(\w+\)[a-z]|\{\w*(?:![rsa])?(?::[^{}]*)?\}|%%")


@cache
def written(language: str) -> polib.POFile:
    """The catalogue that people edit."""
    return polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))


@cache
def compiled(language: str) -> polib.MOFile:
    """The catalogue that Django reads, made from the other by `manage.py compilemessages`."""
    return polib.mofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.mo"))


def blanks(words: str) -> list[str]:
    """What is filled in, in order of name: a sentence in another language has the same, wherever they stand."""
    return sorted(_BLANK.findall(words))
