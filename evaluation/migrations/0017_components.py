"""Declarations of components, and the papers that they name."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.ledger.counting import CountTable


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0016_guidance'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ComponentDeclaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('component', models.CharField(max_length=100, verbose_name='구성 요소')),
                ('origin', models.CharField(choices=[('scratch', '직접 만들어 학습(프롬 스크래치)'), ('further_trained', '외부 가중치를 추가 학습'), ('frozen', '외부 가중치를 그대로 사용(프로즌)'), ('external_code', '외부 코드·토크나이저(가중치 없음)')], max_length=16, verbose_name='출처')),
                ('statement', models.TextField(verbose_name='신고 내용')),
                ('at', models.DateTimeField(verbose_name='신고 시각')),
                ('late', models.BooleanField(verbose_name='기한 경과')),
                ('not_considered_because', models.TextField(blank=True, verbose_name='반영하지 않은 이유')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='신고자')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='evaluation.entry', verbose_name='참여팀')),
                ('gate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='evaluation.gate', verbose_name='요건')),
            ],
            options={
                'verbose_name': '구성 요소 신고',
                'verbose_name_plural': '구성 요소 신고',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='DeclaredEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='evaluation.componentdeclaration', verbose_name='구성 요소 신고')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluation.document', verbose_name='제출 자료')),
            ],
            options={
                'verbose_name': '신고의 근거 자료',
                'verbose_name_plural': '신고의 근거 자료',
                'ordering': ('id',),
            },
        ),
        migrations.AddField(
            model_name='componentdeclaration',
            name='papers',
            field=models.ManyToManyField(related_name='declarations', through='evaluation.DeclaredEvidence', to='evaluation.document', verbose_name='근거 자료'),
        ),
        migrations.AddConstraint(
            model_name='declaredevidence',
            constraint=models.UniqueConstraint(fields=('declaration', 'document'), name='declared_evidence_once', violation_error_message='한 신고에 같은 자료를 두 번 들 수 없습니다.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaredevidence',
            trigger=pgtrigger.compiler.Trigger(name='declared_evidence_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='88f820e55b0d5eeb644ff2a98cc80e2e03d8405f', operation='UPDATE OR DELETE', pgid='pgtrigger_declared_evidence_append_only_7d2da', table='evaluation_declaredevidence', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaredevidence',
            trigger=pgtrigger.compiler.Trigger(name='declared_evidence_of_the_team', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NOT EXISTS (\n        SELECT 1 FROM evaluation_componentdeclaration c\n        JOIN evaluation_entry e ON e.id = c.entry_id\n        JOIN evaluation_document d ON d.round_id = e.round_id AND d.team_id = e.team_id\n        WHERE c.id = NEW.declaration_id AND d.id = NEW.document_id) THEN\n        RAISE EXCEPTION 'declared_evidence_of_the_team' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='684a8bf833879678b6b342a7e5dcffcce4153431', operation='INSERT', pgid='pgtrigger_declared_evidence_of_the_team_64562', table='evaluation_declaredevidence', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='componentdeclaration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('component', ''), _negated=True), models.Q(('statement', ''), _negated=True)), name='component_declaration_says_what', violation_error_message='구성 요소의 이름과 신고 내용을 적어야 합니다.'),
        ),
        migrations.AddConstraint(
            model_name='componentdeclaration',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['scratch', 'further_trained', 'frozen', 'external_code'])), name='component_declaration_origin_known', violation_error_message='없는 출처입니다.'),
        ),
        migrations.AddConstraint(
            model_name='componentdeclaration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('late', False), ('not_considered_because', '')), models.Q(('late', True), models.Q(('not_considered_because', ''), _negated=True)), _connector='OR'), name='component_declaration_late_has_reason', violation_error_message='반영하지 않은 신고에는 이유가 있어야 합니다.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='componentdeclaration',
            trigger=pgtrigger.compiler.Trigger(name='component_declaration_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='68fb635669d3b7d7153c68c5ca24522fcf9fb0c0', operation='UPDATE OR DELETE', pgid='pgtrigger_component_declaration_append_only_3bdf4', table='evaluation_componentdeclaration', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='componentdeclaration',
            trigger=pgtrigger.compiler.Trigger(name='component_declaration_of_the_round', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NOT EXISTS (\n        SELECT 1 FROM evaluation_entry e JOIN evaluation_gate g ON g.round_id = e.round_id\n        WHERE e.id = NEW.entry_id AND g.id = NEW.gate_id) THEN\n        RAISE EXCEPTION 'component_declaration_of_the_round' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='95230df10575f650d35bda31be671ecb3dfd06c0', operation='INSERT', pgid='pgtrigger_component_declaration_of_the_round_a8273', table='evaluation_componentdeclaration', when='BEFORE')),
        ),
        CountTable('evaluation_componentdeclaration'),
        CountTable('evaluation_declaredevidence'),
    ]
