import pgtrigger.migrations
from django.db import migrations, models

from core.ledger.counting import CountTable, ReimageTable


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0010_digests'),
    ]

    operations = [
        ReimageTable(
            'evaluation_snapshot',
            'a snapshot names who made it and why',
            [
                migrations.AddField(
                    model_name='snapshot',
                    name='made_by',
                    field=models.CharField(default='', max_length=200, verbose_name='작성자'),
                    preserve_default=False,
                ),
                migrations.AddField(
                    model_name='snapshot',
                    name='reason',
                    field=models.TextField(blank=True, verbose_name='사유'),
                ),
            ],
        ),
        # The rows of a snapshot are written at once and only ever added: one item a statement.
        migrations.RunSQL("SELECT ledger_retire('evaluation_snapshotrow'::regclass)", migrations.RunSQL.noop),
        CountTable('evaluation_snapshotrow', bulk=True),
        pgtrigger.migrations.RemoveTrigger(model_name='snapshotrow', name='snapshot_row_append_only'),
    ]
