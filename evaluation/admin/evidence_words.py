"""When evidence closes, as it is said before anything is handed in."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from core.templatetags.simsa import when
from evaluation.models import Round


def closed_words(rounds: Iterable[Round], now: datetime) -> Sequence[str]:
    """A sentence for each round whose evidence has closed: what comes now is kept, and not considered."""
    return [
        _("%(round)s의 자료 제출 마감이 지났습니다(%(closes)s). 접수해 보관하되 평가에 반영하지 않습니다.")
        % {"round": each, "closes": when(each.evidence_closes)}
        for each in rounds
        if each.lateness(now)
    ]


def closing_words(rounds: Iterable[Round], now: datetime) -> Sequence[str]:
    """A sentence for each round whose evidence is still taken in time, and until when."""
    return [
        _("%(round)s의 자료 제출 마감: %(closes)s. 그때부터는 접수하되 평가에 반영하지 않습니다.")
        % {"round": each, "closes": when(each.evidence_closes)}
        for each in rounds
        if each.evidence_closes is not None and not each.lateness(now)
    ]


def closed_note(rounds: Iterable[Round], now: datetime) -> str:
    """The rounds whose evidence has closed, as a warning above the form; empty where there is none."""
    said = closed_words(rounds, now)
    lines = format_html_join("", "<p>{}</p>", ((each,) for each in said))
    return format_html('<div class="s-note s-warn" role="note">{}</div>', lines) if said else ""
