"""Files of papers."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from core.ledger.counting import CountTable


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_days'),
        ('evaluation', '0001_squashed_0019_exports'),
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attachment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.attachment', verbose_name='첨부 파일')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluation.document', verbose_name='제출 자료')),
            ],
            options={
                'verbose_name': '제출 자료의 파일',
                'verbose_name_plural': '제출 자료의 파일',
                'ordering': ('id',),
            },
        ),
        migrations.AddField(
            model_name='document',
            name='files',
            field=models.ManyToManyField(related_name='+', through='evaluation.DocumentFile', to='core.attachment', verbose_name='첨부 파일'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentfile',
            trigger=pgtrigger.compiler.Trigger(name='document_file_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e5d02dbb36c5cfa843a99b7159c2bd2164403058', operation='UPDATE OR DELETE', pgid='pgtrigger_document_file_append_only_3a0ea', table='evaluation_documentfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentfile',
            trigger=pgtrigger.compiler.Trigger(name='document_file_came_with_it', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NOT EXISTS (\n        SELECT 1 FROM evaluation_document d\n        JOIN core_attachment a ON a.uploaded_at = d.received_at AND a.uploaded_by_id = d.filed_by_id\n        WHERE d.id = NEW.document_id AND a.id = NEW.attachment_id) THEN\n        RAISE EXCEPTION 'document_file_came_with_it' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='e27cbfb65a5f31c97db91f386ce5e4bbce742d73', operation='INSERT', pgid='pgtrigger_document_file_came_with_it_d0f46', table='evaluation_documentfile', when='BEFORE')),
        ),
        CountTable('evaluation_documentfile'),
    ]
