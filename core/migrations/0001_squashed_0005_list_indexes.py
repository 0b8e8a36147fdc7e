"""Core's tables, the ledger's functions and guards with core's own tables under its count.

Not counted: `core_pulse`, which is a running figure and no record.
"""

import core.names
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.ledger.counting import CountTable, InstallLedger
from core.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('core', '0001_initial'),
        ('core', '0002_ledger'),
        ('core', '0004_attachments'),
        ('core', '0005_list_indexes'),
    ]

    dependencies = []

    operations = [
        CreateTables(
            operations=[
                migrations.CreateModel(
                    name='LedgerBlock',
                    fields=[
                        ('number', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='번호')),
                        ('marker', models.UUIDField(unique=True)),
                        ('previous', models.CharField(max_length=64, verbose_name='앞 블록')),
                        ('items', models.IntegerField(verbose_name='항목 수')),
                        ('first_item', models.BigIntegerField()),
                        ('last_item', models.BigIntegerField()),
                        ('digest', models.CharField(max_length=64, verbose_name='항목 요약값')),
                        ('head', models.CharField(max_length=64, verbose_name='머리값')),
                        ('sealed_at', models.DateTimeField(verbose_name='봉인 시각')),
                    ],
                    options={
                        'verbose_name': '원장 블록',
                        'verbose_name_plural': '원장 블록',
                    },
                ),
                migrations.CreateModel(
                    name='LedgerItem',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('marker', models.UUIDField()),
                        ('relation', models.TextField(verbose_name='표')),
                        ('row_key', models.TextField(verbose_name='행')),
                        ('change', models.CharField(choices=[('I', '추가'), ('U', '변경'), ('D', '삭제'), ('B', '일괄 추가'), ('M', '구조 변경')], max_length=1, verbose_name='변경')),
                        ('image', models.JSONField(verbose_name='내용')),
                        ('actor', models.TextField(verbose_name='행위자')),
                        ('verb', models.TextField(verbose_name='행위')),
                        ('reason', models.TextField(verbose_name='사유')),
                        ('mandate', models.TextField(verbose_name='집행한 결정')),
                        ('at', models.DateTimeField(verbose_name='시각')),
                    ],
                    options={
                        'verbose_name': '원장 항목',
                        'verbose_name_plural': '원장 항목',
                        'indexes': [models.Index(fields=['relation', 'row_key', '-id'], name='ledger_item_row'), models.Index(fields=['marker', 'id'], name='ledger_item_marker'), models.Index(fields=['verb', '-id'], name='ledger_item_verb_newest'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('actor'), name='text_pattern_ops'), name='ledger_item_actor_begins')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('actor', ''), _negated=True), name='ledger_item_names_actor'), models.CheckConstraint(condition=models.Q(('verb', ''), _negated=True), name='ledger_item_names_verb')],
                    },
                ),
                migrations.CreateModel(
                    name='NonWorkingDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('calendar', models.CharField(max_length=64, verbose_name='달력')),
                        ('date', models.DateField(verbose_name='날짜')),
                        ('name_ko', models.CharField(max_length=100, verbose_name='이름')),
                        ('name_en', models.CharField(max_length=100, verbose_name='영문 이름')),
                        ('source', models.CharField(max_length=200, verbose_name='법적 근거')),
                    ],
                    options={
                        'verbose_name': '공휴일',
                        'verbose_name_plural': '공휴일',
                        'ordering': ('date', 'calendar'),
                        'constraints': [models.UniqueConstraint(fields=('calendar', 'date'), name='non_working_day_once'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='non_working_day_has_source', violation_error_message='공휴일에는 법적 근거를 적어야 합니다.')],
                    },
                ),
                migrations.CreateModel(
                    name='Pulse',
                    fields=[
                        ('name', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='작업')),
                        ('finished_at', models.DateTimeField(verbose_name='마지막 완료')),
                        ('found', models.JSONField(default=dict, verbose_name='결과')),
                    ],
                    options={
                        'verbose_name': '정기 작업',
                        'verbose_name_plural': '정기 작업',
                    },
                ),
                migrations.CreateModel(
                    name='RoleGrant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to=settings.AUTH_USER_MODEL, verbose_name='계정')),
                        ('role', models.CharField(choices=[('official', '담당 공무원'), ('evaluator', '평가위원'), ('reviewer', '재심의 위원'), ('applicant', '참여팀 담당자'), ('auditor', '감사 담당'), ('operator', '시스템 운영자'), ('system', '시스템')], max_length=16, verbose_name='역할')),
                    ],
                    options={
                        'verbose_name': '역할',
                        'verbose_name_plural': '역할',
                        'constraints': [models.UniqueConstraint(fields=('account', 'role'), name='role_granted_once'), models.CheckConstraint(condition=models.Q(('role__in', ['official', 'evaluator', 'reviewer', 'applicant', 'auditor', 'operator'])), name='role_known', violation_error_message='없는 역할입니다.')],
                    },
                ),
                migrations.CreateModel(
                    name='Account',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('username', models.CharField(max_length=130, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9][a-z0-9._-]*\\Z')], verbose_name='계정')),
                        ('name_ko', models.CharField(max_length=100, verbose_name='이름')),
                        ('name_en', models.CharField(max_length=100, verbose_name='영문 이름')),
                        ('is_active', models.BooleanField(default=True, verbose_name='사용 중')),
                    ],
                    options={
                        'verbose_name': '계정',
                        'verbose_name_plural': '계정',
                        'ordering': ('username',),
                        'indexes': [models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('username'), name='text_pattern_ops'), name='account_username_begins'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('name_ko'), name='text_pattern_ops'), name='account_name_ko_begins'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('name_en'), name='text_pattern_ops'), name='account_name_en_begins')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('username__regex', '^[a-z0-9][a-z0-9._-]*$')), name='account_username_form', violation_error_message='계정은 소문자, 숫자, 점, 밑줄, 붙임표로 적습니다.')],
                    },
                    bases=(core.names.Named, models.Model),
                ),
                migrations.CreateModel(
                    name='Attachment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=200, verbose_name='파일 이름')),
                        ('kind', models.CharField(choices=[('application/pdf', 'PDF'), ('application/x-hwp', '한글(HWP)'), ('application/hwp+zip', '한글(HWPX)'), ('application/vnd.openxmlformats-officedocument.wordprocessingml.document', '워드(DOCX)'), ('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', '엑셀(XLSX)'), ('image/png', '그림(PNG)'), ('image/jpeg', '그림(JPEG)')], max_length=100, verbose_name='형식')),
                        ('size', models.PositiveIntegerField(verbose_name='크기(바이트)')),
                        ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                        ('stored_as', models.CharField(max_length=100, unique=True)),
                        ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='올린 사람')),
                        ('uploaded_at', models.DateTimeField(verbose_name='올린 시각')),
                    ],
                    options={
                        'verbose_name': '첨부 파일',
                        'verbose_name_plural': '첨부 파일',
                        'ordering': ('id',),
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['application/pdf', 'application/x-hwp', 'application/hwp+zip', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'image/png', 'image/jpeg'])), name='attachment_kind_known'), models.CheckConstraint(condition=models.Q(('size__gte', 1), ('size__lte', 20971520)), name='attachment_size_bounded', violation_error_message='첨부 파일은 비어 있지 않고 20MB를 넘지 않아야 합니다.'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='attachment_sha256_form'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('name__regex', '[/\\\\[:cntrl:]]'), _negated=True)), name='attachment_name_form', violation_error_message='파일 이름에는 경로와 제어 문자를 쓸 수 없습니다.')],
                    },
                ),
                migrations.CreateModel(
                    name='Decision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('verb', models.CharField(max_length=40, verbose_name='결정')),
                        ('subject_kind', models.CharField(max_length=60)),
                        ('subject_id', models.BigIntegerField()),
                        ('subject_label', models.CharField(max_length=200, verbose_name='대상')),
                        ('arguments', models.JSONField(default=dict, verbose_name='내용')),
                        ('reason', models.TextField(blank=True, verbose_name='사유')),
                        ('prepared_against', models.CharField(max_length=64)),
                        ('state', models.CharField(choices=[('prepared', '결재 대기'), ('approved', '결재 완료'), ('returned', '반려'), ('void', '무효')], default='prepared', max_length=16, verbose_name='상태')),
                        ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='기안자')),
                        ('prepared_at', models.DateTimeField(verbose_name='기안 시각')),
                        ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='결재자')),
                        ('settled_at', models.DateTimeField(null=True, verbose_name='결재 시각')),
                        ('settled_reason', models.TextField(blank=True, verbose_name='결재 의견')),
                    ],
                    options={
                        'verbose_name': '결재',
                        'verbose_name_plural': '결재',
                        'ordering': ('-id',),
                        'indexes': [models.Index(fields=['subject_kind', 'subject_id'], name='decision_subject'), models.Index(fields=['verb', '-id'], name='decision_verb_newest'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('subject_label'), name='text_pattern_ops'), name='decision_subject_begins')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['prepared', 'approved', 'returned', 'void'])), name='decision_state_known', violation_error_message='없는 상태입니다.'), models.CheckConstraint(condition=models.Q(('settled_by__isnull', True), models.Q(('settled_by', models.F('prepared_by')), _negated=True), ('state__in', ['returned', 'void']), _connector='OR'), name='decision_two_people', violation_error_message='기안한 사람은 결재할 수 없습니다.'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True), ('state', 'prepared')), models.Q(models.Q(('state', 'prepared'), _negated=True), ('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='decision_settled_has_person_and_time', violation_error_message='결재에는 결재자와 시각이 있어야 합니다.')],
                    },
                ),
                migrations.CreateModel(
                    name='Event',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('verb', models.CharField(max_length=40, verbose_name='행위')),
                        ('subject_kind', models.CharField(max_length=60, verbose_name='대상 종류')),
                        ('subject_id', models.BigIntegerField()),
                        ('subject_label', models.CharField(max_length=200, verbose_name='대상')),
                        ('actor', models.CharField(max_length=130, verbose_name='행위자')),
                        ('mandate', models.CharField(blank=True, max_length=60, verbose_name='집행한 결정')),
                        ('reason', models.TextField(blank=True, verbose_name='사유')),
                        ('at', models.DateTimeField(verbose_name='시각')),
                        ('facts', models.JSONField(default=dict, verbose_name='내용')),
                    ],
                    options={
                        'verbose_name': '기록',
                        'verbose_name_plural': '기록',
                        'ordering': ('-id',),
                        'indexes': [models.Index(fields=['subject_kind', 'subject_id'], name='event_subject'), models.Index(fields=['verb', '-id'], name='event_verb_newest'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('actor'), name='text_pattern_ops'), name='event_actor_begins'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('subject_label'), name='text_pattern_ops'), name='event_subject_begins')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('actor', ''), _negated=True), models.Q(('verb', ''), _negated=True)), name='event_names_actor_and_verb')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='event',
                    trigger=pgtrigger.compiler.Trigger(name='event_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8bdadb049b805d9f7d228aa83e1a74e971ef1527', operation='UPDATE OR DELETE', pgid='pgtrigger_event_append_only_f8a4c', table='core_event', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='nonworkingday',
                    trigger=pgtrigger.compiler.Trigger(name='day_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='585a86d01b5f0f33a659d4192713e2eab6d3369d', operation='UPDATE OR DELETE', pgid='pgtrigger_day_append_only_45cee', table='core_nonworkingday', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='attachment',
                    trigger=pgtrigger.compiler.Trigger(name='attachment_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='89aa9d818419e905a7c71f664ef749e6245a9500', operation='UPDATE OR DELETE', pgid='pgtrigger_attachment_append_only_94061', table='core_attachment', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='decision',
                    trigger=pgtrigger.compiler.Trigger(name='decision_steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{prepared:approved,prepared:returned,prepared:void}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='7e49bb7c25a570652abfbea954a3a747a87bd9e1', operation='UPDATE', pgid='pgtrigger_decision_steps_27792', table='core_decision', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='decision',
                    trigger=pgtrigger.compiler.Trigger(name='decision_begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IS DISTINCT FROM \'prepared\')', func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='3e2b77b811e14edfad2a5719a9b6da515e5a05ac', operation='INSERT', pgid='pgtrigger_decision_begins_9176b', table='core_decision', when='BEFORE')),
                ),
            ],
        ),
        InstallLedger(),
        CountTable('core_account', exclude=('password', 'last_login')),
        CountTable('core_rolegrant'),
        CountTable('core_nonworkingday'),
        CountTable('core_decision'),
        CountTable('core_event'),
        CountTable('core_attachment'),
    ]
