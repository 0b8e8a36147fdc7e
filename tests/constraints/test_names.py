"""Names put right: what must never be false; each constraint by its name."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from core.ledger.naming import named
from core.models import Decision
from evaluation.models import NameCorrection
from tests.appeals.after import contested
from tests.story import NOW

pytestmark = pytest.mark.django_db


class World:
    """An announced round, and a name of its team b put right."""

    def __init__(self) -> None:
        self.story = contested()
        self.decision = Decision.objects.latest("pk")

    def made(self, **wrong: Any) -> NameCorrection:
        """A valid row but for these fields."""
        valid: dict[str, Any] = {
            "team": self.story.teams["b"],
            "language": "ko",
            "was": "팀 b",
            "name": "바른 이름",
            "reason": "오기",
            "decision": self.decision,
            "at": NOW,
        }
        return NameCorrection.objects.create(**(valid | wrong))


Break = Callable[[World], object]

CASES: list[tuple[str, Break]] = [
    ("name_correction_language_known", lambda w: w.made(language="fr")),
    ("name_correction_names_anew", lambda w: w.made(name="팀 b")),
    ("name_correction_names_anew", lambda w: w.made(name="")),
    ("name_correction_has_reason", lambda w: w.made(reason="")),
    ("name_correction_append_only", lambda w: NameCorrection.objects.filter(pk=w.made().pk).update(name="다른 이름")),
    ("name_correction_append_only", lambda w: NameCorrection.objects.filter(pk=w.made().pk)._raw_delete("default")),
]


@pytest.mark.parametrize(("name", "act"), CASES, ids=[f"{number}-{name}" for number, (name, _) in enumerate(CASES)])
def test_the_database_refuses(name: str, act: Break):
    world = World()
    with named(actor="test", verb="test"), pytest.raises(DatabaseError) as caught, transaction.atomic():
        act(world)
    assert name in str(caught.value)


def test_a_valid_row_is_taken():
    world = World()
    with named(actor="test", verb="test"):
        world.made()
