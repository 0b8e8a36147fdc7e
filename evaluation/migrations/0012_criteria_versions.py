"""The criteria of a round have versions, which teams may sign off; sheets have drafts, and can be put right.

Rounds that are there already get the criteria that they have as their first version.
"""

import hashlib
import json
from datetime import UTC, datetime, time
from typing import Any

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.ledger.counting import CountTable, ReimageTable

# Written into the column by the change of its (same) type: a snapshot's row cannot be updated. There is one version of
# each round so far.
NAMED = """
    CREATE FUNCTION pg_temp.first_version_of(round bigint) RETURNS bigint LANGUAGE sql STABLE AS
        'SELECT id FROM evaluation_criteriaversion WHERE round_id = $1 AND number = 1';
    ALTER TABLE evaluation_snapshot ALTER COLUMN criteria_version_id TYPE bigint
        USING pg_temp.first_version_of(round_id);
    DROP FUNCTION pg_temp.first_version_of(bigint);
"""


def write_first_versions(apps: Any, schema_editor: Any) -> None:
    """Version 1 of every round: in force where the round has been opened, proposed where it is drafted."""
    version, event = apps.get_model("evaluation", "CriteriaVersion"), apps.get_model("core", "Event")
    for round in apps.get_model("evaluation", "Round").objects.order_by("pk"):
        rules = [_document(each) for each in round.criteria.order_by("position")]
        text = json.dumps(rules, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        drafted = event.objects.filter(verb="draft_round", subject_kind="evaluation.round", subject_id=round.pk)
        first = drafted.order_by("pk").values_list("at", flat=True).first()
        version.objects.create(
            round=round,
            number=1,
            rules=rules,
            digest=hashlib.sha256(text.encode()).hexdigest(),
            state="proposed" if round.state == "draft" else "in_force",
            at=first or round.opened_at or datetime.combine(round.starts, time.min, UTC),
        )


def _document(row: Any) -> dict[str, Any]:
    scale = {"kind": row.scale}
    if row.scale == "linear":
        scale["factor"] = f"{row.factor_numerator}/{row.factor_denominator}"
    if row.scale == "share_of_target":
        targets = row.targets.order_by("team__code").values_list("team__code", "value")
        scale["targets"] = {team: _figure(value) for team, value in targets}
    return {
        "code": row.code,
        "name": {"ko": row.name_ko, "en": row.name_en},
        "points": _figure(row.points),
        "under": row.parent.code if row.parent else None,
        "source": row.source,
        "aggregate": row.aggregate,
        "trim": row.trim,
        "quorum": row.quorum,
        "scale": scale,
        "places": row.places,
    }


def _figure(value: Any) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Migration(migrations.Migration):

    dependencies = [
        ('consortia', '0005_application_papers'),
        ('core', '0004_attachments'),
        ('evaluation', '0011_snapshots'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CriteriaConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('evidence', models.TextField(blank=True, verbose_name='서면 근거')),
                ('at', models.DateTimeField(verbose_name='시각')),
            ],
            options={
                'verbose_name': '평가기준 동의',
                'verbose_name_plural': '평가기준 동의',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='CriteriaVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='판')),
                ('rules', models.JSONField(verbose_name='평가항목')),
                ('digest', models.CharField(max_length=64, verbose_name='요약값')),
                ('reason', models.TextField(blank=True, verbose_name='변경 사유')),
                ('state', models.CharField(choices=[('proposed', '제안'), ('in_force', '시행'), ('superseded', '대체'), ('dropped', '폐기')], default='proposed', max_length=16, verbose_name='상태')),
                ('at', models.DateTimeField(verbose_name='작성 시각')),
            ],
            options={
                'verbose_name': '평가기준',
                'verbose_name_plural': '평가기준',
                'ordering': ('round', 'number'),
            },
        ),
        migrations.CreateModel(
            name='SheetDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.JSONField(default=dict, verbose_name='점수')),
                ('comment', models.TextField(blank=True, verbose_name='종합의견')),
                ('saved_at', models.DateTimeField(verbose_name='저장 시각')),
            ],
            options={
                'verbose_name': '임시저장한 평가표',
                'verbose_name_plural': '임시저장한 평가표',
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='criterion',
            name='criterion_frozen',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='target',
            name='target_frozen',
        ),
        migrations.RemoveConstraint(
            model_name='sheet',
            name='sheet_one_a_person',
        ),
        ReimageTable(
            'evaluation_criterion',
            'version: which version of the criteria last changed it',
            [
                migrations.AddField(
                    model_name='criterion',
                    name='version',
                    field=models.PositiveSmallIntegerField(default=1, verbose_name='평가기준 판'),
                ),
            ],
        ),
        ReimageTable(
            'evaluation_round',
            'criteria_consent: whether teams sign the criteria off',
            [
                migrations.AddField(
                    model_name='round',
                    name='criteria_consent',
                    field=models.BooleanField(default=False, verbose_name='평가기준 동의를 받음'),
                ),
            ],
        ),
        ReimageTable(
            'evaluation_sheet',
            'supersedes and decision: a sheet is put right by a new one',
            [
                migrations.AddField(
                    model_name='sheet',
                    name='supersedes',
                    field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='evaluation.sheet', verbose_name='정정 대상'),
                ),
                migrations.AddField(
                    model_name='sheet',
                    name='decision',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.decision', verbose_name='결재'),
                ),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criterion',
            trigger=pgtrigger.compiler.Trigger(name='criterion_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF (SELECT state FROM evaluation_round WHERE id = COALESCE(NEW.round_id, OLD.round_id)) <> 'draft'\n        AND NOT (TG_OP = 'UPDATE' AND NEW.version > OLD.version\n            AND ROW(NEW.id, NEW.round_id, NEW.code, NEW.parent_id, NEW.source, NEW.position)\n                IS NOT DISTINCT FROM ROW(OLD.id, OLD.round_id, OLD.code, OLD.parent_id, OLD.source, OLD.position)\n            AND EXISTS (\n                SELECT 1 FROM evaluation_criteriaversion v\n                JOIN evaluation_round r ON r.id = v.round_id AND r.state = 'scoring'\n                CROSS JOIN LATERAL jsonb_array_elements(v.rules) AS laid(down)\n                WHERE v.round_id = NEW.round_id AND v.state = 'in_force' AND v.number = NEW.version\n                    AND down->>'code' = NEW.code\n                    AND down->'name'->>'ko' = NEW.name_ko AND down->'name'->>'en' = NEW.name_en\n                    AND (down->>'points')::numeric = NEW.points AND down->>'aggregate' = NEW.aggregate\n                    AND (down->>'trim')::integer = NEW.trim AND (down->>'places')::integer = NEW.places\n                    AND (down->>'quorum')::integer IS NOT DISTINCT FROM NEW.quorum\n                    AND down->'scale'->>'kind' = NEW.scale\n                    AND down->'scale'->>'factor'\n                        IS NOT DISTINCT FROM NEW.factor_numerator || '/' || NEW.factor_denominator)) THEN\n        RAISE EXCEPTION 'criterion_frozen' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN COALESCE(NEW, OLD);\n", hash='61231a291889a6d5b4aeeab42dff080824976f21', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_criterion_frozen_6ed3d', table='evaluation_criterion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sheet',
            trigger=pgtrigger.compiler.Trigger(name='sheet_supersedes_its_own', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."supersedes_id" IS NOT NULL)', func="\n    IF NOT EXISTS (\n        SELECT 1 FROM evaluation_sheet s JOIN evaluation_sheetexclusion x ON x.sheet_id = s.id\n        WHERE s.id = NEW.supersedes_id AND s.entry_id = NEW.entry_id AND s.account_id = NEW.account_id) THEN\n        RAISE EXCEPTION 'sheet_supersedes_its_own' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='27186abaddf6fb334d87d1376ee8949fa2fa1603', operation='INSERT', pgid='pgtrigger_sheet_supersedes_its_own_7b6b0', table='evaluation_sheet', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='target_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF (SELECT r.state FROM evaluation_round r JOIN evaluation_criterion c ON c.round_id = r.id\n        WHERE c.id = COALESCE(NEW.criterion_id, OLD.criterion_id)) <> 'draft'\n        AND NOT (TG_OP = 'INSERT' AND EXISTS (\n            SELECT 1 FROM evaluation_entry e\n            JOIN evaluation_criterion c ON c.round_id = e.round_id\n            JOIN evaluation_round r ON r.id = e.round_id\n            WHERE c.id = NEW.criterion_id AND e.team_id = NEW.team_id AND e.admission_id IS NOT NULL\n                AND r.state = 'scoring'))\n        AND NOT (TG_OP <> 'DELETE' AND COALESCE(OLD.criterion_id = NEW.criterion_id AND OLD.team_id = NEW.team_id, true)\n            AND EXISTS (\n                SELECT 1 FROM evaluation_criterion c\n                JOIN evaluation_round r ON r.id = c.round_id AND r.state = 'scoring'\n                JOIN evaluation_criteriaversion v ON v.round_id = r.id AND v.state = 'in_force' AND v.number > 1\n                JOIN consortia_team t ON t.id = NEW.team_id\n                CROSS JOIN LATERAL jsonb_array_elements(v.rules) AS laid(down)\n                WHERE c.id = NEW.criterion_id AND down->>'code' = c.code\n                    AND (down->'scale'->'targets'->>t.code)::numeric = NEW.value)) THEN\n        RAISE EXCEPTION 'target_frozen' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN COALESCE(NEW, OLD);\n", hash='21d277963fb4cf40773b08d2634d9ff7ef31d688', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_target_frozen_07f11', table='evaluation_target', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.UniqueConstraint(condition=models.Q(('supersedes__isnull', True)), fields=('entry', 'account'), name='sheet_one_a_person', violation_error_message='한 팀에는 평가표를 한 번만 냅니다.'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision__isnull', True), ('supersedes__isnull', True)), models.Q(('decision__isnull', False), ('supersedes__isnull', False)), _connector='OR'), name='sheet_superseded_by_decision', violation_error_message='제출한 평가표는 결재로만 정정합니다.'),
        ),
        migrations.AddField(
            model_name='criteriaconsent',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='동의하거나 기록한 사람'),
        ),
        migrations.AddField(
            model_name='criteriaconsent',
            name='team',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='criteria_consents', to='consortia.team', verbose_name='정예팀'),
        ),
        migrations.AddField(
            model_name='criteriaversion',
            name='decision',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.decision', verbose_name='결재'),
        ),
        migrations.AddField(
            model_name='criteriaversion',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='criteria_versions', to='evaluation.round', verbose_name='단계평가'),
        ),
        migrations.AddField(
            model_name='criteriaconsent',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='evaluation.criteriaversion', verbose_name='평가기준'),
        ),
        migrations.RunPython(write_first_versions, migrations.RunPython.noop),
        ReimageTable(
            'evaluation_snapshot',
            'criteria_version: the version by which it was judged',
            [
                migrations.AddField(
                    model_name='snapshot',
                    name='criteria_version',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='evaluation.criteriaversion', verbose_name='평가기준'),
                ),
                migrations.RunSQL(NAMED, migrations.RunSQL.noop),
                migrations.AlterField(
                    model_name='snapshot',
                    name='criteria_version',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='evaluation.criteriaversion', verbose_name='평가기준'),
                ),
            ],
        ),
        migrations.AddField(
            model_name='sheetdraft',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheet_drafts', to=settings.AUTH_USER_MODEL, verbose_name='평가위원'),
        ),
        migrations.AddField(
            model_name='sheetdraft',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheet_drafts', to='evaluation.entry', verbose_name='참여팀'),
        ),
        migrations.AddConstraint(
            model_name='criteriaversion',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'in_force', 'superseded', 'dropped'])), name='criteria_version_state_known', violation_error_message='없는 상태입니다.'),
        ),
        migrations.AddConstraint(
            model_name='criteriaversion',
            constraint=models.UniqueConstraint(fields=('round', 'number'), name='criteria_version_number_once'),
        ),
        migrations.AddConstraint(
            model_name='criteriaversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('round',), name='criteria_version_one_proposed', violation_error_message='제안된 평가기준 변경이 이미 있습니다.'),
        ),
        migrations.AddConstraint(
            model_name='criteriaversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'in_force')), fields=('round',), name='criteria_version_one_in_force'),
        ),
        migrations.AddConstraint(
            model_name='criteriaversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number', 1), ('reason', '')), models.Q(('number__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='criteria_version_has_reason', violation_error_message='평가기준을 바꾸는 데에는 사유를 적어야 합니다.'),
        ),
        migrations.AddConstraint(
            model_name='criteriaversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision__isnull', True), ('number', 1), models.Q(('state', 'dropped'), _negated=True)), models.Q(('decision__isnull', True), ('number__gt', 1), ('state__in', ['proposed', 'dropped'])), models.Q(('decision__isnull', False), ('number__gt', 1), ('state__in', ['in_force', 'superseded'])), _connector='OR'), name='criteria_version_later_one_is_decided', violation_error_message='평가기준의 변경은 결재로만 시행합니다.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criteriaversion',
            trigger=pgtrigger.compiler.Trigger(name='criteria_version_steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{in_force:superseded,proposed:dropped,proposed:in_force}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='d491dbf2ced8e43515860281c7db16049fa61dfa', operation='UPDATE', pgid='pgtrigger_criteria_version_steps_2737e', table='evaluation_criteriaversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criteriaversion',
            trigger=pgtrigger.compiler.Trigger(name='criteria_version_begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IS DISTINCT FROM \'proposed\')', func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='4aa11bc564a5785eb521050db84937e2bf3cdfbe', operation='INSERT', pgid='pgtrigger_criteria_version_begins_830e2', table='evaluation_criteriaversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criteriaversion',
            trigger=pgtrigger.compiler.Trigger(name='criteria_version_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='68e110d9ab666fe6152266935f4ef0fc4e6660e9', operation='DELETE', pgid='pgtrigger_criteria_version_stays_73eda', table='evaluation_criteriaversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criteriaversion',
            trigger=pgtrigger.compiler.Trigger(name='criteria_version_changes_state_alone', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."round_id" IS DISTINCT FROM (NEW."round_id") OR OLD."rules" IS DISTINCT FROM (NEW."rules"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='82de67b12d038f1ca7cbd47a99344e0777c7f421', operation='UPDATE', pgid='pgtrigger_criteria_version_changes_state_alone_3b6e2', table='evaluation_criteriaversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criteriaversion',
            trigger=pgtrigger.compiler.Trigger(name='criteria_version_decision_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."decision_id" IS NOT NULL AND OLD."decision_id" IS DISTINCT FROM (NEW."decision_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='86f5f82972923cf288331da9216e651792e95ced', operation='UPDATE', pgid='pgtrigger_criteria_version_decision_stays_7d45e', table='evaluation_criteriaversion', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='criteriaconsent',
            constraint=models.UniqueConstraint(fields=('version', 'team'), name='criteria_consent_once', violation_error_message='한 팀은 한 판에 한 번만 동의합니다.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criteriaconsent',
            trigger=pgtrigger.compiler.Trigger(name='criteria_consent_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='593beab1a62c75bae3851c14ece6db8468d56c63', operation='UPDATE OR DELETE', pgid='pgtrigger_criteria_consent_append_only_0e904', table='evaluation_criteriaconsent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criteriaconsent',
            trigger=pgtrigger.compiler.Trigger(name='criteria_consent_of_an_entry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NOT EXISTS (\n        SELECT 1 FROM evaluation_criteriaversion v JOIN evaluation_entry e ON e.round_id = v.round_id\n        WHERE v.id = NEW.version_id AND e.team_id = NEW.team_id AND v.state IN ('proposed', 'in_force')) THEN\n        RAISE EXCEPTION 'criteria_consent_of_an_entry' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='95e2b8a64603cdc2586021902231e25bf811a900', operation='INSERT', pgid='pgtrigger_criteria_consent_of_an_entry_70c25', table='evaluation_criteriaconsent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='sheetdraft',
            constraint=models.UniqueConstraint(fields=('entry', 'account'), name='sheet_draft_one_a_person'),
        ),
        CountTable('evaluation_criteriaversion'),
        CountTable('evaluation_criteriaconsent'),
        # A draft is its writer's alone: that it exists is counted, what stands in it is not kept.
        CountTable('evaluation_sheetdraft', exclude=['points', 'comment', 'saved_at']),
    ]
