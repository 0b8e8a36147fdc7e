import core.fields
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# What is derived is made anew: every round that is being scored is noted as stale.
STALE = "INSERT INTO evaluation_stalemark (round_id, at) SELECT id, now() FROM evaluation_round WHERE state = 'scoring'"


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0008_vacancy_reminders'),
    ]

    operations = [
        migrations.AddField(
            model_name='stalemark',
            name='entry',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evaluation.entry', verbose_name='참여팀'),
        ),
        migrations.AddField(
            model_name='stalemark',
            name='criterion',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evaluation.criterion', verbose_name='평가항목'),
        ),
        migrations.AddConstraint(
            model_name='stalemark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('criterion__isnull', True), ('entry__isnull', True)), models.Q(('criterion__isnull', False), ('entry__isnull', False)), _connector='OR'), name='stale_mark_names_a_cell_or_the_round'),
        ),
        migrations.DeleteModel(name='Cell'),
        migrations.DeleteModel(name='LiveStanding'),
        migrations.CreateModel(
            name='Cell',
            fields=[
                ('pk', models.CompositePrimaryKey('entry_id', 'criterion_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('count', models.PositiveIntegerField(verbose_name='값의 수')),
                ('numerator', core.fields.ExactDecimalField(null=True, verbose_name='집계값의 분자')),
                ('denominator', core.fields.ExactDecimalField(null=True, verbose_name='집계값의 분모')),
                ('points', core.fields.ExactDecimalField(null=True, verbose_name='점수')),
                ('criterion', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='evaluation.criterion', verbose_name='평가항목')),
                ('entry', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='evaluation.entry', verbose_name='참여팀')),
            ],
            options={
                'verbose_name': '점수 칸',
                'verbose_name_plural': '점수 칸',
            },
        ),
        migrations.CreateModel(
            name='LiveStanding',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='live', serialize=False, to='evaluation.entry', verbose_name='참여팀')),
                ('key', django.contrib.postgres.fields.ArrayField(base_field=core.fields.ExactDecimalField(), null=True, size=None, verbose_name='순위 기준값')),
                ('rank', models.PositiveIntegerField(null=True, verbose_name='순위')),
                ('total', core.fields.ExactDecimalField(null=True, verbose_name='총점')),
                ('outcome', models.CharField(choices=[('advanced', '진출'), ('gate_failed', '요건 미충족'), ('below_floor', '하한 미달'), ('eliminated', '탈락'), ('withdrawn', '참여 철회')], max_length=16, null=True, verbose_name='결과')),
                ('reason', models.CharField(blank=True, max_length=16, verbose_name='순위가 없는 이유')),
                ('computed_at', models.DateTimeField(verbose_name='계산 시각')),
                ('round', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='live', to='evaluation.round', verbose_name='단계평가')),
            ],
            options={
                'verbose_name': '현재 순위',
                'verbose_name_plural': '현재 순위',
                'indexes': [models.Index(fields=['round', 'key'], name='live_by_key'), models.Index(fields=['round', 'rank'], name='live_by_rank')],
                'constraints': [models.CheckConstraint(condition=models.Q(('rank__gte', 1), ('rank__isnull', True), _connector='OR'), name='live_rank_from_one')],
            },
        ),
        migrations.RunSQL(STALE, migrations.RunSQL.noop),
    ]
