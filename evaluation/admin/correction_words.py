"""Corrections in words: each by the names that people use."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from core.names import name_field
from evaluation.models import NameCorrection, Round
from evaluation.states import VerdictValue

LANGUAGES = dict(NameCorrection.Language.choices)


def item_words(round: Round, corrections: Sequence[Mapping[str, Any]]) -> list[str]:
    """Each correction of a batch as a sentence, in its order; three queries whatever their number."""
    names = _Names(round)
    return [_SAY[kind](names, item) for correction in corrections for kind, item in correction.items()]


class _Names:
    """The round's teams and criteria, gates and people by code; a code that is not there stands for itself."""

    def __init__(self, round: Round) -> None:
        self._names: dict[str, dict[str, str]] = {
            "team": dict(round.entries.values_list("team__code", name_field("team__"))),
            "criterion": dict(round.criteria.values_list("code", name_field())),
            "gate": dict(round.gates.values_list("code", name_field())),
            "person": {
                username.rpartition(".")[2]: name
                for username, name in round.panel.values_list("account__username", name_field("account__"))
            },
        }

    def of(self, item: Mapping[str, Any]) -> dict[str, Any]:
        """The item with names in place of codes."""
        return {key: self._names.get(key, {}).get(value, value) for key, value in item.items()}


def _points(names: _Names, item: Mapping[str, Any]) -> str:
    return _("%(team)s · %(criterion)s: %(points)s점으로") % names.of(item)


def _measurement(names: _Names, item: Mapping[str, Any]) -> str:
    said = names.of(item) | {"name": item["name"]}
    return _("%(team)s · %(criterion)s · %(name)s: 바로잡을 측정값 %(value)s") % said


def _sheet(names: _Names, item: Mapping[str, Any]) -> str:
    return _("%(team)s: %(person)s 평가표 제외") % names.of(item)


def _replaced(names: _Names, item: Mapping[str, Any]) -> str:
    marks = [
        _("%(criterion)s %(points)s점") % names.of({"criterion": code, "points": points})
        for code, points in item["points"].items()
    ]
    return _("%(team)s: %(person)s 평가표 정정: %(marks)s") % (names.of(item) | {"marks": ", ".join(marks)})


def _responses(names: _Names, item: Mapping[str, Any]) -> str:
    return _("%(team)s · %(criterion)s: 응답 묶음 %(batch)s 제외") % names.of(item)


def _gate(names: _Names, item: Mapping[str, Any]) -> str:
    return _("%(team)s · 요건 ‘%(gate)s’: %(verdict)s") % (
        names.of(item) | {"verdict": VerdictValue(item["verdict"]).label}
    )


def _name(names: _Names, item: Mapping[str, Any]) -> str:
    said = names.of(item) | {"language": LANGUAGES[item["language"]]}
    return _("%(team)s · 바로잡을 %(language)s: %(name)s") % said


def _order(names: _Names, item: Mapping[str, Any]) -> str:
    teams = [names.of({"team": team})["team"] for team in item["order"]]
    return _("동점자 순서: %(order)s") % {"order": " > ".join(teams)}


_SAY = {
    "set_points": _points,
    "set_measurement": _measurement,
    "exclude_sheet": _sheet,
    "replace_sheet": _replaced,
    "exclude_responses": _responses,
    "set_gate": _gate,
    "set_name": _name,
    "break_tie": _order,
}
