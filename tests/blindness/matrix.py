"""Who reaches which page: the exact matrix in matrix.csv, and what it is compared with.

A page is reached where it is shown, or says what it lacks: words in its address (400), a message sent to it (405).
Whoever adds a page, or lets somebody else in, writes the matrix anew (`WRITE_MATRIX=1`) and reads the difference.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.blindness.addresses import Route
from tests.blindness.searching import UNSAID, Page
from tests.blindness.secrets import Reader

FILE = Path(__file__).with_name("matrix.csv")
ROLES = ("official", "auditor", "expert", "reviewer", "team", "operator", "public")
SHOWN = {200, 405}
REACHED = {*SHOWN, UNSAID}
YES = "yes"
Matrix = dict[str, set[str]]


def reaching(
    answers: Iterable[tuple[Page, Any]], reader: Reader, reached: Matrix, shown: set[str]
) -> Iterator[tuple[Page, Any]]:
    """The same answers; where one reached the page, the reader's role is added to it.

    `shown` are pages that lacked nothing, for anybody.
    """
    for page, answer in answers:
        if answer.status_code in REACHED:
            reached[page.template].add(reader.role)
        if answer.status_code in SHOWN:
            shown.add(page.template)
        yield page, answer


def kept() -> Matrix:
    """The matrix as it is kept: address -> the roles that reach it."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["address"]: {role for role in ROLES if row[role] == YES} for row in csv.DictReader(file)}


def reached_by(role: str, routes: Iterable[Route]) -> list[Route]:
    """Those of the routes that a role reaches, for whoever looks at pages and need not ask for those that are shut."""
    open_to = {address for address, roles in kept().items() if role in roles}
    return [route for route in routes if route.template in open_to]


def write(reached: Matrix) -> None:
    """Keep what was found."""
    with FILE.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["address", *ROLES])
        rows.writerows(
            [address, *(YES if role in reached[address] else "" for role in ROLES)] for address in sorted(reached)
        )


def differences(reached: Matrix) -> list[str]:
    """Where what was found is not what is kept, a line for each address."""
    matrix = kept()
    return [
        f"{address or '/'}: {sorted(reached.get(address, ()))} reach it, not {sorted(matrix.get(address, ()))}"
        for address in sorted(reached.keys() | matrix.keys())
        if reached.get(address) != matrix.get(address)
    ]
