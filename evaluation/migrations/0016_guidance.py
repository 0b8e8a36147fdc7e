"""Guidance beside the criteria."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.ledger.counting import CountTable


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0015_list_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Guidance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True, verbose_name='평가 지침')),
                ('at', models.DateTimeField(verbose_name='시각')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='작성자')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guidance', to='evaluation.criterion', verbose_name='평가항목')),
            ],
            options={
                'verbose_name': '평가 지침',
                'verbose_name_plural': '평가 지침',
                'ordering': ('id',),
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='guidance',
            trigger=pgtrigger.compiler.Trigger(name='guidance_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ca7791b001d5ac142b3bbb421fb2b0a6eee6d608', operation='UPDATE OR DELETE', pgid='pgtrigger_guidance_append_only_9d7bc', table='evaluation_guidance', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='guidance',
            trigger=pgtrigger.compiler.Trigger(name='guidance_before_sheets', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM evaluation_criterion c\n        JOIN evaluation_entry e ON e.round_id = c.round_id JOIN evaluation_sheet s ON s.entry_id = e.id\n        WHERE c.id = NEW.criterion_id) THEN\n        RAISE EXCEPTION 'guidance_before_sheets' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='cbdbd2846e97b60fba5e40721cb99c70db029951', operation='INSERT', pgid='pgtrigger_guidance_before_sheets_71bc7', table='evaluation_guidance', when='BEFORE')),
        ),
        CountTable('evaluation_guidance'),
    ]
