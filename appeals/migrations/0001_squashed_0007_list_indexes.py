import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.ledger.counting import CountTable
from core.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('appeals', '0001_initial'),
        ('appeals', '0002_counted'),
        ('appeals', '0003_appeals'),
        ('appeals', '0004_papers'),
        ('appeals', '0005_guards'),
        ('appeals', '0006_vote_reason'),
        ('appeals', '0007_list_indexes'),
    ]

    dependencies = [
        ('core', '0002_days'),
        ('consortia', '0001_squashed_0007_roster_imports'),
        ('evaluation', '0001_squashed_0019_exports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            operations=[
                migrations.CreateModel(
                    name='Appeal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='consortia.programme', verbose_name='사업')),
                        ('code', models.CharField(max_length=64, verbose_name='번호')),
                        ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='evaluation.round', verbose_name='단계평가')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='evaluation.entry', verbose_name='참여팀')),
                        ('ground', models.CharField(choices=[('decisive_error', '결과를 좌우한 오류'), ('misread_content', '제출 내용의 오해'), ('clerical_error', '오기나 계산 착오'), ('procedure_defect', '절차의 하자'), ('other', '그 밖의 사유'), ('panel_choice', '평가위원 선정'), ('rules', '평가 기준'), ('method', '평가 방법'), ('amounts', '사업비 규모')], max_length=20, verbose_name='사유 구분')),
                        ('statement', models.TextField(verbose_name='이의 내용')),
                        ('state', models.CharField(choices=[('filed', '접수'), ('admitted', '심의 중'), ('rejected', '각하'), ('withdrawn', '취하'), ('upheld', '인용'), ('partly_upheld', '일부 인용'), ('dismissed', '기각')], default='filed', max_length=16, verbose_name='상태')),
                        ('filed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='신청자')),
                        ('filed_at', models.DateTimeField(verbose_name='접수 시각')),
                        ('decide_by', models.DateTimeField(verbose_name='결정 기한')),
                        ('admission_reason', models.TextField(blank=True, verbose_name='적격 판단 이유')),
                        ('decision', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.decision', verbose_name='결재')),
                        ('decision_reason', models.TextField(blank=True, verbose_name='결정 이유')),
                        ('decided_at', models.DateTimeField(null=True, verbose_name='결정 시각')),
                    ],
                    options={
                        'verbose_name': '이의신청',
                        'verbose_name_plural': '이의신청',
                        'ordering': ('filed_at', 'id'),
                        'indexes': [models.Index(fields=['-filed_at', '-id'], name='appeal_newest'), models.Index(fields=['decide_by'], name='appeal_term'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('code'), name='text_pattern_ops'), name='appeal_code_begins')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['filed', 'admitted', 'rejected', 'withdrawn', 'upheld', 'partly_upheld', 'dismissed'])), name='appeal_state_known', violation_error_message='없는 상태입니다.'), models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z0-9][a-z0-9_-]{0,63}$')), name='appeal_code_form', violation_error_message='코드는 소문자나 숫자로 시작하고 소문자, 숫자, 밑줄, 붙임표로 적습니다.'), models.UniqueConstraint(fields=('programme', 'code'), name='appeal_code_once'), models.UniqueConstraint(fields=('entry', 'ground'), name='appeal_one_a_team_and_ground', violation_error_message='한 팀은 같은 사유로 한 번만 이의신청할 수 있습니다.'), models.CheckConstraint(condition=models.Q(('ground__in', ['decisive_error', 'misread_content', 'clerical_error', 'procedure_defect', 'other', 'panel_choice', 'rules', 'method', 'amounts'])), name='appeal_ground_known'), models.CheckConstraint(condition=models.Q(('statement', ''), _negated=True), name='appeal_has_statement'), models.CheckConstraint(condition=models.Q(('decide_by__gt', models.F('filed_at'))), name='appeal_decide_by_after_filing'), models.CheckConstraint(condition=models.Q(models.Q(('ground__in', ['panel_choice', 'rules', 'method', 'amounts']), _negated=True), ('state__in', ['filed', 'rejected', 'withdrawn']), _connector='OR'), name='appeal_inadmissible_never_admitted', violation_error_message='이 사유의 이의신청은 받아들일 수 없습니다.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state__in', ['filed', 'admitted', 'withdrawn'])), models.Q(('decided_at__isnull', False), ('state', 'rejected'), models.Q(('admission_reason', ''), _negated=True)), models.Q(('decided_at__isnull', False), ('decision__isnull', False), ('state__in', ['upheld', 'partly_upheld', 'dismissed']), models.Q(('decision_reason', ''), _negated=True)), _connector='OR'), name='appeal_decided_has_reason_and_time', violation_error_message='결정에는 이유와 시각이 있어야 합니다.')],
                    },
                ),
                migrations.CreateModel(
                    name='Amendment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('appeal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='appeals.appeal', verbose_name='이의신청')),
                        ('version', models.PositiveIntegerField(verbose_name='판')),
                        ('statement', models.TextField(verbose_name='이의 내용')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='변경한 사람')),
                        ('at', models.DateTimeField(verbose_name='변경 시각')),
                    ],
                    options={
                        'verbose_name': '이의신청 변경',
                        'verbose_name_plural': '이의신청 변경',
                        'ordering': ('appeal', 'version'),
                        'constraints': [models.UniqueConstraint(fields=('appeal', 'version'), name='amendment_version_once'), models.CheckConstraint(condition=models.Q(('version__gte', 2)), name='amendment_after_the_filing'), models.CheckConstraint(condition=models.Q(('statement', ''), _negated=True), name='amendment_has_statement')],
                    },
                ),
                migrations.CreateModel(
                    name='AppealReceipt',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consortia.programme', verbose_name='사업')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='연도')),
                        ('sequence', models.PositiveIntegerField(verbose_name='순번')),
                        ('at', models.DateTimeField(verbose_name='접수 시각')),
                        ('ledger_number', models.BigIntegerField(verbose_name='원장 블록')),
                        ('ledger_head', models.CharField(max_length=64, verbose_name='원장 머리값')),
                        ('appeal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='appeals.appeal', verbose_name='이의신청')),
                    ],
                    options={
                        'verbose_name': '이의신청 접수증',
                        'verbose_name_plural': '이의신청 접수증',
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('programme', 'year', 'sequence'), name='appealreceipt_number_once'), models.CheckConstraint(condition=models.Q(('sequence__gte', 1)), name='appealreceipt_number_from_one'), models.CheckConstraint(condition=models.Q(('ledger_head__regex', '^[0-9a-f]{64}$')), name='appealreceipt_has_head')],
                    },
                ),
                migrations.CreateModel(
                    name='AppealReviewer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('appeal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviewers', to='appeals.appeal', verbose_name='이의신청')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to=settings.AUTH_USER_MODEL, verbose_name='재심의 위원')),
                        ('assigned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='지정한 사람')),
                        ('assigned_at', models.DateTimeField(verbose_name='지정 시각')),
                    ],
                    options={
                        'verbose_name': '재심의 위원',
                        'verbose_name_plural': '재심의 위원',
                        'constraints': [models.UniqueConstraint(fields=('appeal', 'account'), name='appeal_reviewer_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Authorisation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('call', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='authorisation', to='consortia.call', verbose_name='추가 공모')),
                        ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authorisations', to='evaluation.round', verbose_name='단계평가')),
                        ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.decision', verbose_name='결재')),
                        ('authorised_at', models.DateTimeField(verbose_name='승인 시각')),
                        ('lapsed', models.BooleanField(default=False, verbose_name='효력 상실')),
                    ],
                    options={
                        'verbose_name': '공모 승인',
                        'verbose_name_plural': '공모 승인',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('lapsed', False)), fields=('round',), name='authorisation_one_a_vacancy')],
                    },
                ),
                migrations.CreateModel(
                    name='Challenge',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reviewer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='challenge', to='appeals.appealreviewer', verbose_name='재심의 위원')),
                        ('reason', models.TextField(verbose_name='사유')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='신청자')),
                        ('at', models.DateTimeField(verbose_name='신청 시각')),
                    ],
                    options={
                        'verbose_name': '기피 신청',
                        'verbose_name_plural': '기피 신청',
                        'ordering': ('at', 'id'),
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='challenge_has_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='ChallengeRuling',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('challenge', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ruling', to='appeals.challenge', verbose_name='기피 신청')),
                        ('accepted', models.BooleanField(verbose_name='인용')),
                        ('reason', models.TextField(verbose_name='사유')),
                        ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.decision', verbose_name='결재')),
                        ('at', models.DateTimeField(verbose_name='결정 시각')),
                    ],
                    options={
                        'verbose_name': '기피 결정',
                        'verbose_name_plural': '기피 결정',
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='challenge_ruling_has_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='AssignmentEnd',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reviewer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='appeals.appealreviewer', verbose_name='재심의 위원')),
                        ('ruling', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='appeals.challengeruling', verbose_name='기피 결정')),
                        ('at', models.DateTimeField(verbose_name='시각')),
                    ],
                    options={
                        'verbose_name': '재심의 위원 해촉',
                        'verbose_name_plural': '재심의 위원 해촉',
                    },
                ),
                migrations.CreateModel(
                    name='Completion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='completion', to='appeals.completionrequest', verbose_name='보완 요구')),
                        ('text', models.TextField(verbose_name='보완 내용')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='보완한 사람')),
                        ('at', models.DateTimeField(verbose_name='보완 시각')),
                        ('late', models.BooleanField(verbose_name='기한 경과')),
                        ('lateness', models.TextField(blank=True, verbose_name='기한 경과에 관한 설명')),
                    ],
                    options={
                        'verbose_name': '보완',
                        'verbose_name_plural': '보완',
                        'ordering': ('at', 'id'),
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='completion_has_text'), models.CheckConstraint(condition=models.Q(models.Q(('late', False), ('lateness', '')), models.Q(('late', True), models.Q(('lateness', ''), _negated=True)), _connector='OR'), name='completion_late_is_noted')],
                    },
                ),
                migrations.CreateModel(
                    name='AppealPaper',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('appeal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='appeals.appeal', verbose_name='이의신청')),
                        ('amendment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='appeals.amendment', verbose_name='변경')),
                        ('completion', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='appeals.completion', verbose_name='보완')),
                        ('attachment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.attachment', verbose_name='첨부 파일')),
                    ],
                    options={
                        'verbose_name': '이의신청 첨부',
                        'verbose_name_plural': '이의신청 첨부',
                        'ordering': ('id',),
                        'constraints': [models.CheckConstraint(condition=models.Q(('amendment__isnull', True), ('completion__isnull', True), _connector='OR'), name='appeal_paper_came_once')],
                    },
                ),
                migrations.CreateModel(
                    name='CompletionRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('appeal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='completion_requests', to='appeals.appeal', verbose_name='이의신청')),
                        ('text', models.TextField(verbose_name='보완할 내용')),
                        ('until', models.DateTimeField(verbose_name='보완 기한')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='요구한 사람')),
                        ('at', models.DateTimeField(verbose_name='요구 시각')),
                    ],
                    options={
                        'verbose_name': '보완 요구',
                        'verbose_name_plural': '보완 요구',
                        'ordering': ('at', 'id'),
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='completion_request_has_text'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('at'))), name='completion_request_leaves_time')],
                    },
                ),
                migrations.CreateModel(
                    name='DecisionText',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('appeal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision_text', to='appeals.appeal', verbose_name='이의신청')),
                        ('text', models.TextField(verbose_name='결정서')),
                        ('at', models.DateTimeField(verbose_name='작성 시각')),
                        ('ledger_number', models.BigIntegerField(verbose_name='원장 블록')),
                        ('ledger_head', models.CharField(max_length=64, verbose_name='원장 머리값')),
                    ],
                    options={
                        'verbose_name': '결정서',
                        'verbose_name_plural': '결정서',
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='decision_text_not_empty'), models.CheckConstraint(condition=models.Q(('ledger_head__regex', '^[0-9a-f]{64}$')), name='decision_text_has_head')],
                    },
                ),
                migrations.CreateModel(
                    name='EarlyClosing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='early_closings', to='evaluation.round', verbose_name='단계평가')),
                        ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.decision', verbose_name='결재')),
                        ('reason', models.TextField(verbose_name='사유')),
                        ('closed_at', models.DateTimeField(verbose_name='종료 시각')),
                    ],
                    options={
                        'verbose_name': '이의신청 조기 종료',
                        'verbose_name_plural': '이의신청 조기 종료',
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='early_closing_has_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Opinion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reviewer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='opinion', to='appeals.appealreviewer', verbose_name='재심의 위원')),
                        ('recommends', models.CharField(choices=[('upheld', '인용'), ('partly_upheld', '일부 인용'), ('dismissed', '기각')], max_length=16, verbose_name='의견')),
                        ('text', models.TextField(verbose_name='이유')),
                        ('at', models.DateTimeField(verbose_name='제출 시각')),
                    ],
                    options={
                        'verbose_name': '재심의 의견',
                        'verbose_name_plural': '재심의 의견',
                        'ordering': ('at', 'id'),
                        'constraints': [models.CheckConstraint(condition=models.Q(('recommends__in', ('upheld', 'partly_upheld', 'dismissed'))), name='opinion_recommends_an_outcome'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='opinion_has_text')],
                    },
                ),
                migrations.CreateModel(
                    name='Screening',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='screening', to='consortia.application', verbose_name='응모')),
                        ('eligible', models.BooleanField(verbose_name='적합')),
                        ('reason', models.TextField(verbose_name='사유')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='검토자')),
                        ('at', models.DateTimeField(verbose_name='시각')),
                    ],
                    options={
                        'verbose_name': '적합성 검토',
                        'verbose_name_plural': '적합성 검토',
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='screening_has_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Selection',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='selections', to='consortia.call', verbose_name='추가 공모')),
                        ('application', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='selection', to='consortia.application', verbose_name='선정된 응모')),
                        ('reason', models.TextField(verbose_name='사유')),
                        ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.decision', verbose_name='결재')),
                        ('at', models.DateTimeField(verbose_name='시각')),
                    ],
                    options={
                        'verbose_name': '선정',
                        'verbose_name_plural': '선정',
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='selection_has_reason'), models.UniqueConstraint(condition=models.Q(('application__isnull', True)), fields=('call',), name='selection_nobody_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Vote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='consortia.application', verbose_name='응모')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to=settings.AUTH_USER_MODEL, verbose_name='평가위원')),
                        ('accept', models.BooleanField(verbose_name='기준 충족')),
                        ('reason', models.TextField(blank=True, verbose_name='이유')),
                        ('at', models.DateTimeField(verbose_name='시각')),
                    ],
                    options={
                        'verbose_name': '응모 평가 의견',
                        'verbose_name_plural': '응모 평가 의견',
                        'constraints': [models.UniqueConstraint(fields=('application', 'account'), name='vote_one_a_person')],
                    },
                ),
                migrations.CreateModel(
                    name='Waiver',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='waiver', to='evaluation.entry', verbose_name='참여팀')),
                        ('waived_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='포기한 사람')),
                        ('waived_at', models.DateTimeField(verbose_name='포기 시각')),
                    ],
                    options={
                        'verbose_name': '이의신청 포기',
                        'verbose_name_plural': '이의신청 포기',
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='appeal',
                    trigger=pgtrigger.compiler.Trigger(name='appeal_steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{admitted:dismissed,admitted:partly_upheld,admitted:upheld,admitted:withdrawn,filed:admitted,filed:rejected,filed:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='6772ffa5d1157dee40caf06191bc99fe190fef03', operation='UPDATE', pgid='pgtrigger_appeal_steps_c6cb2', table='appeals_appeal', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='appeal',
                    trigger=pgtrigger.compiler.Trigger(name='appeal_begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IS DISTINCT FROM \'filed\')', func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='d15858bc30a8a700b9ea49a95542c7eed8c59621', operation='INSERT', pgid='pgtrigger_appeal_begins_4011e', table='appeals_appeal', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='appeal',
                    trigger=pgtrigger.compiler.Trigger(name='appeal_never_after_a_waiver', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT 1 FROM appeals_waiver WHERE entry_id = NEW.entry_id) THEN\n        RAISE EXCEPTION 'appeal_never_after_a_waiver' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='6f4f8e9ce57917c1ef27b7b0d027349898769159', operation='INSERT', pgid='pgtrigger_appeal_never_after_a_waiver_8c1d7', table='appeals_appeal', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='amendment',
                    trigger=pgtrigger.compiler.Trigger(name='amendment_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='096f6d56b756ad6ef1e15fda28980ec9c3820c71', operation='UPDATE OR DELETE', pgid='pgtrigger_amendment_append_only_a9943', table='appeals_amendment', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='appealreceipt',
                    trigger=pgtrigger.compiler.Trigger(name='appeal_receipt_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='84578ea0e29c8e9590b0535982525359a2ed5112', operation='UPDATE OR DELETE', pgid='pgtrigger_appeal_receipt_append_only_965b0', table='appeals_appealreceipt', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='appealreviewer',
                    trigger=pgtrigger.compiler.Trigger(name='appeal_reviewer_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a1271e51f8af4eec62d7ef09de73021f2d3734db', operation='UPDATE OR DELETE', pgid='pgtrigger_appeal_reviewer_append_only_4810e', table='appeals_appealreviewer', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='appealreviewer',
                    trigger=pgtrigger.compiler.Trigger(name='appeal_reviewer_not_of_the_first_panel', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM appeals_appeal a JOIN evaluation_panelist p ON p.round_id = a.round_id\n        WHERE a.id = NEW.appeal_id AND p.account_id = NEW.account_id\n    ) THEN\n        RAISE EXCEPTION 'appeal_reviewer_not_of_the_first_panel' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='e0e22b64336069f3956ded21b7826e249d70af13', operation='INSERT', pgid='pgtrigger_appeal_reviewer_not_of_the_first_panel_bcb51', table='appeals_appealreviewer', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='authorisation',
                    trigger=pgtrigger.compiler.Trigger(name='authorisation_only_lapses', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."authorised_at" IS DISTINCT FROM (NEW."authorised_at") OR OLD."call_id" IS DISTINCT FROM (NEW."call_id") OR OLD."decision_id" IS DISTINCT FROM (NEW."decision_id") OR OLD."round_id" IS DISTINCT FROM (NEW."round_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='82216851a1809f2a7c419aea30df86d3bb16a356', operation='UPDATE', pgid='pgtrigger_authorisation_only_lapses_c3787', table='appeals_authorisation', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='authorisation',
                    trigger=pgtrigger.compiler.Trigger(name='authorisation_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='a7a2a5ee2aab30122a6baaf422d4529458a32b71', operation='DELETE', pgid='pgtrigger_authorisation_stays_e2679', table='appeals_authorisation', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='challenge',
                    trigger=pgtrigger.compiler.Trigger(name='challenge_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='65a9747950bd5319bcbb1cd3700dd5c0d009ac7f', operation='UPDATE OR DELETE', pgid='pgtrigger_challenge_append_only_4c61a', table='appeals_challenge', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='challengeruling',
                    trigger=pgtrigger.compiler.Trigger(name='challenge_ruling_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6ceec533dc7f2c0e5264ebc1c2a7a2918bd27140', operation='UPDATE OR DELETE', pgid='pgtrigger_challenge_ruling_append_only_00297', table='appeals_challengeruling', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='assignmentend',
                    trigger=pgtrigger.compiler.Trigger(name='assignment_end_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b269e7f4ef10c668dac47abc216b18ecac0851ec', operation='UPDATE OR DELETE', pgid='pgtrigger_assignment_end_append_only_6977b', table='appeals_assignmentend', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='appealpaper',
                    trigger=pgtrigger.compiler.Trigger(name='appeal_paper_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='67e263f3d43cf3ee84357d325a1a3a471329ca97', operation='UPDATE OR DELETE', pgid='pgtrigger_appeal_paper_append_only_e7237', table='appeals_appealpaper', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='completionrequest',
                    trigger=pgtrigger.compiler.Trigger(name='completion_request_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='befd1f25a50135b055147813324a018ddafe8f53', operation='UPDATE OR DELETE', pgid='pgtrigger_completion_request_append_only_deb66', table='appeals_completionrequest', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='completion',
                    trigger=pgtrigger.compiler.Trigger(name='completion_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6de55f8b3c3e37757281164ffeebdbe3015fc358', operation='UPDATE OR DELETE', pgid='pgtrigger_completion_append_only_d2c77', table='appeals_completion', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='decisiontext',
                    trigger=pgtrigger.compiler.Trigger(name='decision_text_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c240c4a68d236cb81f571170c6bd49988c7d8e34', operation='UPDATE OR DELETE', pgid='pgtrigger_decision_text_append_only_64b97', table='appeals_decisiontext', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='earlyclosing',
                    trigger=pgtrigger.compiler.Trigger(name='early_closing_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='30f3518a7d024b717845ea0c94f3e7e631edfcff', operation='UPDATE OR DELETE', pgid='pgtrigger_early_closing_append_only_3dbdd', table='appeals_earlyclosing', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='opinion',
                    trigger=pgtrigger.compiler.Trigger(name='opinion_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e42a9393f95dc5cdfb901a280afb73519adedf2e', operation='UPDATE OR DELETE', pgid='pgtrigger_opinion_append_only_1b311', table='appeals_opinion', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='screening',
                    trigger=pgtrigger.compiler.Trigger(name='screening_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7fea2eecd5377642d3a1e3e73da4e5dbba84035a', operation='UPDATE OR DELETE', pgid='pgtrigger_screening_append_only_c9c4a', table='appeals_screening', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='selection',
                    trigger=pgtrigger.compiler.Trigger(name='selection_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='db9434e42ac54b6ade3847b320218e67fd333512', operation='UPDATE OR DELETE', pgid='pgtrigger_selection_append_only_108de', table='appeals_selection', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='vote',
                    trigger=pgtrigger.compiler.Trigger(name='vote_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1f5ecdb2adff912a87f48abaaf869c1b8d33c39c', operation='UPDATE OR DELETE', pgid='pgtrigger_vote_append_only_ca4e9', table='appeals_vote', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='waiver',
                    trigger=pgtrigger.compiler.Trigger(name='waiver_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9a2310c7d7b1ffead858154027cfade7ae86e945', operation='UPDATE OR DELETE', pgid='pgtrigger_waiver_append_only_992cc', table='appeals_waiver', when='BEFORE')),
                ),
            ],
        ),
        CountTable('appeals_authorisation'),
        CountTable('appeals_waiver'),
        CountTable('appeals_earlyclosing'),
        CountTable('appeals_appeal'),
        CountTable('appeals_appealreviewer'),
        CountTable('appeals_screening'),
        CountTable('appeals_vote'),
        CountTable('appeals_selection'),
        CountTable('appeals_appealreceipt'),
        CountTable('appeals_amendment'),
        CountTable('appeals_completionrequest'),
        CountTable('appeals_completion'),
        CountTable('appeals_appealpaper'),
        CountTable('appeals_decisiontext'),
        CountTable('appeals_challenge'),
        CountTable('appeals_challengeruling'),
        CountTable('appeals_assignmentend'),
        CountTable('appeals_opinion'),
    ]
