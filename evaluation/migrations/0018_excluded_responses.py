"""Batches of responses that no longer count."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.ledger.counting import CountTable


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0017_components'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ResponseBatchExclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='사유')),
                ('at', models.DateTimeField(verbose_name='시각')),
            ],
            options={
                'verbose_name': '응답 묶음 제외',
                'verbose_name_plural': '응답 묶음 제외',
            },
        ),
        migrations.AddIndex(
            model_name='responsebatch',
            index=models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('code'), name='text_pattern_ops'), name='batch_code_begins'),
        ),
        migrations.AddField(
            model_name='responsebatchexclusion',
            name='batch',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='exclusion', to='evaluation.responsebatch', verbose_name='응답 묶음'),
        ),
        migrations.AddField(
            model_name='responsebatchexclusion',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='제외한 사람'),
        ),
        migrations.AddConstraint(
            model_name='responsebatchexclusion',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='batch_exclusion_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='responsebatchexclusion',
            trigger=pgtrigger.compiler.Trigger(name='batch_exclusion_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='26955fb0f3971a0168d274590ec84b13b97c1c65', operation='UPDATE OR DELETE', pgid='pgtrigger_batch_exclusion_append_only_a2991', table='evaluation_responsebatchexclusion', when='BEFORE')),
        ),
        CountTable('evaluation_responsebatchexclusion'),
    ]
