"""Drafting a round: its rules, criteria, gates, entries and panel, checked as a whole before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consortia.models import Programme, Team
from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.models import Account
from core.operation import operation
from core.wording import joined_lazily
from evaluation.models import CriteriaVersion, Criterion, Entry, Gate, Panelist, Round, Target
from evaluation.operations.benchmarks import plan_benchmarks
from evaluation.queries.criteria import documents_of
from evaluation.readers.plans import Planned
from evaluation.rules.criteria import Criterion as Rule
from evaluation.rules.criteria import describe, faults
from evaluation.rules.document import digest
from evaluation.rules.scales import KINDS, Linear, ShareOfTarget
from evaluation.states import VacancyRule
from evaluation.verbs import DRAFT_ROUND


@dataclass(frozen=True)
class Named:
    """A gate, or whatever else has only a code and a name in two languages."""

    code: str
    name_ko: str
    name_en: str


@dataclass(frozen=True)
class CriterionDraft:
    """A criterion's rule with its names."""

    rule: Rule
    name_ko: str
    name_en: str


@dataclass(frozen=True)
class RoundDraft:
    """Everything that a round lays down before it opens. `criteria_consent`: its teams sign the criteria off."""

    code: str
    number: int
    name_ko: str
    name_en: str
    starts: date
    ends: date
    seats: int
    criteria: Sequence[CriterionDraft]
    entries: Sequence[Team]
    panel: Sequence[Account]
    gates: Sequence[Named] = ()
    latest_end: date | None = None
    evidence_closes: datetime | None = None
    vacancy: VacancyRule = VacancyRule.RECRUIT
    floor: Decimal | None = None
    ties: Sequence[str] = ()
    mean_places: int = 2
    appeal_days: int = 10
    criteria_consent: bool = False
    benchmarks: Sequence[Planned] = ()


@operation(DRAFT_ROUND)
def draft_round(programme: Programme, draft: RoundDraft, *, actor: Actor, now: datetime) -> Round:
    """Write down a round with its criteria (their first version), gates, entries and panel.

    `duplicate` where the code or number is taken; `out_of_range` with every fault of the criteria at once.
    """
    _require_possible(programme, draft)
    round = Round.objects.create(
        programme=programme,
        code=draft.code,
        number=draft.number,
        name_ko=draft.name_ko,
        name_en=draft.name_en,
        starts=draft.starts,
        ends=draft.ends,
        latest_end=draft.latest_end,
        evidence_closes=draft.evidence_closes,
        seats=draft.seats,
        vacancy=draft.vacancy,
        floor=draft.floor,
        ties=list(draft.ties),
        mean_places=draft.mean_places,
        appeal_days=draft.appeal_days,
        criteria_consent=draft.criteria_consent,
    )
    _write_criteria(round, draft)
    Gate.objects.bulk_create(
        Gate(round=round, code=gate.code, name_ko=gate.name_ko, name_en=gate.name_en, position=position)
        for position, gate in enumerate(draft.gates)
    )
    Entry.objects.bulk_create(
        Entry(round=round, team=team, position=position) for position, team in enumerate(draft.entries)
    )
    Panelist.objects.bulk_create(Panelist(round=round, account=account) for account in draft.panel)
    documents = documents_of(round)
    CriteriaVersion.objects.create(round=round, number=1, rules=documents, digest=digest(documents), at=now)
    if draft.benchmarks:
        plan_benchmarks(round, draft.benchmarks, actor=actor, now=now)
    record(DRAFT_ROUND, round, at=now, code=draft.code, entries=[team.code for team in draft.entries])
    return round


def _require_possible(programme: Programme, draft: RoundDraft) -> None:
    if programme.rounds.filter(code=draft.code).exists() or programme.rounds.filter(number=draft.number).exists():
        said = format_lazy(_("이미 있는 단계입니다: {code} ({number}차)"), code=draft.code, number=draft.number)
        raise Refused(Code.DUPLICATE, said, round=draft.code)
    found = faults([each.rule for each in draft.criteria], [team.code for team in draft.entries], ties=draft.ties)
    if found:
        told = joined_lazily([describe(fault) for fault in found], " ")
        raise Refused(Code.OUT_OF_RANGE, told, faults=len(found))


def _write_criteria(round: Round, draft: RoundDraft) -> None:
    """Parents may stand after their children, so rows are written first and hung up afterwards."""
    kinds = {kind: name for name, kind in KINDS.items()}
    rows = {each.rule.code: _row(round, each, position, kinds) for position, each in enumerate(draft.criteria)}
    Criterion.objects.bulk_create(rows.values())
    hung = [rows[each.rule.code] for each in draft.criteria if each.rule.under is not None]
    for each in draft.criteria:
        if each.rule.under is not None:
            rows[each.rule.code].parent = rows[each.rule.under]
    if hung:
        Criterion.objects.bulk_update(hung, ["parent"])
    teams = {team.code: team for team in draft.entries}
    Target.objects.bulk_create(
        Target(criterion=rows[each.rule.code], team=teams[team], value=value)
        for each in draft.criteria
        if isinstance(each.rule.scale, ShareOfTarget)
        for team, value in each.rule.scale.targets.items()
    )


def _row(round: Round, draft: CriterionDraft, position: int, kinds: dict[type, str]) -> Criterion:
    rule = draft.rule
    factor = rule.scale.factor if isinstance(rule.scale, Linear) else None
    return Criterion(
        round=round,
        code=rule.code,
        name_ko=draft.name_ko,
        name_en=draft.name_en,
        position=position,
        points=rule.points,
        source=rule.source,
        aggregate=rule.aggregate,
        trim=rule.trim,
        quorum=rule.quorum,
        scale=kinds[type(rule.scale)],
        factor_numerator=factor.numerator if factor is not None else None,
        factor_denominator=factor.denominator if factor is not None else None,
        places=rule.places,
    )
