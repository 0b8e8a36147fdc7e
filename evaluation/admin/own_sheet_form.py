"""The form of an expert's sheet: a field for each criterion that is scored by sheets, and the opinion."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from core.admin import fields
from core.admin.forms import OperationForm
from core.errors import Code, Refused
from core.points import added, figure
from evaluation.admin.criteria_words import rule_words
from evaluation.admin.entry_forms import LONGEST_COMMENT, with_points
from evaluation.models import Criterion, SheetDraft
from evaluation.queries.guidance import guidance_of
from evaluation.queries.rules import criterion_rule
from evaluation.queries.sheets import scored_by_sheets
from evaluation.rules.document import written

KEEP = "keep"
"""The name of the button that only keeps what has been written down so far."""
REVIEW = "review"
"""The name of the button that keeps it and goes on to what will be handed in."""

FOLLOWS = "follows"
"""The name of the field that says when the draft was saved from which the page went on; empty: there was none."""


@dataclass(frozen=True)
class Line:
    """A criterion with its field, and how marks become its points."""

    criterion: Criterion
    field: BoundField
    rule: str
    guidance: str


class SheetForm(OperationForm):
    """The fields are filled with what the expert has kept. A mark's field is text: digits stay as they were typed.

    `keep` says that what is typed is only to be kept (임시저장): then any of it may be missing.
    """

    crossed = False
    comment = fields.long_text(_("종합의견"), required=False, max_length=LONGEST_COMMENT)

    def choose(self) -> None:
        for leaf in self.leaves:
            field = fields.number(with_points(leaf), most=leaf.points, required=KEEP not in self.data)
            field.widget.input_type = "text"
            field.widget.attrs["data-criterion"] = leaf.code
            field.initial = self.draft.points.get(leaf.code) if self.draft else None
            self.fields[_name(leaf)] = field
        self.fields["comment"].initial = self.draft.comment if self.draft else ""
        self.fields["comment"].widget.attrs["data-comment"] = ""
        self.order_fields([*(name for name in self.fields if name != "comment"), "comment"])

    @cached_property
    def draft(self) -> SheetDraft | None:
        """What the expert has kept so far."""
        return SheetDraft.objects.filter(entry=self.subject, account=self.actor.person()).first()

    @cached_property
    def leaves(self) -> list[Criterion]:
        """The criteria to be marked."""
        return list(scored_by_sheets(self.subject.round_id).prefetch_related("targets__team"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        marks = {leaf: given.get(_name(leaf)) for leaf in self.leaves}
        given["points"] = {leaf: mark for leaf, mark in marks.items() if mark is not None}
        given[KEEP], given[REVIEW] = KEEP in self.data, REVIEW in self.data
        given["follows"] = self._follows()
        return given

    def _follows(self) -> list[datetime | None]:
        """The draft from which the page went on; nothing where it says none that could be read."""
        said = self.data.get(FOLLOWS)
        if said is None:
            return []
        try:
            return [datetime.fromisoformat(said) if said else None]
        except ValueError:
            return []

    def goes_on_from(self) -> str:
        """The draft that the page goes on from: the same as before, until it has told of one from another device."""
        if FOLLOWS in self.data and not self.crossed:
            return str(self.data[FOLLOWS])
        return self.draft.saved_at.isoformat() if self.draft else ""

    def show_refusal(self, refused: Refused) -> None:
        """Beside the criterion that the refusal names."""
        self.crossed = refused.code is Code.STILL_PENDING
        beside = [_name(leaf) for leaf in self.leaves if leaf.code == refused.facts.get("criterion")]
        self.add_error(beside[0] if beside else None, str(refused))

    def as_kept(self) -> "SheetForm":
        """The form as if what is kept had been handed in: valid where the sheet is whole."""
        kept = {_name(leaf): self.draft.points.get(leaf.code, "") for leaf in self.leaves} if self.draft else {}
        given = {**kept, "comment": self.draft.comment if self.draft else ""}
        return SheetForm(given, subject=self.subject, actor=self.actor, now=self.now)

    # What the page shows.

    def lines(self) -> list[Line]:
        """The criteria in their order."""
        guidance = guidance_of(self.subject.round)
        return [Line(leaf, self[_name(leaf)], _rule(leaf), guidance.get(leaf.code, "")) for leaf in self.leaves]

    def figures(self) -> list[Decimal]:
        """The marks that stand in the fields, as far as they are figures."""
        typed = [figure(str(self[_name(leaf)].value() or "").strip()) for leaf in self.leaves]
        return [mark for mark in typed if mark is not None]

    def total(self) -> str:
        """Their sum, for the expert to see; it is counted nowhere."""
        return f"{added(self.figures()):f}"

    def most(self) -> str:
        """The full marks of a sheet."""
        return f"{added([leaf.points for leaf in self.leaves]):f}"


def _rule(leaf: Criterion) -> str:
    return rule_words(written(criterion_rule(leaf), leaf.name_ko, leaf.name_en))


def _name(leaf: Criterion) -> str:
    return f"points_{leaf.pk}"
