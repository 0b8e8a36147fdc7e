"""On which days a dated row holds: Django's question and the database's own are one."""

from datetime import date

import pytest
from django.db import connection

from consortia.models import Affiliation
from consortia.models.organisation import held_on
from core.ledger.naming import named
from tests.story import told

pytestmark = pytest.mark.django_db
BEFORE, FIRST, BETWEEN, LAST, AFTER = (date(2026, 3, day) for day in range(1, 6))


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (FIRST, LAST, {FIRST, BETWEEN, LAST}),
        (FIRST, FIRST, {FIRST}),
        (FIRST, None, {FIRST, BETWEEN, LAST, AFTER}),
        (None, LAST, {BEFORE, FIRST, BETWEEN, LAST}),
        (None, None, {BEFORE, FIRST, BETWEEN, LAST, AFTER}),
    ],
)
def test_a_row_holds_from_its_first_day_to_its_last(since: date | None, until: date | None, held: set[date]):
    story = told()
    with named(actor="test", verb="test"):
        organisation = story.programme.organisations.create(code="held", name_ko="기관", name_en="Organisation")
        row = Affiliation.objects.create(
            account=story.people["official-1"], organisation=organisation, since=since, until=until
        )
    asked = f"SELECT {held_on('a', '%s')} FROM consortia_affiliation a WHERE id = %s"
    with connection.cursor() as cursor:
        for day in (BEFORE, FIRST, BETWEEN, LAST, AFTER):
            cursor.execute(asked, [day, day, row.pk])
            assert cursor.fetchone() == (day in held,)
            assert Affiliation.objects.on(day).filter(pk=row.pk).exists() is (day in held)
