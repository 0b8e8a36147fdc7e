"""Reading an appeal is recorded: what a team objects to, what its reviewers think of it, and what was decided."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from appeals.models import Appeal
from appeals.verbs import SEE_APPEAL
from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.models import Event
from core.operation import reading
from core.sight import visible


@reading(SEE_APPEAL)
def see_appeal(appeal: Appeal, *, actor: Actor, now: datetime) -> Event:
    """Note that somebody opened an appeal; `unknown` for one that the actor may not see."""
    if not visible(Appeal.objects.filter(pk=appeal.pk), actor, now).exists():
        raise Refused(Code.UNKNOWN, _("없는 이의신청입니다."), appeal=appeal.pk)
    return record(SEE_APPEAL, appeal, at=now)
