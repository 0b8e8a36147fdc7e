from django.db import migrations

from core.ledger.counting import CountTable


class Migration(migrations.Migration):
    dependencies = [("consortia", "0001_initial"), ("core", "0003_calendar")]

    operations = [
        CountTable("consortia_programme"),
        CountTable("consortia_organisation"),
        CountTable("consortia_affiliation"),
        CountTable("consortia_team"),
        CountTable("consortia_membership"),
        CountTable("consortia_teamperson"),
        CountTable("consortia_call"),
        CountTable("consortia_application"),
    ]
