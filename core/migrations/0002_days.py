"""Apart from the tables: rows that are counted are sealed at the end of their transaction, and tables change before."""

from django.db import migrations

from core.calendar import seed

COUNTRY = "kr"


def seed_calendar(apps, schema_editor):
    """The public and substitute holidays of the seeded years, in the name of the migration."""
    day = apps.get_model("core", "NonWorkingDay")
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('simsa.actor', 'system:migration', true), set_config('simsa.verb', 'seed', true)"
        )
    day.objects.bulk_create(
        day(calendar=COUNTRY, date=date, name_ko=name_ko, name_en=name_en, source=source)
        for date, name_ko, name_en, source in seed.rows()
    )


class Migration(migrations.Migration):
    replaces = [("core", "0003_calendar")]
    dependencies = [("core", "0001_squashed_0005_list_indexes")]

    operations = [
        migrations.RunPython(seed_calendar, migrations.RunPython.noop),
    ]
