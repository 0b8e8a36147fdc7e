"""The form of an operation: what the person must say. It judges the shape of what is typed, and no rule."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms

from core.actors import Actor
from core.admin.fields import FilesField
from core.errors import Refused

FORESEE = "foresee"
"""The name of the button that only shows what would follow."""


class OperationForm(forms.Form):
    """Knows what the operation is about, who acts and when, so that its choices can be the ones that fit."""

    not_to_foresee: ClassVar[tuple[str, ...]] = ()
    """Fields that must be filled in for the step itself, and may be empty where only what would follow is asked for."""

    def __init__(self, *args: Any, subject: Any, actor: Actor, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        self.actor = actor
        self.now = now
        self.choose()
        for name, field in self.fields.items():
            # Screen readers are told which text explains or faults a field.
            field.widget.attrs.setdefault("aria-describedby", f"{self.add_prefix(name)}_help")

    def choose(self) -> None:
        """Add the fields, and the choices of fields, that depend on the subject."""

    def full_clean(self) -> None:
        """What a look ahead goes without is required on its page all the same, and marked so."""
        spared = [self.fields[name] for name in self.not_to_foresee if FORESEE in self.data]
        for field in spared:
            field.required = False
        super().full_clean()
        for field in spared:
            field.required = True

    def show_refusal(self, refused: Refused) -> None:
        """Put what the operation refused where the person finds it: above the form, or beside what is at fault."""
        self.add_error(None, str(refused))

    def file_fields(self) -> list[str]:
        """The fields in which files are handed in."""
        return [name for name, field in self.fields.items() if isinstance(field, FilesField)]
