"""Organisations, teams and the people who act in a programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consortia.models import Affiliation, Membership, Organisation, Programme, Team, TeamPerson
from consortia.verbs import REGISTER_ORGANISATION, REGISTER_PERSON, REGISTER_TEAM
from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.models import Account
from core.operation import operation
from core.operations.accounts import open_account
from core.roles import Role


@dataclass(frozen=True)
class Part:
    """An organisation's part in a team: from and until a day, both included; open where None."""

    organisation: Organisation
    lead: bool = False
    since: date | None = None
    until: date | None = None


@operation(REGISTER_ORGANISATION)
def register_organisation(
    programme: Programme, *, actor: Actor, now: datetime, code: str, name_ko: str, name_en: str
) -> Organisation:
    """Register an organisation; `duplicate` where the code is taken in the programme."""
    if programme.organisations.filter(code=code).exists():
        raise Refused(Code.DUPLICATE, format_lazy(_("이미 있는 기관입니다: {code}"), code=code), organisation=code)
    organisation = Organisation.objects.create(programme=programme, code=code, name_ko=name_ko, name_en=name_en)
    record(REGISTER_ORGANISATION, organisation, at=now, code=code)
    return organisation


@operation(REGISTER_TEAM)
def register_team(
    programme: Programme,
    *,
    actor: Actor,
    now: datetime,
    code: str,
    name_ko: str,
    name_en: str,
    applied_before: bool = False,
    parts: Sequence[Part] = (),
) -> Team:
    """Register a team with its lead and members; `duplicate` where the code is taken in the programme."""
    if programme.teams.filter(code=code).exists():
        raise Refused(Code.DUPLICATE, format_lazy(_("이미 있는 팀입니다: {code}"), code=code), team=code)
    team = Team.objects.create(
        programme=programme, code=code, name_ko=name_ko, name_en=name_en, applied_before=applied_before
    )
    Membership.objects.bulk_create(
        Membership(
            team=team,
            organisation=part.organisation,
            part=Membership.Part.LEAD if part.lead else Membership.Part.MEMBER,
            since=part.since,
            until=part.until,
        )
        for part in parts
    )
    record(REGISTER_TEAM, team, at=now, code=code, members=[part.organisation.code for part in parts])
    return team


@operation(REGISTER_PERSON)
def register_person(
    programme: Programme,
    *,
    actor: Actor,
    now: datetime,
    code: str,
    name_ko: str,
    name_en: str,
    role: Role,
    organisation: Organisation | None = None,
    team: Team | None = None,
) -> Account:
    """Open the account `programme.code` for somebody who acts in the programme.

    An expert's organisation is what conflicts are found by; an applicant acts for `team`.
    """
    account = open_account(
        actor=actor,
        now=now,
        username=f"{programme.code}.{code}",
        name_ko=name_ko,
        name_en=name_en,
        role=role,
    )
    if organisation is not None:
        Affiliation.objects.create(account=account, organisation=organisation)
    if team is not None:
        TeamPerson.objects.create(account=account, team=team)
    record(REGISTER_PERSON, account, at=now, role=role, organisation=organisation, team=team)
    return account
