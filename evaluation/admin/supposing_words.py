"""A supposition in words, and as the address at which it is asked."""

from collections.abc import Iterable, Mapping, Sequence

from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.models import Criterion, Gate, Round
from evaluation.rules.supposing import Change, GateDecided, TeamWithdrawn, Trimmed, Weighted, WithoutEvaluator
from evaluation.states import VerdictValue

TRIMS = [
    ("", gettext_lazy("지금 규칙대로")),
    ("0", gettext_lazy("빼지 않고 평균")),
    *((str(number), format_lazy(gettext_lazy("최고·최저 {n}개씩 제외"), n=number)) for number in (1, 2, 3)),
]


def leaves_of(round: Round) -> list[Criterion]:
    """The criteria that are scored, in their order."""
    return list(round.criteria.exclude(source=None))


def words_of(
    changes: Iterable[Change],
    *,
    leaves: Sequence[Criterion],
    gates: Sequence[Gate],
    teams: Iterable[tuple[str, str]],
    people: Mapping[str, str],
) -> list[str]:
    """Each change by the names that people use; by its code what is no longer there."""
    points = {leaf.code: f"{leaf.points:f}" for leaf in leaves}
    names = {**{leaf.code: str(leaf) for leaf in leaves}, **{f"gate:{gate.code}": gate.name for gate in gates}}
    of_teams = dict(teams)

    def words(change: Change) -> str:
        match change:
            case Weighted(code, then):
                facts = {"leaf": names.get(code, code), "was": points.get(code, "—"), "points": f"{then:f}"}
                return _("%(leaf)s: 배점 %(was)s → %(points)s") % facts
            case Trimmed(code, trim):
                return f"{names.get(code, code)}: {dict(TRIMS).get(str(trim), trim)}"
            case WithoutEvaluator(person):
                return _("%(person)s 평가위원의 평가표를 반영하지 않음") % {"person": people.get(person, person)}
            case GateDecided(gate, team, verdict):
                return f"{of_teams.get(team, team)} · {names.get(f'gate:{gate}', gate)}: {VerdictValue(verdict).label}"
            case TeamWithdrawn(team):
                return _("%(team)s: 참여 철회") % {"team": of_teams.get(team, team)}

    return [words(each) for each in changes]


def asked_in(changes: Iterable[Change], *, typed: bool) -> str:
    """The query of the address at which a supposition is asked; where teams are `typed`, their codes as one text."""
    teams: dict[str, list[str]] = {}
    query = QueryDict(mutable=True)
    for change in changes:
        match change:
            case Weighted(code, points):
                query[f"points_{code}"] = f"{points:f}"
            case Trimmed(code, trim):
                query[f"trim_{code}"] = str(trim)
            case WithoutEvaluator(person):
                query.appendlist("without", person)
            case GateDecided(gate, team, verdict):
                teams.setdefault(f"{verdict}_{gate}", []).append(team)
            case TeamWithdrawn(team):
                teams.setdefault("withdrawn", []).append(team)
    for field, codes in teams.items():
        query.setlist(field, [",".join(codes)] if typed else codes)
    return query.urlencode()
