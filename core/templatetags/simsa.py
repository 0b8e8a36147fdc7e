"""Times and figures as officials write them."""

import re
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from core.actors import actor_label
from core.calendar.words import window_words
from core.verbs import every_verb
from core.wording import language, told

register = template.Library()


@register.filter
def when(at: datetime | date | None) -> str:
    """2026년 1월 15일(목) 14:00, in the zone that is current; a date without a time; nothing where there is none."""
    if at is None:
        return "—"
    if isinstance(at, datetime):
        return date_format(timezone.localtime(at), "DATETIME_FORMAT")
    return date_format(at, "DATE_FORMAT")


@register.filter
def until(closes_at: datetime | None) -> str:
    """2026년 1월 26일(월) 24:00까지, in the zone and language that are current; a dash where no end is known yet."""
    if closes_at is None:
        return "—"
    return window_words(closes_at, timezone.get_current_timezone(), language())


def left_words(days: int) -> str:
    """The days that a running period has left, as `core.calendar.window.days_left` counts them."""
    return _("%(days)s일 남음") % {"days": days} if days else _("오늘까지")


@register.filter
def verb_label(code: str) -> Any:
    """What a verb is called; the code itself where no package knows it any longer."""
    verb = every_verb().get(code)
    return verb.label if verb else code


register.filter(actor_label)


@register.filter(name="told")
def in_words(said: Any) -> str:
    """A sentence of plain Python in the language of the page."""
    return told(said)


_LINK = re.compile(r'<a [^>]*href="[^"]*/([a-z_]+/[a-z_]+)/[^/"]+/change/"')


@register.filter
def reachable(contents: Any, seen: Collection[str]) -> Any:
    """What a field shows, without a link to a thing of a model ("app/model") that the reader may not see."""
    link = _LINK.match(str(contents))
    return strip_tags(str(contents)) if link and link[1] not in seen else contents
