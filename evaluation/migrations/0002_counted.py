from django.db import migrations

from core.ledger.counting import CountTable


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial"), ("core", "0003_calendar")]

    operations = [
        CountTable("evaluation_round"),
        CountTable("evaluation_panelist"),
        CountTable("evaluation_criterion"),
        CountTable("evaluation_target"),
        CountTable("evaluation_gate"),
        CountTable("evaluation_entry"),
        CountTable("evaluation_document"),
        CountTable("evaluation_enquiry"),
        CountTable("evaluation_answer"),
        CountTable("evaluation_conflictdeclaration"),
        CountTable("evaluation_directpoints"),
        CountTable("evaluation_measurementrun"),
        CountTable("evaluation_measurement"),
        CountTable("evaluation_sheet"),
        CountTable("evaluation_mark"),
        CountTable("evaluation_sheetexclusion"),
        CountTable("evaluation_responsebatch"),
        CountTable("evaluation_finding"),
        CountTable("evaluation_verdict"),
        CountTable("evaluation_tiebreak"),
        CountTable("evaluation_snapshot"),
        CountTable("evaluation_snapshotrow"),
        CountTable("evaluation_announcement"),
        CountTable("evaluation_notice"),
        CountTable("evaluation_vacancy"),
        CountTable("evaluation_response", bulk=True),
    ]
