"""The ledger's functions and guards, and core's own tables under its count.

Not counted: `core_pulse`, which is a running figure and no record.
"""

from django.db import migrations

from core.ledger.counting import CountTable, InstallLedger


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        InstallLedger(),
        CountTable("core_account", exclude=("password", "last_login")),
        CountTable("core_rolegrant"),
        CountTable("core_nonworkingday"),
        CountTable("core_decision"),
        CountTable("core_event"),
    ]
