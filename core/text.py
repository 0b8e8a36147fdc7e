"""Texts that people must give: a reason, a statement, an answer, a code."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.errors import Code, Refused

CODE = r"[a-z0-9][a-z0-9_-]{0,63}"
"""What a code looks like, whoever writes it: it names something in its programme and stands in addresses."""


def stated(text: str, what: Any) -> str:
    """The text without surrounding space; refused with `incomplete` where nothing was said. `what` names the field."""
    if not text.strip():
        raise Refused(Code.INCOMPLETE, format_lazy(_("적어야 합니다: {what}"), what=what), field=what)
    return text.strip()
