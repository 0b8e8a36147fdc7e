"""Tables that are created in one go are what the same operations one by one would have made."""

import pytest
from django.db import DatabaseError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState

from core.tables import CreateTables

pytestmark = pytest.mark.django_db

ID = ("id", models.BigAutoField(primary_key=True))
CHAPTER = migrations.CreateModel(
    "Chapter",
    fields=[
        ID,
        # A table that comes later.
        ("volume", models.ForeignKey("core.volume", models.PROTECT)),
        ("number", models.IntegerField()),
    ],
    options={"constraints": [models.UniqueConstraint(fields=("volume", "number"), name="chapter_number_once")]},
)
VOLUME = migrations.CreateModel("Volume", fields=[ID])
TABLES = CreateTables([CHAPTER, VOLUME])


def run(*, back: bool = False) -> ProjectState:
    before = ProjectState()
    assert before.apps  # drawn up already, as it is where other migrations came first
    after = before.clone()
    TABLES.state_forwards("core", after)
    with connection.schema_editor() as editor:
        if back:
            TABLES.database_backwards("core", editor, after, before)
        else:
            TABLES.database_forwards("core", editor, before, after)
    return after


def tables() -> list[str]:
    return [name for name in connection.introspection.table_names() if name in {"core_chapter", "core_volume"}]


def test_a_table_may_name_one_that_comes_after_it():
    state = run()
    chapter, volume = state.apps.get_model("core", "Chapter"), state.apps.get_model("core", "Volume")
    first = volume.objects.create()
    chapter.objects.create(volume=first, number=1)
    with pytest.raises(DatabaseError, match="chapter_number_once"), transaction.atomic():
        chapter.objects.create(volume=first, number=1)
    assert chapter.objects.count() == 1
    chapter.objects.create(volume_id=first.pk + 1, number=1)
    with pytest.raises(DatabaseError, match="violates foreign key"):
        connection.check_constraints()


def test_the_state_is_that_of_its_operations():
    one_by_one = ProjectState()
    for operation in (CHAPTER, VOLUME):
        operation.state_forwards("core", one_by_one)
    assert run().models == one_by_one.models


def test_it_is_taken_back_whole():
    run()
    assert tables() == ["core_chapter", "core_volume"]
    run(back=True)
    assert tables() == []
