"""The form of a supposition: every change that may be made, and what was asked as changes and in words."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminTextInputWidget

from core.admin import fields
from core.admin.forms import OperationForm
from evaluation.admin.round_forms import teams_of
from evaluation.admin.supposing_words import TRIMS, leaves_of, words_of
from evaluation.models import Criterion, Gate
from evaluation.queries.judged import evaluator_names
from evaluation.rules.supposing import Change, GateDecided, TeamWithdrawn, Trimmed, Weighted, WithoutEvaluator
from evaluation.states import Aggregate, Source, VerdictValue

MOST_BOXES = 40
"""Of more teams than these codes are typed: a page of boxes would be neither quick nor of use."""
LEFT = [(VerdictValue.PASSED, gettext_lazy("충족이라면")), (VerdictValue.FAILED, gettext_lazy("미충족이라면"))]


class CodesField(forms.CharField):
    """Codes with commas between them, as a list."""

    widget = UnfoldAdminTextInputWidget

    def clean(self, value: Any) -> list[str]:
        return [code.strip() for code in super().clean(value).split(",") if code.strip()]


class SupposingForm(OperationForm):
    """A field for each leaf's points and trimming, the evaluators, each gate's teams either way, and who withdraws."""

    def choose(self) -> None:
        for leaf in self._leaves:
            self.fields[f"points_{leaf.code}"] = fields.number(_("%(leaf)s 배점") % {"leaf": leaf}, required=False)
            if leaf.source != Source.DIRECT:
                label = _("%(leaf)s 최고·최저점") % {"leaf": leaf}
                self.fields[f"trim_{leaf.code}"] = fields.choice(label, TRIMS, required=False)
        people = self._people.items()
        self.fields["without"] = fields.several(_("평가표를 반영하지 않을 평가위원"), people, required=False)
        for gate in self._gates:
            for verdict, words in LEFT:
                label = f"{gate.name}: {words}"
                self.fields[f"{verdict}_{gate.code}"] = self._some_teams(label)
        self.fields["withdrawn"] = self._some_teams(_("참여를 철회한다면"))

    def _some_teams(self, label: str) -> forms.Field:
        if len(self._teams) <= MOST_BOXES:
            return fields.several(label, self._teams, required=False)
        return CodesField(
            label=label, required=False, help_text=_("팀 코드를 쉼표로 나누어 적습니다."), max_length=2000
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for gate in self._gates:
            passed, failed = (f"{verdict}_{gate.code}" for verdict in (VerdictValue.PASSED, VerdictValue.FAILED))
            if set(given.get(passed, ())) & set(given.get(failed, ())):
                self.add_error(failed, _("한 팀이 충족이면서 미충족일 수는 없습니다."))
        return {"changes": self._changes(given), "cells": self.cells}

    def _changes(self, given: dict[str, Any]) -> list[Change]:
        found: list[Change] = []
        for leaf in self._leaves:
            points, trim = given.get(f"points_{leaf.code}"), given.get(f"trim_{leaf.code}")
            if points is not None and points != leaf.points:
                found.append(Weighted(leaf.code, points))
            if trim and int(trim) != (leaf.trim if leaf.aggregate == Aggregate.TRIMMED_MEAN else 0):
                found.append(Trimmed(leaf.code, int(trim)))
        found += [WithoutEvaluator(person) for person in given.get("without", ())]
        for gate in self._gates:
            for verdict, _words in LEFT:
                teams = given.get(f"{verdict}_{gate.code}", ())
                found += [GateDecided(gate.code, team, str(verdict.value)) for team in teams]
        found += [TeamWithdrawn(team) for team in given.get("withdrawn", ())]
        # An address may name something twice, which is one change.
        return list(dict.fromkeys(found))

    def weights(self) -> Iterator[dict[str, Any]]:
        """Each leaf with its fields, as a row of the form's table."""
        for leaf in self._leaves:
            trim = f"trim_{leaf.code}"
            yield {
                "leaf": leaf,
                "points": self[f"points_{leaf.code}"],
                "trim": self[trim] if trim in self.fields else None,
            }

    def others(self) -> Iterator[Any]:
        """The fields that are no leaf's."""
        return (field for field in self if not field.name.startswith(("points_", "trim_")))

    @property
    def cells(self) -> int:
        """How many scores a supposition computes: its size."""
        return len(self._teams) * len(self._leaves)

    def words(self, changes: Iterable[Change]) -> list[str]:
        """Changes in words, by the names that people use."""
        return words_of(changes, leaves=self._leaves, gates=self._gates, teams=self._teams, people=self._people)

    @cached_property
    def _leaves(self) -> Sequence[Criterion]:
        return leaves_of(self.subject)

    @cached_property
    def _gates(self) -> Sequence[Gate]:
        return list(self.subject.gates.all())

    @cached_property
    def _teams(self) -> Sequence[tuple[str, str]]:
        return teams_of(self.subject)

    @cached_property
    def _people(self) -> dict[str, str]:
        return evaluator_names(self.subject)
