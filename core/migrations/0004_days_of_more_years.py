from django.db import migrations

from core.calendar import seed

COUNTRY = "kr"


def add_days(apps, schema_editor):
    """Days of 2024, 2029 and 2030 where an earlier seed had none of them; what officials have added stays."""
    day = apps.get_model("core", "NonWorkingDay")
    known = set(day.objects.filter(calendar=COUNTRY).values_list("date", flat=True))
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('simsa.actor', 'system:migration', true), set_config('simsa.verb', 'seed', true)"
        )
    day.objects.bulk_create(
        day(calendar=COUNTRY, date=date, name_ko=name_ko, name_en=name_en, source=source)
        for date, name_ko, name_en, source in seed.rows()
        if date not in known and date.year in (2024, 2029, 2030)
    )


class Migration(migrations.Migration):
    dependencies = [("core", "0003_ledger_statements")]

    operations = [
        migrations.RunPython(add_days, migrations.RunPython.noop),
    ]
