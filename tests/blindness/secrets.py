"""What the story keeps secret, whose it is, and what of it each person may not read.

Marks are found in the rows, names in the accounts; words are noted where they are said (`Told.says`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from core.models import Account
from core.roles import Role
from evaluation.models import DirectPoints, Mark, Response, SheetDraft, SnapshotRow
from tests.story import Story

JUDGES = {Role.EVALUATOR, Role.REVIEWER}


@dataclass(frozen=True)
class Secret:
    """A figure, a name or a text. `team` is whom it is about, `person` the expert whose own it is."""

    words: str
    kind: str
    team: str = ""
    person: str = ""

    def stands_in(self, page: str) -> bool:
        """Whether it is written there; a figure or a name as a whole one, not as part of another."""
        return self.words in page and bool(re.search(rf"(?<![\d.]){re.escape(self.words)}(?!\d)", page))


@dataclass(frozen=True)
class Reader:
    """Who reads. `team` he acts for or whose appeal he reviews; `strange` are teams whose papers are not for him."""

    code: str
    role: str
    team: str = ""
    strange: frozenset[str] = frozenset()

    def may_read(self, secret: Secret) -> bool:
        """Whether the secret is none for this reader."""
        if self.role == "operator":
            return secret.kind == "name"
        if secret.person:
            return secret.person == self.code
        if self.role == "team" or secret.team == self.team:
            return secret.team == self.team and (self.role == "team" or secret.kind != "draft")
        return self.role == "expert" and secret.kind == "paper" and secret.team not in self.strange


PUBLIC = Reader("", "public")
READERS = (
    Reader("b-lead", "team", "b"),
    Reader("c-lead", "team", "c"),
    Reader("d-lead", "team", "d"),
    Reader("x-lead", "team", "x"),
    Reader("expert-1", "expert"),
    Reader("expert-2", "expert", strange=frozenset("d")),
    Reader("expert-4", "expert", "b", strange=frozenset("a")),
    Reader("expert-6", "reviewer", "c"),
    Reader("reviewer-1", "reviewer", "c"),
    Reader("operator-1", "operator"),
    PUBLIC,
)


@dataclass
class Told:
    """The story, and the words that were said in it."""

    story: Story
    words: list[Secret] = field(default_factory=list)
    mails: list[tuple[str, str]] = field(default_factory=list)

    def says(self, kind: str, team: str, person: str = "") -> str:
        """A text that stands nowhere else."""
        text = f"비밀글{len(self.words) + 101}호"
        self.words.append(Secret(text, kind, team, person))
        return text

    def secrets(self) -> list[Secret]:
        """Everything that is somebody's secret."""
        return [*self.words, *_names(), *_marks()]


def _names() -> Iterator[Secret]:
    for account in Account.objects.filter(grants__role__in=JUDGES):
        code = account.username.partition(".")[2]
        for name in {account.username, account.name_ko, account.name_en}:
            yield Secret(name, "name", person=code)


def _marks() -> Iterator[Secret]:
    for each in DirectPoints.objects.select_related("entry__team"):
        yield _figure(each.points, each.entry.team.code)
    for row in Response.objects.select_related("batch__entry__team"):
        yield _figure(row.mark, row.batch.entry.team.code)
    for mark in Mark.objects.select_related("sheet__entry__team", "sheet__account"):
        yield _figure(mark.points, mark.sheet.entry.team.code, mark.sheet.account.username.partition(".")[2])
    for draft in SheetDraft.objects.select_related("entry__team", "account"):
        for text in draft.points.values():
            yield _figure(Decimal(text), draft.entry.team.code, draft.account.username.partition(".")[2])
    for published in SnapshotRow.objects.select_related("entry__team"):
        for figure in (published.total, *map(Decimal, filter(None, published.scores.values()))):
            if figure is not None:
                yield _figure(figure, published.entry.team.code)


def _figure(points: Decimal, team: str, person: str = "") -> Secret:
    return Secret(f"{points:.2f}", "mark", team, person)


def forbidden(secrets: Iterable[Secret], reader: Reader) -> set[Secret]:
    """What the reader may not read. A figure that is also one of his own tells nothing."""
    hidden = {each for each in secrets if not reader.may_read(each)}
    own = {each.words for each in secrets if reader.may_read(each)}
    return {each for each in hidden if each.words not in own}
