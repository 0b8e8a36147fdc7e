"""Texts that people must give: a reason, a statement, an answer."""

from core.errors import Code, Refused


def stated(text: str, what: str) -> str:
    """The text without surrounding space; refused with `incomplete` where nothing was said. `what` names the field."""
    if not text.strip():
        raise Refused(Code.INCOMPLETE, f"{what}을(를) 적어야 합니다.", field=what)
    return text.strip()
