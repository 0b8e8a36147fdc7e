"""Fields of operations' forms: Django's, with the panel's widgets."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from core.attachments.kinds import EXTENSIONS
from core.attachments.receiving import MOST_FILES
from core.points import figure

WHICH_FILES = format_lazy(
    _("PDF, 한글, 워드, 엑셀, 그림을 {most}개까지, 하나에 20MB까지 낼 수 있습니다."), most=MOST_FILES
)
"""Beside a field of files: what is taken in."""
NO_FIGURE = _("0 이상의 수를 부호와 지수 없이 적어야 합니다(소수점 앞과 뒤 20자리까지).")


def text(label: Any, **kwargs: Any) -> forms.CharField:
    """One line."""
    kwargs.setdefault("max_length", 300)
    return forms.CharField(label=label, widget=widgets.UnfoldAdminTextInputWidget(), **kwargs)


class _SuggestingInput(widgets.UnfoldAdminTextInputWidget):
    """Offers known words below the field; any other may be typed."""

    suggestions: Sequence[str] = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        offered = f"{name}_offered"
        field = super().render(name, value, {**(attrs or {}), "list": offered, "autocomplete": "off"}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((each,) for each in self.suggestions))
        return format_html('{}<datalist id="{}">{}</datalist>', field, offered, options)


def suggesting(label: Any, **kwargs: Any) -> forms.CharField:
    """One line, for which `suggest` offers what is known already."""
    return forms.CharField(label=label, widget=_SuggestingInput(), **kwargs)


def suggest(field: forms.Field, suggestions: Sequence[str]) -> None:
    """Offer these in a `suggesting` field."""
    cast(_SuggestingInput, field.widget).suggestions = suggestions


def long_text(label: Any, *, rows: int = 4, **kwargs: Any) -> forms.CharField:
    """Several lines."""
    return forms.CharField(label=label, widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": rows}), **kwargs)


def reason(label: Any, **kwargs: Any) -> forms.CharField:
    """A reason that people will read later."""
    return long_text(label, rows=3, **kwargs)


def typed_figure(text: str) -> Decimal:
    """The figure that a person typed, exactly; a sentence that says how it must be written where it is none.

    Read by `core.points.figure`: `Decimal` itself takes 1e20000, which fills the memory when it is written out, and
    1_000 and digits of other scripts, which are not what a person sees.
    """
    found = figure(text.strip())
    if found is None:
        raise forms.ValidationError(NO_FIGURE, code="invalid")
    return found


class FigureField(forms.DecimalField):
    """A figure of the evaluation, as many places as are typed."""

    def to_python(self, value: Any) -> Any:
        return None if value in self.empty_values else typed_figure(str(value))


def number(label: Any, *, most: Decimal | None = None, **kwargs: Any) -> FigureField:
    """An exact decimal, as many places as are typed; its bounds are for the person, the operation has its own."""
    attrs = {"step": "any", "inputmode": "decimal", "autocomplete": "off"}
    widget = widgets.UnfoldAdminDecimalFieldWidget(attrs=attrs)
    return FigureField(label=label, widget=widget, min_value=Decimal(0), max_value=most, **kwargs)


def whole(label: Any, **kwargs: Any) -> forms.IntegerField:
    """A whole number."""
    return forms.IntegerField(label=label, widget=widgets.UnfoldAdminIntegerFieldWidget(), **kwargs)


def choice(label: Any, choices: Iterable[Any], *, blank: Any = "", **kwargs: Any) -> forms.ChoiceField:
    """One of a closed list; `blank` invites to choose where nothing is preset."""
    invited = [("", blank), *choices] if blank else list(choices)
    return forms.ChoiceField(label=label, widget=widgets.UnfoldAdminSelectWidget(), choices=invited, **kwargs)


def thing(label: Any, rows: Any, **kwargs: Any) -> forms.ModelChoiceField:  # type: ignore[type-arg]
    """One of some rows."""
    return forms.ModelChoiceField(rows, label=label, widget=widgets.UnfoldAdminSelectWidget(), **kwargs)


def several(label: Any, choices: Iterable[Any], **kwargs: Any) -> forms.MultipleChoiceField:
    """Any of a closed list."""
    widget = widgets.UnfoldAdminCheckboxSelectMultipleWidget()
    return forms.MultipleChoiceField(label=label, widget=widget, choices=list(choices), **kwargs)


def day(label: Any, **kwargs: Any) -> forms.DateField:
    """A day, by the browser's own picker."""
    widget = forms.DateInput(attrs={"type": "date", "class": " ".join(widgets.INPUT_CLASSES)}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **kwargs)


def moment(label: Any, **kwargs: Any) -> forms.DateTimeField:
    """A day and a time, read in the zone that is current."""
    attrs = {"type": "datetime-local", "class": " ".join(widgets.INPUT_CLASSES)}
    return forms.DateTimeField(label=label, widget=forms.DateTimeInput(attrs=attrs, format="%Y-%m-%dT%H:%M"), **kwargs)


class _FilesInput(forms.ClearableFileInput):
    """Unfold's script writes a chosen file's name into the first text field that it finds around the input.

    Without one of its own that would be a field in which a person writes: it gets one, unseen and never sent.
    """

    allow_multiple_selected = True

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        own = '<div><input type="text" hidden disabled><div><div>{}</div></div></div>'
        return format_html(own, super().render(name, value, attrs, renderer))


class SeveralFiles(forms.FileField):
    """Any number of files, as a list."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            super().clean(None, initial)
        return [super(SeveralFiles, self).clean(each, initial) for each in given]


class FilesField(SeveralFiles):
    """Files that become attachments; what may be taken in is judged when they are received."""


def files(label: Any, **kwargs: Any) -> FilesField:
    """Files from the person's own device."""
    accepted = ",".join(extension for each in EXTENSIONS.values() for extension in each)
    attrs = {"multiple": True, "accept": accepted, "class": " ".join(widgets.INPUT_CLASSES)}
    return FilesField(label=label, widget=_FilesInput(attrs=attrs), allow_empty_file=True, **kwargs)


def tables(label: Any, *, accepted: str, several: bool = False, **kwargs: Any) -> SeveralFiles:
    """Files that bring numbers in: read, and not kept as attachments."""
    attrs = {"multiple": several, "accept": accepted, "class": " ".join(widgets.INPUT_CLASSES)}
    return SeveralFiles(label=label, widget=_FilesInput(attrs=attrs), allow_empty_file=True, **kwargs)


def password(label: Any, **kwargs: Any) -> forms.CharField:
    """A new password, never shown again."""
    widget = widgets.UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, widget=widget, strip=False, **kwargs)
