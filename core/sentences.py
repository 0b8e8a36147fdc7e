"""Sentences that plain Python says to people: the Korean words and what stands in their blanks, still apart.

Rules and readers know no catalogue. They hand out the sentence with its facts; `core.wording` tells it in the language
of whoever reads it, and `str` gives the Korean, which is what is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sentence:
    """Korean words with named blanks, and the facts that fill them; a fact may be a sentence itself.

    Words without facts are told as they stand: braces in them are braces. They may have been written by somebody.
    """

    words: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return filled(self.words, self.facts)


def filled(words: str, facts: Mapping[str, Any]) -> str:
    """The words with the facts in their blanks."""
    return words.format(**facts) if facts else words


def marked(words: str) -> str:
    """The words as they are, marked for the catalogue: they are told elsewhere."""
    return words


def say(words: str, **facts: Any) -> Sentence:
    """The sentence with these facts. `words` is a literal, since the catalogue is checked against the source."""
    return Sentence(words, facts)
