"""A batch of corrections as rows of a form: a team, what of it is put right, and the value that it gets.

What is put right is one choice, so that a row has three fields and nothing has to be written in a notation. There are
always blank rows below the last that is filled: looking ahead (미리 보기) gives more.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from core.admin import fields
from core.admin.forms import OperationForm
from core.errors import Refused
from core.models import Account
from core.names import name_field
from core.points import figure
from evaluation.models import Measurement, Round, Sheet
from evaluation.operations.corrections import changes_of
from evaluation.queries.judged import IN_NUMBER_ORDER
from evaluation.states import Source, VerdictValue

LEAST_ROWS, BLANK_ROWS, MOST_ROWS = 6, 3, 60
PARTS = ("team", "what", "value")
LACKING = {"team": _("팀을 고르십시오."), "what": _("고칠 것을 고르십시오.")}
TIE, PLACE = "tie", re.compile("[1-9][0-9]{0,4}")


@dataclass(frozen=True)
class Row:
    """A row as the page shows it."""

    number: int
    team: BoundField
    what: BoundField
    value: BoundField

    @property
    def parts(self) -> tuple[BoundField, ...]:
        """Its fields in their order."""
        return self.team, self.what, self.value


class CorrectionsForm(OperationForm):
    """`subject` is a round, or has one (`round_of`). `corrections` are the items as the operation takes them."""

    reason = fields.reason(_("사유"), help_text=_("결정 문서와 팀에 보내는 통지에 실립니다."))
    not_to_foresee = ("reason",)
    legend = _("정정할 것")
    rows_required = True

    def round_of(self) -> Round:
        """The round whose result is corrected."""
        round: Round = self.subject
        return round

    def choose(self) -> None:
        round = self.round_of()
        teams = list(round.entries.values_list("team__code", name_field("team__")))
        targets = targets_of(round)
        for number in self.numbers():
            self.fields[f"row-{number}-team"] = fields.choice(_("팀"), teams, blank="—", required=False)
            self.fields[f"row-{number}-what"] = fields.choice(_("고칠 것"), targets, blank="—", required=False)
            self.fields[f"row-{number}-value"] = fields.text(_("새 값"), required=False, max_length=200)
            for part in PARTS:
                field = self.fields[f"row-{number}-{part}"]
                field.widget.attrs["aria-label"] = _("%(n)s번째 정정: %(part)s") % {"n": number, "part": field.label}

    def numbers(self) -> range:
        """The numbers of the rows: as many as are filled, and some more."""
        given = self.data if self.is_bound else self.initial
        used = [int(name.split("-")[1]) for name, value in given.items() if value and _is_row(name)]
        return range(1, 1 + min(MOST_ROWS, max(LEAST_ROWS, max(used, default=0) + BLANK_ROWS)))

    def rows(self) -> Iterator[Row]:
        """The rows for the page."""
        for number in self.numbers():
            yield Row(number, *(self[f"row-{number}-{part}"] for part in PARTS))

    def fields_before(self) -> Iterator[BoundField]:
        """What is asked above the rows."""
        return (field for field in self if not _is_row(field.name) and field.name != "reason")

    def fields_after(self) -> Iterator[BoundField]:
        """What is asked below them."""
        yield self["reason"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.items = dict(self._items(given))
        given["corrections"] = list(self.items.values())
        if self.rows_required and not self.items and not self.errors:
            self.add_error("row-1-team", _("정정할 것을 적어야 합니다."))
        return given

    def _items(self, given: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
        """Each row as an item by its number, and last the order of tied teams, by the first row that gives a place."""
        places: dict[int, tuple[int, str]] = {}
        for number in self.numbers():
            team, what, value = (given.get(f"row-{number}-{part}") or "" for part in PARTS)
            if not (team or what or value):
                continue
            missing = [part for part, said in (("team", team), ("what", what)) if not said]
            for part in missing:
                self.add_error(f"row-{number}-{part}", LACKING[part])
            if missing:
                continue
            if what == TIE and not value_fault(TIE, value):
                places[number] = (int(value), team)
                continue
            item = self._item(number, team, what, value)
            if item is not None:
                yield number, item
        if self._places_differ(places):
            yield min(places), {"break_tie": {"order": [team for _, team in sorted(places.values())]}}

    def _places_differ(self, places: Mapping[int, tuple[int, str]]) -> bool:
        """Whether there are places, each given once; an error stands beside a row that repeats one."""
        taken = [place for place, _team in places.values()]
        repeated = [number for number, (place, _team) in places.items() if taken.count(place) > 1]
        if repeated:
            self.add_error(f"row-{repeated[-1]}-value", _("순번이 겹칩니다."))
        return bool(places) and not repeated

    def _item(self, number: int, team: str, what: str, value: str) -> dict[str, Any] | None:
        """One row as an item; None, and an error beside it, where its value does not fit or a name is not there."""
        kind, *names = what.split(":")
        fault = value_fault(kind, value)
        if fault:
            self.add_error(f"row-{number}-value", fault)
            return None
        item = _ITEMS[kind](team, names, value.strip())
        try:
            changes_of(self.round_of(), [item])
        except Refused as refused:
            self.add_error(f"row-{number}-what", str(refused))
            return None
        return item

    def show_refusal(self, refused: Refused) -> None:
        """Beside the rows that it is about, where it says of which team and criterion it speaks."""
        about = {key: refused.facts.get(key) for key in ("team", "criterion")}
        mine = [number for number, item in self.items.items() if all(about.values()) and _names(item, about)]
        for number in mine:
            self.add_error(f"row-{number}-value", str(refused))
        if not mine:
            super().show_refusal(refused)


def targets_of(round: Round) -> list[tuple[Any, Any]]:
    """What of a team can be put right, grouped by kind, as the choices of a row."""
    criteria = list(round.criteria.all())
    direct = [(f"points:{each.code}", each.name) for each in criteria if each.source == Source.DIRECT]
    standing = Measurement.objects.standing().filter(entry__round=round).order_by("criterion__position", "name")
    named = standing.values_list("criterion__code", name_field("criterion__"), "name").distinct()
    measured = [(f"measurement:{code}:{name}", f"{criterion} · {name}") for code, criterion, name in named]
    taking_out = _("응답 묶음 제외")
    answered = [
        (f"responses:{each.code}", f"{each.name} · {taking_out}")
        for each in criteria
        if each.source == Source.RESPONSES
    ]
    counted = Sheet.objects.filter(entry__round=round, exclusion__isnull=True)
    experts = Account.objects.filter(pk__in=counted.values("account")).order_by(*IN_NUMBER_ORDER)
    people = list(experts.values_list("username", name_field()))
    marked = [each for each in criteria if each.source == Source.SHEETS]
    marks = [
        (f"mark:{username.rpartition('.')[2]}:{each.code}", f"{name} · {each.name}")
        for username, name in people
        for each in marked
    ]
    sheets = [(f"sheet:{username.rpartition('.')[2]}", name) for username, name in people]
    verdicts = [
        (f"gate:{gate.code}:{verdict.value}", f"{gate.name}: {verdict.label}")
        for gate in round.gates.all()
        for verdict in VerdictValue
    ]
    ties = [(TIE, _("동점인 팀 가운데의 순서"))]
    names = [("name:ko", _("한글 이름")), ("name:en", _("영문 이름"))]
    groups = [
        (_("점수(새 값에 점수)"), direct),
        (_("측정값(새 값에 값)"), measured),
        (_("평가표 정정(새 값에 점수)"), marks),
        (_("평가표 제외(새 값 없음)"), sheets),
        (_("응답 묶음 제외(새 값에 묶음 번호)"), answered),
        (_("요건 판정(새 값 없음)"), verdicts),
        (_("동점자 순서(새 값에 순번)"), ties),
        (_("팀 이름(새 값에 이름)"), names),
    ]
    return [(label, choices) for label, choices in groups if choices]


def value_fault(kind: str, value: str) -> Any:
    """Why a value cannot stand with this kind of correction; empty where it can."""
    if kind in {"sheet", "gate"}:
        return _("이 정정에는 새 값을 적지 않습니다.") if value else ""
    if not value.strip():
        return _("새 값을 적어야 합니다.")
    if kind in {"name", "responses"}:
        return ""
    if kind == TIE:
        return "" if PLACE.fullmatch(value.strip()) else _("1부터 시작하는 순번을 적습니다.")
    return fields.NO_FIGURE if figure(value.strip()) is None else ""


_ITEMS = {
    "points": lambda team, names, value: {"set_points": {"team": team, "criterion": names[0], "points": value}},
    "measurement": lambda team, names, value: {
        "set_measurement": {"team": team, "criterion": names[0], "name": ":".join(names[1:]), "value": value}
    },
    "mark": lambda team, names, value: {
        "replace_sheet": {"person": names[0], "team": team, "points": {names[1]: value}}
    },
    "sheet": lambda team, names, value: {"exclude_sheet": {"person": names[0], "team": team}},
    "responses": lambda team, names, value: {
        "exclude_responses": {"team": team, "criterion": names[0], "batch": value}
    },
    "gate": lambda team, names, value: {"set_gate": {"gate": names[0], "team": team, "verdict": names[1]}},
    "name": lambda team, names, value: {"set_name": {"team": team, "language": names[0], "name": value}},
}


def _is_row(name: str) -> bool:
    start, _sign, rest = name.partition("-")
    number, _sign, part = rest.partition("-")
    return start == "row" and number.isascii() and number.isdigit() and 0 < int(number) <= MOST_ROWS and part in PARTS


def _names(item: Mapping[str, Any], about: Mapping[str, Any]) -> bool:
    """Whether the item moves that team's result in that criterion."""
    ((kind, facts),) = item.items()
    if kind in {"set_gate", "set_name", "break_tie"} or facts["team"] != about["team"]:
        return False
    moved = facts.get("points") if kind == "replace_sheet" else [facts.get("criterion", about["criterion"])]
    return about["criterion"] in moved
