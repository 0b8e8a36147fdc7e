"""Sentences that plain Python says to people: the Korean words and what stands in their blanks, still apart.

Rules and readers know no catalogue. They hand out the sentence with its facts; `core.wording` tells it in the language
of whoever reads it, and `str` gives the Korean, which is what is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sentence:
    """Korean words with named blanks, and the facts that fill them; a fact may be a sentence itself."""

    words: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.words.format(**self.facts)


def marked(words: str) -> str:
    """The words as they are, marked for the catalogue: they are told elsewhere."""
    return words


def say(words: str, **facts: Any) -> Sentence:
    """The sentence with these facts. `words` is a literal, since the catalogue is checked against the source."""
    return Sentence(words, facts)
