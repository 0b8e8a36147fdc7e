"""Officials are told once of a vacancy for which no call is authorised; that has no end of which to remind."""

from django.db import migrations, models

from core.ledger.counting import ReimageTable


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0007_published_names'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='reminder',
            name='reminder_goes_out_once',
        ),
        migrations.RemoveConstraint(
            model_name='reminder',
            name='reminder_kind_known',
        ),
        migrations.AlterField(
            model_name='reminder',
            name='kind',
            field=models.CharField(choices=[('window', '이의신청 마감'), ('decision', '이의신청 결정 기한'), ('vacancy', '공모가 승인되지 않은 공석')], max_length=16, verbose_name='종류'),
        ),
        ReimageTable(
            "evaluation_reminder",
            reason="a vacancy without a call has no end",
            operations=[
                migrations.AlterField(
                    model_name="reminder",
                    name="until",
                    field=models.DateTimeField(null=True, verbose_name="마감"),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('kind', 'subject_kind', 'subject_id', 'days', 'until'), name='reminder_goes_out_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('days', 0), ('kind', 'vacancy'), ('until__isnull', True)), models.Q(models.Q(('kind', 'vacancy'), _negated=True), ('until__isnull', False)), _connector='OR'), name='reminder_has_an_end_unless_of_a_vacancy'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['window', 'decision', 'vacancy'])), name='reminder_kind_known'),
        ),
    ]
