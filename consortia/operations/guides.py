"""What the programme lays down for the notices of its calls: their words, and how long a call is public at least."""

from datetime import datetime

from django.db.models import Max
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consortia.models import CallTemplate, Programme
from consortia.rules.notice import unknown_blanks
from consortia.verbs import SET_CALL_TEMPLATE, SET_LEAST_NOTICE
from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from core.text import stated

MOST_NOTICE_DAYS = 366


@operation(SET_CALL_TEMPLATE)
def set_call_template(
    programme: Programme, *, text: str, first_conditions: str = "", actor: Actor, now: datetime
) -> CallTemplate:
    """Lay down the words of a call's notice, and the conditions of the first call, as the programme's next version.

    Calls that are authorised already keep the version under which they were. The same words again are returned.
    Refused: `unknown` for a blank that nothing fills, `incomplete` for no text.
    """
    programme = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    unknown = unknown_blanks(text)
    if unknown:
        raise Refused(
            Code.UNKNOWN, format_lazy(_("없는 빈칸입니다: {unknown}"), unknown=", ".join(unknown)), blanks=unknown
        )
    text, first_conditions = stated(text, _("공고문 양식")), first_conditions.strip()
    standing = programme.call_templates.order_by("-version").first()
    if standing is not None and (standing.text, standing.first_conditions) == (text, first_conditions):
        return standing
    version = (programme.call_templates.aggregate(newest=Max("version"))["newest"] or 0) + 1
    template = CallTemplate.objects.create(
        programme=programme,
        version=version,
        text=text,
        first_conditions=first_conditions,
        set_by=actor.person(),
        set_at=now,
    )
    record(SET_CALL_TEMPLATE, template, at=now, version=version)
    return template


@operation(SET_LEAST_NOTICE)
def set_least_notice_days(
    programme: Programme, *, days: int, reason: str = "", actor: Actor, now: datetime
) -> Programme:
    """Say how long a call of the programme is public at least, with the reason. Calls authorised before keep theirs.

    Refused: `incomplete` without a reason, `out_of_range` beyond 1 to 366 days.
    """
    programme = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if programme.least_notice_days == days:
        return programme
    stated(reason, _("사유"))
    if not 1 <= days <= MOST_NOTICE_DAYS:
        raise Refused(
            Code.OUT_OF_RANGE,
            format_lazy(_("공고 기간은 1일에서 {most}일 사이입니다."), most=MOST_NOTICE_DAYS),
            days=days,
        )
    before, programme.least_notice_days = programme.least_notice_days, days
    programme.save(update_fields=["least_notice_days"])
    record(SET_LEAST_NOTICE, programme, at=now, before=before, after=days)
    return programme
