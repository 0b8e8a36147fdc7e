"""Notes on sheets that stand far from the others."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.ledger.counting import CountTable


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0013_imports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SheetNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='메모')),
                ('at', models.DateTimeField(verbose_name='시각')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='작성자')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='evaluation.sheet', verbose_name='평가표')),
            ],
            options={
                'verbose_name': '평가표 메모',
                'verbose_name_plural': '평가표 메모',
                'ordering': ('id',),
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='sheet_note_has_text')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sheetnote',
            trigger=pgtrigger.compiler.Trigger(name='sheet_note_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6be13a6019990a3359e3ae30d63783953a3c110f', operation='UPDATE OR DELETE', pgid='pgtrigger_sheet_note_append_only_54997', table='evaluation_sheetnote', when='BEFORE')),
        ),
        CountTable('evaluation_sheetnote'),
    ]
