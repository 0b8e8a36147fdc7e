"""Digests of what a result follows from: text that anyone can write down again, and its SHA-256.

A digest is taken of lines in the order of their characters (code points), joined by line feeds, in UTF-8. Figures are
written out in full with the places they were given, so that 9.2 and 9.20 are two texts.
"""

import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal


def digest_of(lines: Iterable[str]) -> str:
    """The digest of lines that may come in any order."""
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def written(figure: Decimal) -> str:
    """A figure as it is written in a line: all its digits, no exponent, and no minus before nothing."""
    return format(figure if figure else abs(figure), "f")


def sheet_digest(points: Mapping[str, Decimal]) -> str:
    """Of an expert's sheet: a line "criterion points" for each mark. Whose it is stays out of it."""
    return digest_of(f"{criterion} {written(mark)}" for criterion, mark in points.items())


def batch_digest(marks: Iterable[Decimal]) -> str:
    """Of a batch of a user panel's responses: a line for each mark."""
    return digest_of(map(written, marks))
