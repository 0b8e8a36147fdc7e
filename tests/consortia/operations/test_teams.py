from datetime import date

import pytest

from consortia.models import Affiliation, Membership, Programme, TeamPerson
from consortia.operations.programmes import found_programme
from consortia.operations.teams import Part, register_organisation, register_person, register_team
from core.actors import Actor
from core.models import Event
from core.roles import Role
from tests.story import NOW, SYSTEM
from tests.unchanged import refused, written

pytestmark = pytest.mark.django_db
OFFICIAL = Actor("official", frozenset({Role.OFFICIAL}))
NAMES = {"name_ko": "이름", "name_en": "Name"}


@pytest.fixture
def programme() -> Programme:
    return found_programme(actor=SYSTEM, now=NOW, code="demo", timezone="Asia/Seoul", **NAMES)


def organisation(programme: Programme, code: str = "kaist", actor: Actor = OFFICIAL):
    return register_organisation(programme, actor=actor, now=NOW, code=code, **NAMES)


def person(programme: Programme, code: str = "expert-1", actor: Actor = OFFICIAL, **given):
    return register_person(programme, actor=actor, now=NOW, code=code, **NAMES, **({"role": Role.EVALUATOR} | given))


def test_an_organisation_is_registered(programme):
    with written() as changes:
        made = organisation(programme)
    made.refresh_from_db()
    assert (made.programme, made.code, made.name_ko, made.name_en) == (programme, "kaist", "이름", "Name")
    assert changes == [
        f"{table} I official register_organisation" for table in ("consortia_organisation", "core_event")
    ]


def test_an_organisation_s_code_is_taken_in_its_programme_alone(programme):
    organisation(programme)
    other = found_programme(actor=SYSTEM, now=NOW, code="other", timezone="Asia/Seoul", **NAMES)
    assert organisation(other).programme == other
    with refused("duplicate"):
        organisation(programme)


def test_a_team_is_registered_with_its_parts(programme):
    lead, member = organisation(programme, "org-a"), organisation(programme)
    with written() as changes:
        team = register_team(
            programme,
            actor=OFFICIAL,
            now=NOW,
            code="team-a",
            **NAMES,
            applied_before=True,
            parts=[Part(lead, lead=True), Part(member, since=date(2025, 8, 1), until=date(2026, 1, 31))],
        )
    team.refresh_from_db()
    assert (team.programme, team.code, team.applied_before) == (programme, "team-a", True)
    parts = Membership.objects.order_by("pk").values_list("organisation__code", "part", "since", "until")
    assert list(parts) == [
        ("org-a", "lead", None, None),
        ("kaist", "member", date(2025, 8, 1), date(2026, 1, 31)),
    ]
    tables = ["consortia_team", "consortia_membership", "consortia_membership", "core_event"]
    assert changes == [f"{table} I official register_team" for table in tables]
    assert Event.objects.get(verb="register_team").facts == {"code": "team-a", "members": ["org-a", "kaist"]}


def test_a_team_s_code_is_taken_in_its_programme(programme):
    register_team(programme, actor=OFFICIAL, now=NOW, code="team-a", **NAMES)
    with refused("duplicate"):
        register_team(programme, actor=OFFICIAL, now=NOW, code="team-a", **NAMES)


def test_an_organisation_takes_part_in_several_teams(programme):
    both = organisation(programme)
    for code in ("team-a", "team-b"):
        register_team(programme, actor=OFFICIAL, now=NOW, code=code, **NAMES, parts=[Part(both)])
    assert Membership.objects.filter(organisation=both).count() == 2


def test_an_expert_is_registered_with_the_organisation(programme):
    with written() as changes:
        account = person(programme, organisation=organisation(programme))
    assert account.username == "demo.expert-1"
    assert account.code == "expert-1"
    assert account.roles() == ["evaluator"]
    affiliation = Affiliation.objects.get()
    assert (affiliation.account, affiliation.organisation.code) == (account, "kaist")
    assert (affiliation.since, affiliation.until) == (None, None)
    assert [change for change in changes if "organisation" not in change] == [
        "core_account I official open_account",
        "core_rolegrant I official open_account",
        "core_event I official open_account",
        "consortia_affiliation I official register_person",
        "core_event I official register_person",
    ]


def test_an_applicant_acts_for_a_team(programme):
    team = register_team(programme, actor=OFFICIAL, now=NOW, code="team-a", **NAMES)
    account = person(programme, "a-lead", role=Role.APPLICANT, team=team)
    assert list(TeamPerson.objects.values_list("team__code", "account__username")) == [("team-a", account.username)]


def test_a_person_s_code_is_taken_in_its_programme(programme):
    person(programme)
    with refused("duplicate"):
        person(programme, role=Role.AUDITOR)


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.REVIEWER, Role.APPLICANT, Role.AUDITOR])
def test_others_than_officials_register_nothing(programme, role):
    actor = Actor("somebody", frozenset({role}))
    with refused("not_allowed"):
        organisation(programme, actor=actor)
    with refused("not_allowed"):
        person(programme, actor=actor)
    with refused("not_allowed"):
        register_team(programme, actor=actor, now=NOW, code="team-a", **NAMES)


def test_operators_register_people_and_nothing_else(programme):
    operator = Actor("operator", frozenset({Role.OPERATOR}))
    assert person(programme, actor=operator).code == "expert-1"
    with refused("not_allowed"):
        organisation(programme, actor=operator)
