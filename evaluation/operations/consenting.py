"""A team's consent to be served electronically, and taking it back."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consortia.models import Team
from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from core.text import stated
from evaluation.models import ServiceAddress
from evaluation.policies import require_own_team
from evaluation.queries.service import consented_address
from evaluation.verbs import RECORD_SERVICE_CONSENT, WITHDRAW_SERVICE_CONSENT


@operation(RECORD_SERVICE_CONSENT)
def record_service_consent(team: Team, *, address: str, actor: Actor, now: datetime) -> ServiceAddress:
    """Keep a team's consent to electronic service, and the address that it names for it.

    By the team's own people, or by an official who has it from them: nobody is served electronically who has not agreed
    (Administrative Procedures Act art. 14(3)). It counts for notices made afterwards. `not_entitled` for another's
    team, `incomplete` without an address, `out_of_range` for what is no mail address. The same again is returned.
    """
    Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
    require_own_team(actor, team)
    address = stated(address, _("송달 주소"))
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise Refused(
            Code.OUT_OF_RANGE, format_lazy(_("전자우편주소가 아닙니다: {address}"), address=address), address=address
        ) from wrong
    standing = consented_address(team)
    if standing is not None and standing.address == address:
        return standing
    consent = ServiceAddress.objects.create(team=team, address=address, consented_by=actor.person(), consented_at=now)
    record(RECORD_SERVICE_CONSENT, team, at=now, address=address, before=standing.address if standing else None)
    return consent


@operation(WITHDRAW_SERVICE_CONSENT)
def withdraw_service_consent(team: Team, *, actor: Actor, now: datetime) -> None:
    """Take a team's consent back: its next notices go out on paper. Nothing is done where there is no consent.

    What was served electronically before has arrived all the same. `not_entitled` for another's team.
    """
    Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
    require_own_team(actor, team)
    standing = consented_address(team)
    if standing is None:
        return
    ServiceAddress.objects.create(team=team, address="", consented_by=actor.person(), consented_at=now)
    record(WITHDRAW_SERVICE_CONSENT, team, at=now, before=standing.address)
