"""Long rosters under way: what must never be false, each guard by its name."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from consortia.models import RosterImport
from tests.story import NOW, Story, told

pytestmark = pytest.mark.django_db
CASES: dict[str, dict[str, Any]] = {
    "roster_import_phase_known": {"phase": "other"},
    "roster_import_kind_known": {"kind": "other"},
    "roster_import_over_names_nobody": {"phase": "done", "rows": [[2, "kim", "김", "Kim", "a"]]},
}


@pytest.fixture
def make() -> Callable[..., RosterImport]:
    story: Story = told(teams="ab", seats=1)
    fields = {"programme": story.programme, "kind": "people", "by": story.people["official-1"], "at": NOW}
    return lambda **wrong: RosterImport.objects.create(**(fields | wrong))


@pytest.mark.parametrize("name", CASES)
def test_each_guard_refuses_what_it_stands_for(make: Callable[..., RosterImport], name: str):
    assert make(rows=[[2]]).phase == "waiting"
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        make(**CASES[name])
    assert caught.value.__cause__.diag.constraint_name == name


def test_each_guard_has_its_case():
    assert sorted(CASES) == sorted(each.name for each in RosterImport._meta.constraints)
