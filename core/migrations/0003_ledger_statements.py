"""A statement's keys are put together faster; what is kept of it stays the same."""

from django.db import migrations

from core.ledger.counting import RenewItems


class Migration(migrations.Migration):
    dependencies = [("core", "0002_days")]

    operations = [RenewItems()]
