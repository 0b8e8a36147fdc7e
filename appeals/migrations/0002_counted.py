from django.db import migrations

from core.ledger.counting import CountTable


class Migration(migrations.Migration):
    dependencies = [("appeals", "0001_initial"), ("core", "0003_calendar")]

    operations = [
        CountTable("appeals_authorisation"),
    ]
