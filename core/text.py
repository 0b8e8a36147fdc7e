"""Texts that people must give: a reason, a statement, an answer."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.errors import Code, Refused


def stated(text: str, what: Any) -> str:
    """The text without surrounding space; refused with `incomplete` where nothing was said. `what` names the field."""
    if not text.strip():
        raise Refused(Code.INCOMPLETE, format_lazy(_("적어야 합니다: {what}"), what=what), field=what)
    return text.strip()
