"""The section `rounds`: dates, seats, who takes part and who judges. Criteria have a module of their own."""

from core.roles import Role
from evaluation.rules.leaf_faults import LEAST_PLACES, MOST_PLACES
from evaluation.rules.outcomes import RECRUIT, VACANCY_RULES
from rehearsal import criteria
from rehearsal.document import Node, Unusable
from rehearsal.fields import Field, Names, by_name, child, mapping, may, names, need, record, unique
from rehearsal.scalars import SMALL, choice, code, day, known, moment, not_negative, whole
from rehearsal.scenario import Gate, Person, Round
from rehearsal.sections import Codes, codes

RULES = ("majority",)
# Ten years: longer than any period of appeal, short enough that it can be added to any date.
LONGEST = 3650

GATE = (may("name", names), may("rule", choice(RULES), RULES[0]))


def rounds(node: Node, given: Codes, people: tuple[Person, ...]) -> tuple[Round, ...]:
    """Every round, in the file's order; their numbers differ."""
    evaluators = tuple(person.code for person in people if person.role == Role.EVALUATOR)
    found: dict[int, Round] = {}
    for key, body in mapping(node).entries:
        made = _round(code(key), body, given, evaluators)
        if made.number in found:
            _refuse(body, "number", f"다른 평가와 번호가 같습니다: {made.number}")
        found[made.number] = made
    return tuple(found.values())


def _round(round: str, body: Node, given: Codes, evaluators: tuple[str, ...]) -> Round:
    tree = child(body, "criteria")
    values = record(body, _fields(given, evaluators, codes(tree)))
    name = values.pop("name")
    made = Round(code=round, name_ko=name.ko, name_en=name.en, **values)
    if made.ends < made.starts:
        _refuse(body, "ends", "starts보다 빠를 수 없습니다")
    if made.latest_end and made.latest_end < made.ends:
        _refuse(body, "latest_end", "ends보다 빠를 수 없습니다")
    if tree:
        criteria.check(tree, made.criteria, made.entries)
    return made


def _fields(given: Codes, evaluators: tuple[str, ...], tree: tuple[str, ...]) -> tuple[Field, ...]:
    return (
        need("number", whole(1, SMALL)),
        need("name", names),
        need("starts", day),
        need("ends", day),
        may("latest_end", day),
        need("evidence_closes", moment),
        need("seats", whole(1, SMALL)),
        may("vacancy", choice(VACANCY_RULES), RECRUIT),
        may("floor", not_negative),
        may("ties", unique(known(tree, "평가항목")), ()),
        may("mean_places", whole(LEAST_PLACES, MOST_PLACES), 2),
        may("appeal_days", whole(1, LONGEST), 10),
        may("panel", unique(known(given.people, "사람")), evaluators),
        need("entries", unique(known(given.teams, "팀"))),
        may("gates", _gates, ()),
        need("criteria", criteria.criteria),
    )


def _gates(node: Node) -> tuple[Gate, ...]:
    found = by_name(lambda body: record(body, GATE))(node)
    return tuple(_gate(each_code, values["name"], values["rule"]) for each_code, values in found.items())


def _gate(gate: str, name: Names | None, rule: str) -> Gate:
    shown = name or Names(gate, gate)
    return Gate(gate, shown.ko, shown.en, rule)


def _refuse(body: Node, name: str, message: str) -> None:
    at = child(body, name) or body
    raise Unusable(at.line, at.key, message)
