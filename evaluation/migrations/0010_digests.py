import core.fields
import django.db.models.deletion
from django.db import migrations, models

from core.ledger.counting import ReimageTable

# The tables only take rows, so what is there gets its digest by rewriting the column, not by an UPDATE.
SHEETS = """
CREATE FUNCTION pg_temp.sheet_digest(bigint) RETURNS text LANGUAGE sql AS $$
    SELECT encode(sha256(convert_to(coalesce(string_agg(line, E'\\n' ORDER BY line COLLATE "C"), ''), 'UTF8')), 'hex')
    FROM (SELECT c.code || ' ' || m.points AS line FROM evaluation_mark m
          JOIN evaluation_criterion c ON c.id = m.criterion_id WHERE m.sheet_id = $1) AS lines $$;
ALTER TABLE evaluation_sheet ALTER COLUMN digest TYPE varchar(64) USING pg_temp.sheet_digest(id);
"""
BATCHES = """
CREATE FUNCTION pg_temp.batch_digest(bigint) RETURNS text LANGUAGE sql AS $$
    SELECT encode(sha256(convert_to(coalesce(string_agg(line, E'\\n' ORDER BY line COLLATE "C"), ''), 'UTF8')), 'hex')
    FROM (SELECT mark::text AS line FROM evaluation_response WHERE batch_id = $1) AS lines $$;
ALTER TABLE evaluation_responsebatch ALTER COLUMN digest TYPE varchar(64) USING pg_temp.batch_digest(id);
"""


def digested(model: str, table: str, fill: str, constraint: str) -> ReimageTable:
    field = models.CharField(default='', max_length=64, verbose_name='요약값')
    whole = models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name=constraint)
    return ReimageTable(
        table,
        'what was handed in has a digest',
        [
            migrations.AddField(model_name=model, name='digest', field=field, preserve_default=False),
            migrations.RunSQL(fill, migrations.RunSQL.noop),
            migrations.AddConstraint(model_name=model, constraint=whole),
        ],
    )


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0009_cells'),
    ]

    operations = [
        digested('sheet', 'evaluation_sheet', SHEETS, 'sheet_digest_whole'),
        digested('responsebatch', 'evaluation_responsebatch', BATCHES, 'batch_digest_whole'),
        migrations.RemoveConstraint(model_name='mark', name='mark_once'),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.UniqueConstraint(fields=('sheet', 'criterion'), include=('points',), name='mark_once'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(fields=['batch'], include=('mark',), name='response_by_batch'),
        ),
        migrations.AlterField(
            model_name='mark',
            name='criterion',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluation.criterion', verbose_name='평가항목'),
        ),
        migrations.AlterField(
            model_name='mark',
            name='sheet',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='evaluation.sheet', verbose_name='평가표'),
        ),
        migrations.AlterField(
            model_name='response',
            name='batch',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='evaluation.responsebatch', verbose_name='묶음'),
        ),
    ]
