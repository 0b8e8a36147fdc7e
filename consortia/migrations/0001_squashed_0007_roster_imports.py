import consortia.readers.rosters
import core.names
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
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
        ('consortia', '0001_initial'),
        ('consortia', '0002_counted'),
        ('consortia', '0003_call_window_must_be_there'),
        ('consortia', '0004_support'),
        ('consortia', '0005_application_papers'),
        ('consortia', '0006_list_indexes'),
        ('consortia', '0007_roster_imports'),
    ]

    dependencies = [
        ('core', '0002_days'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            operations=[
                migrations.CreateModel(
                    name='Call',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='consortia.programme', verbose_name='사업')),
                        ('code', models.CharField(max_length=64, verbose_name='코드')),
                        ('state', models.CharField(choices=[('authorised', '승인됨'), ('open', '접수 중'), ('closed', '접수 마감'), ('concluded', '종결'), ('void', '무효')], default='authorised', max_length=16, verbose_name='상태')),
                        ('most_seats', models.PositiveSmallIntegerField(null=True, verbose_name='승인한 자리 수')),
                        ('notice_days', models.PositiveSmallIntegerField(verbose_name='공고 기간(일)')),
                        ('eligible', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None, verbose_name='응모 자격')),
                        ('terms', models.JSONField(default=dict, verbose_name='지원 조건')),
                        ('seats', models.PositiveSmallIntegerField(null=True, verbose_name='자리 수')),
                        ('opened_at', models.DateTimeField(null=True, verbose_name='개시 시각')),
                        ('closes_at', models.DateTimeField(null=True, verbose_name='마감 시각')),
                        ('void_reason', models.TextField(blank=True, verbose_name='무효 사유')),
                    ],
                    options={
                        'verbose_name': '추가 공모',
                        'verbose_name_plural': '추가 공모',
                        'ordering': ('id',),
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['authorised', 'open', 'closed', 'concluded', 'void'])), name='call_state_known', violation_error_message='없는 상태입니다.'), models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z0-9][a-z0-9_-]{0,63}$')), name='call_code_form', violation_error_message='코드는 소문자나 숫자로 시작하고 소문자, 숫자, 밑줄, 붙임표로 적습니다.'), models.UniqueConstraint(fields=('programme', 'code'), name='call_code_once'), models.CheckConstraint(condition=models.Q(('notice_days__gte', 1)), name='call_notice_days_positive'), models.CheckConstraint(condition=models.Q(('most_seats__isnull', True), ('most_seats__gte', 1), _connector='OR'), name='call_authorises_a_seat'), models.CheckConstraint(condition=models.Q(models.Q(('closes_at__isnull', True), ('opened_at__isnull', True), ('seats__isnull', True), ('state__in', ['authorised', 'void'])), models.Q(('closes_at__gt', models.F('opened_at')), ('closes_at__isnull', False), ('opened_at__isnull', False), ('seats__gte', 1), ('seats__isnull', False), ('state__in', ['open', 'closed', 'concluded'])), _connector='OR'), name='call_opened_has_seats_and_window', violation_error_message='열린 공모에는 자리 수와 접수 기간이 있어야 합니다.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'void'), _negated=True), models.Q(('void_reason', ''), _negated=True), _connector='OR'), name='call_void_has_reason'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('opened_at__isnull', False)), expressions=[(models.Func(models.F('programme'), models.F('programme'), models.Value('[]'), function='int8range', output_field=models.TextField()), '&&'), (models.Func(models.F('opened_at'), models.F('closes_at'), models.Value('[)'), function='tstzrange', output_field=models.TextField()), '&&')], name='call_windows_never_overlap', violation_error_message='한 사업의 공모 기간은 겹칠 수 없습니다.')],
                    },
                ),
                migrations.CreateModel(
                    name='Organisation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='consortia.programme', verbose_name='사업')),
                        ('code', models.CharField(max_length=64, verbose_name='코드')),
                        ('name_ko', models.CharField(max_length=200, verbose_name='기관명')),
                        ('name_en', models.CharField(max_length=200, verbose_name='영문 기관명')),
                    ],
                    options={
                        'verbose_name': '기관',
                        'verbose_name_plural': '기관',
                        'ordering': ('code',),
                        'indexes': [models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('code'), name='text_pattern_ops'), name='organisation_code_begins'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('name_ko'), name='text_pattern_ops'), name='organisation_name_ko_begins'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('name_en'), name='text_pattern_ops'), name='organisation_name_en_begins')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z0-9][a-z0-9_-]{0,63}$')), name='organisation_code_form', violation_error_message='코드는 소문자나 숫자로 시작하고 소문자, 숫자, 밑줄, 붙임표로 적습니다.'), models.UniqueConstraint(fields=('programme', 'code'), name='organisation_code_once')],
                    },
                    bases=(core.names.Named, models.Model),
                ),
                migrations.CreateModel(
                    name='Application',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='consortia.call', verbose_name='추가 공모')),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='consortia.team', verbose_name='정예팀')),
                        ('state', models.CharField(choices=[('submitted', '접수'), ('ineligible', '부적격'), ('selected', '선정'), ('not_selected', '미선정')], default='submitted', max_length=16, verbose_name='상태')),
                        ('submitted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='접수자')),
                        ('submitted_at', models.DateTimeField(verbose_name='접수 시각')),
                        ('summary', models.TextField(blank=True, default='', verbose_name='응모 요지')),
                        ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='철회자')),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='철회 시각')),
                    ],
                    options={
                        'verbose_name': '응모',
                        'verbose_name_plural': '응모',
                        'ordering': ('id',),
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['submitted', 'ineligible', 'selected', 'not_selected'])), name='application_state_known', violation_error_message='없는 상태입니다.'), models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('call', 'team'), name='application_one_a_team', violation_error_message='이 팀은 이미 응모하였습니다.'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('state', 'submitted'), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='application_withdrawn_before_decided', violation_error_message='접수 상태의 응모만 철회할 수 있고, 철회에는 사람과 시각이 있어야 합니다.')],
                    },
                ),
                migrations.CreateModel(
                    name='ApplicationDraft',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='consortia.call', verbose_name='추가 공모')),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='application_drafts', to='consortia.team', verbose_name='정예팀')),
                        ('summary', models.TextField(blank=True, verbose_name='응모 요지')),
                        ('updated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='고친 사람')),
                        ('updated_at', models.DateTimeField(verbose_name='고친 시각')),
                    ],
                    options={
                        'verbose_name': '응모 초안',
                        'verbose_name_plural': '응모 초안',
                        'ordering': ('id',),
                        'indexes': [models.Index(fields=['-updated_at', '-id'], name='application_draft_newest')],
                        'constraints': [models.UniqueConstraint(fields=('call', 'team'), name='application_draft_one_a_team')],
                    },
                ),
                migrations.CreateModel(
                    name='CallGuide',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('call', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='guide', to='consortia.call', verbose_name='추가 공모')),
                        ('template', models.TextField(verbose_name='공고문 양식')),
                        ('first_conditions', models.TextField(blank=True, verbose_name='최초 공모의 조건')),
                        ('documents', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, size=None, verbose_name='제출 서류')),
                        ('occasion', models.CharField(max_length=400, verbose_name='공모 계기')),
                        ('evaluators', models.TextField(verbose_name='평가위원')),
                        ('decision_rule', models.TextField(verbose_name='선정 기준')),
                        ('notice_days', models.PositiveSmallIntegerField(verbose_name='공고 기간(일)')),
                        ('least_notice_days', models.PositiveSmallIntegerField(verbose_name='최소 공고 기간(일)')),
                        ('shortening_reason', models.TextField(blank=True, verbose_name='공고기간 단축 사유')),
                    ],
                    options={
                        'verbose_name': '공모 안내서',
                        'verbose_name_plural': '공모 안내서',
                        'constraints': [models.CheckConstraint(condition=models.Q(('notice_days__gte', models.F('least_notice_days')), models.Q(('shortening_reason', ''), _negated=True), _connector='OR'), name='call_guide_shorter_has_reason', violation_error_message='공고기간을 단축하려면 사유를 적어야 합니다.')],
                    },
                ),
                migrations.CreateModel(
                    name='CallNotice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('call', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='notice', to='consortia.call', verbose_name='추가 공모')),
                        ('text', models.TextField(verbose_name='공고문')),
                        ('published_at', models.DateTimeField(verbose_name='공고 시각')),
                    ],
                    options={
                        'verbose_name': '공고',
                        'verbose_name_plural': '공고',
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='call_notice_has_text')],
                    },
                ),
                migrations.CreateModel(
                    name='DraftPaper',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('draft', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='consortia.applicationdraft', verbose_name='응모 초안')),
                        ('kind', models.CharField(max_length=64, verbose_name='종류')),
                        ('attachment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.attachment', verbose_name='첨부 파일')),
                        ('taken_out_at', models.DateTimeField(null=True, verbose_name='뺀 시각')),
                    ],
                    options={
                        'verbose_name': '초안 서류',
                        'verbose_name_plural': '초안 서류',
                        'ordering': ('id',),
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind', ''), _negated=True), name='draft_paper_has_kind', violation_error_message='서류의 종류를 적어야 합니다.')],
                    },
                ),
                migrations.CreateModel(
                    name='Affiliation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='affiliations', to=settings.AUTH_USER_MODEL, verbose_name='사람')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='consortia.organisation', verbose_name='기관')),
                        ('since', models.DateField(null=True, verbose_name='부터')),
                        ('until', models.DateField(null=True, verbose_name='까지')),
                    ],
                    options={
                        'verbose_name': '소속',
                        'verbose_name_plural': '소속',
                        'constraints': [models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='affiliation_ends_after_it_begins'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('account'), models.F('account'), models.Value('[]'), function='int8range', output_field=models.TextField()), '&&'), (models.Func(models.F('since'), models.F('until'), models.Value('[]'), function='daterange', output_field=models.TextField()), '&&')], name='affiliation_one_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Programme',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=64, unique=True, verbose_name='코드')),
                        ('name_ko', models.CharField(max_length=200, verbose_name='사업명')),
                        ('name_en', models.CharField(max_length=200, verbose_name='영문 사업명')),
                        ('timezone', models.CharField(default='Asia/Seoul', max_length=40, verbose_name='시간대')),
                        ('legal_basis', models.TextField(blank=True, verbose_name='법적 근거')),
                        ('illustrative', models.BooleanField(default=False, verbose_name='예시')),
                        ('label_ko', models.TextField(blank=True, verbose_name='표시 문구')),
                        ('label_en', models.TextField(blank=True, verbose_name='영문 표시 문구')),
                        ('least_notice_days', models.PositiveSmallIntegerField(default=1, verbose_name='최소 공고 기간(일)')),
                    ],
                    options={
                        'verbose_name': '사업',
                        'verbose_name_plural': '사업',
                        'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z0-9][a-z0-9_-]{0,63}$')), name='programme_code_form', violation_error_message='코드는 소문자나 숫자로 시작하고 소문자, 숫자, 밑줄, 붙임표로 적습니다.'), models.CheckConstraint(condition=models.Q(('least_notice_days__gte', 1), ('least_notice_days__lte', 366)), name='programme_least_notice_days_bounded')],
                    },
                    bases=(core.names.Named, models.Model),
                ),
                migrations.CreateModel(
                    name='CallTemplate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='call_templates', to='consortia.programme', verbose_name='사업')),
                        ('version', models.PositiveIntegerField(verbose_name='판')),
                        ('text', models.TextField(verbose_name='공고문 양식')),
                        ('first_conditions', models.TextField(blank=True, verbose_name='최초 공모의 조건')),
                        ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='정한 사람')),
                        ('set_at', models.DateTimeField(verbose_name='정한 시각')),
                    ],
                    options={
                        'verbose_name': '공고문 양식',
                        'verbose_name_plural': '공고문 양식',
                        'ordering': ('programme', 'version'),
                        'constraints': [models.UniqueConstraint(fields=('programme', 'version'), name='call_template_version_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='call_template_has_text')],
                    },
                ),
                migrations.CreateModel(
                    name='ApplicationReceipt',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consortia.programme', verbose_name='사업')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='연도')),
                        ('sequence', models.PositiveIntegerField(verbose_name='순번')),
                        ('at', models.DateTimeField(verbose_name='접수 시각')),
                        ('ledger_number', models.BigIntegerField(verbose_name='원장 블록')),
                        ('ledger_head', models.CharField(max_length=64, verbose_name='원장 머리값')),
                        ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='consortia.application', verbose_name='응모')),
                    ],
                    options={
                        'verbose_name': '응모 접수증',
                        'verbose_name_plural': '응모 접수증',
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('programme', 'year', 'sequence'), name='applicationreceipt_number_once'), models.CheckConstraint(condition=models.Q(('sequence__gte', 1)), name='applicationreceipt_number_from_one'), models.CheckConstraint(condition=models.Q(('ledger_head__regex', '^[0-9a-f]{64}$')), name='applicationreceipt_has_head')],
                    },
                ),
                migrations.CreateModel(
                    name='RosterImport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('phase', models.CharField(choices=[('waiting', '차례를 기다림'), ('running', '진행 중'), ('done', '끝남'), ('refused', '할 수 없음'), ('cancelled', '취소함')], default='waiting', max_length=16, verbose_name='상태')),
                        ('done', models.PositiveIntegerField(default=0, verbose_name='처리한 행')),
                        ('total', models.PositiveIntegerField(default=0, verbose_name='전체 행')),
                        ('cancelled', models.BooleanField(default=False, verbose_name='취소 요청')),
                        ('said', models.TextField(blank=True, verbose_name='결과')),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roster_imports', to='consortia.programme', verbose_name='사업')),
                        ('kind', models.CharField(choices=[(consortia.readers.rosters.Kind['ORGANISATIONS'], '기관'), (consortia.readers.rosters.Kind['PEOPLE'], '팀 담당자'), (consortia.readers.rosters.Kind['EXPERTS'], '평가위원')], max_length=16, verbose_name='명단')),
                        ('rows', models.JSONField(default=list, verbose_name='줄')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='확인한 사람')),
                        ('at', models.DateTimeField(verbose_name='확인 시각')),
                    ],
                    options={
                        'verbose_name': '명단 가져오기',
                        'verbose_name_plural': '명단 가져오기',
                        'ordering': ('-id',),
                        'constraints': [models.CheckConstraint(condition=models.Q(('phase__in', ['waiting', 'running', 'done', 'refused', 'cancelled'])), name='roster_import_phase_known'), models.CheckConstraint(condition=models.Q(('kind__in', [consortia.readers.rosters.Kind['ORGANISATIONS'], consortia.readers.rosters.Kind['PEOPLE'], consortia.readers.rosters.Kind['EXPERTS']])), name='roster_import_kind_known'), models.CheckConstraint(condition=models.Q(('phase__in', ['waiting', 'running']), ('rows', []), _connector='OR'), name='roster_import_over_names_nobody')],
                    },
                ),
                migrations.CreateModel(
                    name='SupportLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='support_lines', to='consortia.programme', verbose_name='사업')),
                        ('code', models.CharField(max_length=64, verbose_name='코드')),
                        ('kind', models.CharField(choices=[('gpu', 'GPU'), ('data', '데이터'), ('talent', '인재'), ('designation', 'K-AI 기업 명칭')], max_length=16, verbose_name='지원 종류')),
                        ('name_ko', models.CharField(max_length=200, verbose_name='지원 항목명')),
                        ('name_en', models.CharField(max_length=200, verbose_name='영문 지원 항목명')),
                        ('model', models.CharField(blank=True, max_length=100, verbose_name='GPU 종류')),
                        ('unit', models.CharField(max_length=20, verbose_name='단위')),
                        ('number', models.PositiveBigIntegerField(verbose_name='팀당 수량')),
                        ('since', models.DateField(verbose_name='부터')),
                        ('until', models.DateField(blank=True, null=True, verbose_name='까지')),
                    ],
                    options={
                        'verbose_name': '지원 항목',
                        'verbose_name_plural': '지원 항목',
                        'ordering': ('programme', 'code'),
                        'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z0-9][a-z0-9_-]{0,63}$')), name='support_line_code_form', violation_error_message='코드는 소문자나 숫자로 시작하고 소문자, 숫자, 밑줄, 붙임표로 적습니다.'), models.UniqueConstraint(fields=('programme', 'code'), name='support_line_code_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['gpu', 'data', 'talent', 'designation'])), name='support_line_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'gpu'), models.Q(('model', ''), _negated=True)), models.Q(models.Q(('kind', 'gpu'), _negated=True), ('model', '')), _connector='OR'), name='support_line_gpu_has_model', violation_error_message='GPU 지원에는 GPU 종류를 적어야 합니다.'), models.CheckConstraint(condition=models.Q(('unit', ''), _negated=True), name='support_line_has_unit'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='support_line_number_positive', violation_error_message='수량은 1 이상이어야 합니다.'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='support_line_period_in_order', violation_error_message='기간의 끝은 시작보다 앞설 수 없습니다.')],
                    },
                    bases=(core.names.Named, models.Model),
                ),
                migrations.CreateModel(
                    name='Grant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='consortia.supportline', verbose_name='지원 항목')),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='consortia.team', verbose_name='정예팀')),
                        ('number', models.PositiveBigIntegerField(verbose_name='수량')),
                        ('since', models.DateField(verbose_name='부터')),
                        ('until', models.DateField(blank=True, null=True, verbose_name='까지')),
                        ('returned_on', models.DateField(blank=True, null=True, verbose_name='회수일')),
                        ('reallocates', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reallocated', to='consortia.supportreturn', verbose_name='재배정한 회수분')),
                        ('reason', models.TextField(verbose_name='사유')),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.decision', verbose_name='결재')),
                        ('at', models.DateTimeField(verbose_name='시각')),
                    ],
                    options={
                        'verbose_name': '지원 배정',
                        'verbose_name_plural': '지원 배정',
                        'ordering': ('id',),
                        'constraints': [models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='grant_number_positive', violation_error_message='수량은 1 이상이어야 합니다.'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='grant_period_in_order', violation_error_message='기간의 끝은 시작보다 앞설 수 없습니다.'), models.CheckConstraint(condition=models.Q(('returned_on__isnull', True), models.Q(('returned_on__gte', models.F('since')), models.Q(('until__isnull', True), ('returned_on__lte', models.F('until')), _connector='OR')), _connector='OR'), name='grant_returned_in_its_period', violation_error_message='회수일은 배정 기간 안에 있어야 합니다.'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='grant_has_reason', violation_error_message='지원 배정에는 사유를 적어야 합니다.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('line'), models.F('line'), models.Value('[]'), function='int8range', output_field=models.TextField()), '&&'), (models.Func(models.F('team'), models.F('team'), models.Value('[]'), function='int8range', output_field=models.TextField()), '&&'), (models.Func(models.F('since'), models.Func(models.F('returned_on'), models.Func(models.F('until'), template='(%(expressions)s + 1)'), function='COALESCE'), models.Value('[)'), function='daterange', output_field=models.TextField()), '&&')], name='grant_one_open_a_line_and_team', violation_error_message='한 팀은 같은 지원을 같은 기간에 두 번 받을 수 없습니다.')],
                    },
                ),
                migrations.CreateModel(
                    name='SupportReturn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('grant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='returned', to='consortia.grant', verbose_name='지원 배정')),
                        ('reason', models.TextField(verbose_name='사유')),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.decision', verbose_name='결재')),
                        ('at', models.DateTimeField(verbose_name='시각')),
                    ],
                    options={
                        'verbose_name': '지원 회수',
                        'verbose_name_plural': '지원 회수',
                        'ordering': ('id',),
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='support_return_has_reason', violation_error_message='지원 회수에는 사유를 적어야 합니다.')],
                    },
                ),
                migrations.CreateModel(
                    name='Team',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='consortia.programme', verbose_name='사업')),
                        ('code', models.CharField(max_length=64, verbose_name='코드')),
                        ('name_ko', models.CharField(max_length=200, verbose_name='팀명')),
                        ('name_en', models.CharField(max_length=200, verbose_name='영문 팀명')),
                        ('applied_before', models.BooleanField(default=False, verbose_name='최초 공모 접수')),
                    ],
                    options={
                        'verbose_name': '정예팀',
                        'verbose_name_plural': '정예팀',
                        'ordering': ('code',),
                        'indexes': [models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('code'), name='text_pattern_ops'), name='team_code_begins'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('name_ko'), name='text_pattern_ops'), name='team_name_ko_begins'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('name_en'), name='text_pattern_ops'), name='team_name_en_begins')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z0-9][a-z0-9_-]{0,63}$')), name='team_code_form', violation_error_message='코드는 소문자나 숫자로 시작하고 소문자, 숫자, 밑줄, 붙임표로 적습니다.'), models.UniqueConstraint(fields=('programme', 'code'), name='team_code_once')],
                    },
                    bases=(core.names.Named, models.Model),
                ),
                migrations.CreateModel(
                    name='SupportException',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exceptions', to='consortia.supportline', verbose_name='지원 항목')),
                        ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consortia.team', verbose_name='정예팀')),
                        ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consortia.organisation', verbose_name='기관')),
                        ('number', models.PositiveBigIntegerField(default=0, verbose_name='대신 받는 수량')),
                        ('reason', models.TextField(verbose_name='사유')),
                        ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.decision', verbose_name='결재')),
                        ('at', models.DateTimeField(verbose_name='시각')),
                    ],
                    options={
                        'verbose_name': '지원 예외',
                        'verbose_name_plural': '지원 예외',
                        'ordering': ('id',),
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='support_exception_has_reason', violation_error_message='지원 예외에는 사유를 적어야 합니다.'), models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', False), ('team__isnull', True)), models.Q(('organisation__isnull', True), ('team__isnull', False)), _connector='OR'), name='support_exception_names_one', violation_error_message='지원 예외는 정예팀이나 기관 가운데 하나에 대한 것입니다.'), models.UniqueConstraint(fields=('line', 'team'), name='support_exception_once_a_team'), models.UniqueConstraint(fields=('line', 'organisation'), name='support_exception_once_an_organisation')],
                    },
                ),
                migrations.CreateModel(
                    name='Membership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='consortia.team', verbose_name='정예팀')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='consortia.organisation', verbose_name='기관')),
                        ('part', models.CharField(choices=[('lead', '주관기관'), ('member', '참여기관')], default='member', max_length=8, verbose_name='역할')),
                        ('since', models.DateField(null=True, verbose_name='부터')),
                        ('until', models.DateField(null=True, verbose_name='까지')),
                    ],
                    options={
                        'verbose_name': '참여기관',
                        'verbose_name_plural': '참여기관',
                        'constraints': [models.CheckConstraint(condition=models.Q(('part__in', ['lead', 'member'])), name='membership_part_known'), models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='membership_ends_after_it_begins'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('team'), models.F('team'), models.Value('[]'), function='int8range', output_field=models.TextField()), '&&'), (models.Func(models.F('organisation'), models.F('organisation'), models.Value('[]'), function='int8range', output_field=models.TextField()), '&&'), (models.Func(models.F('since'), models.F('until'), models.Value('[]'), function='daterange', output_field=models.TextField()), '&&')], name='membership_once_a_day'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('part', 'lead')), expressions=[(models.Func(models.F('team'), models.F('team'), models.Value('[]'), function='int8range', output_field=models.TextField()), '&&'), (models.Func(models.F('since'), models.F('until'), models.Value('[]'), function='daterange', output_field=models.TextField()), '&&')], name='membership_one_lead_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='TeamPerson',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='consortia.team', verbose_name='정예팀')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to=settings.AUTH_USER_MODEL, verbose_name='사람')),
                    ],
                    options={
                        'verbose_name': '팀 담당자',
                        'verbose_name_plural': '팀 담당자',
                        'constraints': [models.UniqueConstraint(fields=('team', 'account'), name='team_person_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ApplicationPaper',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='consortia.application', verbose_name='응모')),
                        ('kind', models.CharField(max_length=64, verbose_name='종류')),
                        ('attachment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.attachment', verbose_name='첨부 파일')),
                    ],
                    options={
                        'verbose_name': '응모 서류',
                        'verbose_name_plural': '응모 서류',
                        'ordering': ('id',),
                        'constraints': [models.UniqueConstraint(fields=('application', 'attachment'), name='application_paper_once'), models.CheckConstraint(condition=models.Q(('kind', ''), _negated=True), name='application_paper_has_kind', violation_error_message='서류의 종류를 적어야 합니다.')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='applicationpaper',
                    trigger=pgtrigger.compiler.Trigger(name='application_paper_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0c56fcbea654b22a54318a9bb83c5d932d0afe8b', operation='UPDATE OR DELETE', pgid='pgtrigger_application_paper_append_only_a51c1', table='consortia_applicationpaper', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='callguide',
                    trigger=pgtrigger.compiler.Trigger(name='call_guide_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1736e4c6ee533e076d4529ebf0962a048dfdbaa5', operation='UPDATE OR DELETE', pgid='pgtrigger_call_guide_append_only_d4d67', table='consortia_callguide', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='callnotice',
                    trigger=pgtrigger.compiler.Trigger(name='call_notice_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7aaeee31cf13a2549db0d4205d4d70cf75d69b33', operation='UPDATE OR DELETE', pgid='pgtrigger_call_notice_append_only_4353f', table='consortia_callnotice', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='draftpaper',
                    trigger=pgtrigger.compiler.Trigger(name='draft_paper_is_only_taken_out', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."attachment_id" IS DISTINCT FROM (NEW."attachment_id") OR OLD."draft_id" IS DISTINCT FROM (NEW."draft_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3ce8f441cc6506b9e411438bd7f7273674c0acef', operation='UPDATE', pgid='pgtrigger_draft_paper_is_only_taken_out_eb115', table='consortia_draftpaper', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='draftpaper',
                    trigger=pgtrigger.compiler.Trigger(name='draft_paper_stays_taken_out', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."taken_out_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='968835d6ccde81c393e0a26c8234182e4237b564', operation='UPDATE', pgid='pgtrigger_draft_paper_stays_taken_out_f193f', table='consortia_draftpaper', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='draftpaper',
                    trigger=pgtrigger.compiler.Trigger(name='draft_paper_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='3709079f05193dd3531bb2a90c5610e0b6e8c11c', operation='DELETE', pgid='pgtrigger_draft_paper_stays_2b752', table='consortia_draftpaper', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='calltemplate',
                    trigger=pgtrigger.compiler.Trigger(name='call_template_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a299a9fe9283d0988251a8d2bcaf9c867a771c5a', operation='UPDATE OR DELETE', pgid='pgtrigger_call_template_append_only_5fc1e', table='consortia_calltemplate', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='call',
                    trigger=pgtrigger.compiler.Trigger(name='call_steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{authorised:open,authorised:void,closed:concluded,open:closed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='3b54abdaa845d00751c34823cd9881dd443254e9', operation='UPDATE', pgid='pgtrigger_call_steps_103c1', table='consortia_call', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='call',
                    trigger=pgtrigger.compiler.Trigger(name='call_begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IS DISTINCT FROM \'authorised\')', func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='12195de65467b60c87362578ee37425526fd45ce', operation='INSERT', pgid='pgtrigger_call_begins_3d338', table='consortia_call', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='applicationreceipt',
                    trigger=pgtrigger.compiler.Trigger(name='application_receipt_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7ee423d45834690eb819fc00693cdbdf2075721e', operation='UPDATE OR DELETE', pgid='pgtrigger_application_receipt_append_only_3ba79', table='consortia_applicationreceipt', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='supportline',
                    trigger=pgtrigger.compiler.Trigger(name='support_line_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f5ac8f46584ce1ecc9862fcced4b4f236ae4bbc1', operation='UPDATE OR DELETE', pgid='pgtrigger_support_line_append_only_938ff', table='consortia_supportline', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='supportreturn',
                    trigger=pgtrigger.compiler.Trigger(name='support_return_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='24f35329ff10e620a4c73b159558c1ba236a662f', operation='UPDATE OR DELETE', pgid='pgtrigger_support_return_append_only_b74a3', table='consortia_supportreturn', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='supportexception',
                    trigger=pgtrigger.compiler.Trigger(name='support_exception_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='80ef6684b31591196c1b5603386c1c561ced316b', operation='UPDATE OR DELETE', pgid='pgtrigger_support_exception_append_only_c7878', table='consortia_supportexception', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='grant',
                    trigger=pgtrigger.compiler.Trigger(name='grant_terms_stay', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."decision_id" IS DISTINCT FROM (NEW."decision_id") OR OLD."line_id" IS DISTINCT FROM (NEW."line_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."reallocates_id" IS DISTINCT FROM (NEW."reallocates_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."since" IS DISTINCT FROM (NEW."since") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."until" IS DISTINCT FROM (NEW."until"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cade5d830ced9e14e6a0f787885cfaa95b967d28', operation='UPDATE', pgid='pgtrigger_grant_terms_stay_4ba25', table='consortia_grant', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='grant',
                    trigger=pgtrigger.compiler.Trigger(name='grant_returned_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."returned_on" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0a2dee7e3b3b201f5860f2ad652959135b551326', operation='UPDATE', pgid='pgtrigger_grant_returned_once_72474', table='consortia_grant', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='grant',
                    trigger=pgtrigger.compiler.Trigger(name='grant_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='60ff05096bc430c46be4a9512ca2827948cf9b01', operation='DELETE', pgid='pgtrigger_grant_stays_cd24d', table='consortia_grant', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='grant',
                    trigger=pgtrigger.compiler.Trigger(name='grant_begins_open', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."returned_on" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='99d02224cf52b8195376ddfc88e32400cbcbca54', operation='INSERT', pgid='pgtrigger_grant_begins_open_c3668', table='consortia_grant', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='grant',
                    trigger=pgtrigger.compiler.Trigger(name='grant_of_own_programme', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF (SELECT programme_id FROM consortia_supportline WHERE id = NEW.line_id)\n        IS DISTINCT FROM (SELECT programme_id FROM consortia_team WHERE id = NEW.team_id) THEN\n        RAISE EXCEPTION 'grant_of_own_programme' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='24078bc815c714ef9fc34560f5f052e0e5475d76', operation='INSERT', pgid='pgtrigger_grant_of_own_programme_82c18', table='consortia_grant', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='grant',
                    trigger=pgtrigger.compiler.Trigger(name='grant_returned_by_a_return', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."returned_on" IS DISTINCT FROM (NEW."returned_on"))', func="\n    IF NOT EXISTS (SELECT 1 FROM consortia_supportreturn WHERE grant_id = NEW.id) THEN\n        RAISE EXCEPTION 'grant_returned_by_a_return' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='a03dd3351b314aff7e183fb274cdaa94817d5370', operation='UPDATE', pgid='pgtrigger_grant_returned_by_a_return_0ac98', table='consortia_grant', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='grant',
                    trigger=pgtrigger.compiler.Trigger(name='grant_reallocates_what_was_returned', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."reallocates_id" IS NOT NULL)', func="\n    IF EXISTS (\n        SELECT 1 FROM consortia_supportreturn r JOIN consortia_grant g ON g.id = r.grant_id\n        WHERE r.id = NEW.reallocates_id\n            AND (g.line_id <> NEW.line_id OR g.team_id = NEW.team_id OR g.number < NEW.number\n                OR NEW.since < g.returned_on OR g.returned_on IS NULL)) THEN\n        RAISE EXCEPTION 'grant_reallocates_what_was_returned' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='c95d7377f52e28c7db9f32b4085a42edecd5a901', operation='INSERT', pgid='pgtrigger_grant_reallocates_what_was_returned_8a526', table='consortia_grant', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='application',
                    trigger=pgtrigger.compiler.Trigger(name='application_steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{submitted:ineligible,submitted:not_selected,submitted:selected}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='a04390383c7c26c57b026c38c30034d3d874a52b', operation='UPDATE', pgid='pgtrigger_application_steps_7a802', table='consortia_application', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='application',
                    trigger=pgtrigger.compiler.Trigger(name='application_begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IS DISTINCT FROM \'submitted\')', func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='367115a106172db4ee1d7219e3e66143cdb53575', operation='INSERT', pgid='pgtrigger_application_begins_ff177', table='consortia_application', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='application',
                    trigger=pgtrigger.compiler.Trigger(name='application_stays_withdrawn', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."withdrawn_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a1813e62f1a96811fab8f92f76aebd528243bc73', operation='UPDATE', pgid='pgtrigger_application_stays_withdrawn_31d5a', table='consortia_application', when='BEFORE')),
                ),
            ],
        ),
        CountTable('consortia_programme'),
        CountTable('consortia_organisation'),
        CountTable('consortia_affiliation'),
        CountTable('consortia_team'),
        CountTable('consortia_membership'),
        CountTable('consortia_teamperson'),
        CountTable('consortia_call'),
        CountTable('consortia_application'),
        CountTable('consortia_supportline'),
        CountTable('consortia_supportexception'),
        CountTable('consortia_grant'),
        CountTable('consortia_supportreturn'),
        CountTable('consortia_calltemplate'),
        CountTable('consortia_callguide'),
        CountTable('consortia_callnotice'),
        CountTable('consortia_applicationpaper'),
        CountTable('consortia_applicationreceipt'),
        CountTable('consortia_applicationdraft'),
        CountTable('consortia_draftpaper'),
    ]
