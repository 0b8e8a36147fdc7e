"""Support: each success to the row, each refusal by its code with nothing changed."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consortia.models import Grant, SupportException, SupportLine, SupportReturn
from consortia.operations.support import lay_down_support
from consortia.operations.teams import Part, register_team
from consortia.states import SupportKind
from consortia.verbs import EXCEPT_SUPPORT, GRANT_SUPPORT, REALLOCATE_SUPPORT, RETURN_SUPPORT
from core.actors import Actor
from core.models import Event
from core.operations.decisions import approve, decide, prepare
from core.roles import Role
from tests.story import NOW, SYSTEM, Story, told
from tests.support import GPU, decided, line_of
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return told()


@pytest.fixture
def line(story) -> SupportLine:
    return line_of(story)


def rows() -> list[tuple[Any, ...]]:
    return list(Grant.objects.values_list("team__code", "number", "since", "until", "returned_on"))


def test_a_line_is_laid_down_as_told(story):
    with written() as changes:
        line = lay_down_support(story.programme, **GPU, actor=story.actor("official-1"), now=NOW)
    line.refresh_from_db()
    assert {name: getattr(line, name) for name in GPU} == GPU
    assert changes == [
        f"{table} I test.official-1 lay_down_support" for table in ("consortia_supportline", "core_event")
    ]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"number": 0}, "out_of_range"),
        ({"until": date(2026, 1, 31)}, "out_of_range"),
        ({"unit": " "}, "incomplete"),
        ({"model": " "}, "incomplete"),
    ],
)
def test_a_line_has_a_number_a_unit_a_model_and_a_period_in_order(story, wrong, code):
    with refused(code):
        lay_down_support(story.programme, **(GPU | wrong), actor=SYSTEM, now=NOW)


def test_a_line_s_code_is_taken_in_its_programme(story, line):
    with refused("duplicate"):
        lay_down_support(story.programme, **GPU, actor=SYSTEM, now=NOW)
    other = told("other").programme
    assert lay_down_support(other, **GPU, actor=SYSTEM, now=NOW).programme == other


def test_only_a_gpu_has_a_model(story):
    name = GPU | {"code": "name", "kind": SupportKind.DESIGNATION, "unit": "건", "number": 1, "until": None}
    assert lay_down_support(story.programme, **name, actor=SYSTEM, now=NOW).model == ""


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.OFFICIAL, Role.SYSTEM}])
def test_only_officials_lay_down_support(story, role):
    with refused("not_allowed"):
        lay_down_support(story.programme, **GPU, actor=Actor("somebody", frozenset({role})), now=NOW)


def test_a_line_is_granted_to_teams_on_equal_terms(story, line):
    with written() as changes:
        decision = decided(story, GRANT_SUPPORT, line, teams=["a", "b", "c"])
    assert rows() == [(team, 512, date(2026, 2, 1), date(2026, 6, 30), None) for team in ("a", "b", "c")]
    assert {grant.decision for grant in Grant.objects.all()} == {decision}
    assert [change for change in changes if "grant_support" in change] == [
        *["consortia_grant I test.official-2 grant_support"] * 3,
        "core_event I test.official-2 grant_support",
    ]
    assert Event.objects.get(verb="grant_support").facts == {
        "teams": {"a": 512, "b": 512, "c": 512},
        "since": "2026-02-01",
        "until": "2026-06-30",
    }


def test_granting_again_gives_only_to_those_who_have_nothing(story, line):
    decided(story, GRANT_SUPPORT, line, teams=["a"])
    decided(story, GRANT_SUPPORT, line, teams=["a", "b"])
    assert [row[0] for row in rows()] == ["a", "b"]


def test_a_newcomer_gets_the_same_from_its_own_day(story, line):
    decided(story, GRANT_SUPPORT, line, teams=["y"], since="2026-03-01")
    assert rows() == [("y", 512, date(2026, 3, 1), date(2026, 6, 30), None)]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"teams": ["a", "nobody"]}, "unknown"),
        ({"teams": []}, "incomplete"),
        ({"reason": " "}, "incomplete"),
        ({"since": "2026-01-31"}, "out_of_range"),
        ({"until": "2026-07-01"}, "out_of_range"),
        ({"since": "2026-03-02", "until": "2026-03-01"}, "out_of_range"),
    ],
)
def test_a_grant_needs_teams_a_reason_and_days_of_the_line(story, line, given, code):
    with refused(code):
        decided(story, GRANT_SUPPORT, line, **({"teams": ["a"]} | given))


def test_a_grant_of_days_that_the_team_has_already_is_refused(story, line):
    decided(story, GRANT_SUPPORT, line, teams=["a"], until="2026-03-31")
    with refused("duplicate"):
        decided(story, GRANT_SUPPORT, line, teams=["b", "a"], since="2026-03-31")
    decided(story, GRANT_SUPPORT, line, teams=["a"], since="2026-04-01")
    assert len(rows()) == 2


def test_the_same_person_cannot_grant_alone(story, line):
    official = story.actor("official-1")
    with refused("same_person"):
        decide(
            GRANT_SUPPORT,
            line,
            preparer=official,
            approver=official,
            now=NOW,
            reason="사유",
            arguments={"teams": ["a"]},
        )


def test_an_exception_of_a_team_gives_it_another_number(story, line):
    with written() as changes:
        decided(story, EXCEPT_SUPPORT, line, team="b", number=256, reason="자체 보유분")
    assert "consortia_supportexception I test.official-2 except_support" in changes
    decided(story, GRANT_SUPPORT, line, teams=["a", "b"])
    assert [row[:2] for row in rows()] == [("a", 512), ("b", 256)]


def test_an_exception_of_a_lead_holds_for_every_team_that_it_leads_and_for_no_other(story, line):
    lessor = story.organisations["org-b"]
    for code, leads in (("led", True), ("joined", False)):
        register_team(
            story.programme,
            actor=SYSTEM,
            now=NOW,
            code=code,
            name_ko=code,
            name_en=code,
            parts=[Part(lessor, lead=leads), *([] if leads else [Part(story.organisations["org-a"], lead=True)])],
        )
    decided(story, EXCEPT_SUPPORT, line, organisation="org-b", reason="정부에 GPU를 임대하는 기업")
    for team in ("b", "led"):
        with refused("not_entitled"):
            decided(story, GRANT_SUPPORT, line, teams=["a", team])
    decided(story, GRANT_SUPPORT, line, teams=["a", "joined"])
    assert [row[0] for row in rows()] == ["a", "joined"]


def test_a_team_s_own_exception_goes_before_its_lead_s(story, line):
    decided(story, EXCEPT_SUPPORT, line, organisation="org-b", reason="정부에 GPU를 임대하는 기업")
    decided(story, EXCEPT_SUPPORT, line, team="b", number=128, reason="일부만 지원")
    decided(story, GRANT_SUPPORT, line, teams=["b"])
    assert rows()[0][:2] == ("b", 128)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"team": "nobody"}, "unknown"),
        ({"organisation": "nobody"}, "unknown"),
        ({}, "incomplete"),
        ({"team": "a", "organisation": "org-a"}, "incomplete"),
        ({"team": "a", "reason": " "}, "incomplete"),
        ({"team": "a", "number": -1}, "out_of_range"),
        ({"team": "a", "number": 512}, "out_of_range"),
    ],
)
def test_an_exception_names_one_has_a_reason_and_differs(story, line, given, code):
    with refused(code):
        decided(story, EXCEPT_SUPPORT, line, **given)


def test_one_exception_a_team_and_line(story, line):
    decided(story, EXCEPT_SUPPORT, line, team="a", reason="사유")
    decided(story, EXCEPT_SUPPORT, line, team="a", reason="사유")
    assert SupportException.objects.count() == 1
    with refused("duplicate"):
        decided(story, EXCEPT_SUPPORT, line, team="a", reason="다른 사유")


def test_an_eliminated_team_returns_all_that_it_has(story, line):
    name = line_of(story, code="name", kind=SupportKind.DESIGNATION, number=1, until=None)
    for each in (line, name):
        decided(story, GRANT_SUPPORT, each, teams=["a", "b"])
    with written() as changes:
        decision = decided(story, RETURN_SUPPORT, story.teams["b"], day="2026-04-01", reason="탈락")
    assert [(row[0], row[4]) for row in rows()] == [
        ("a", None),
        ("b", date(2026, 4, 1)),
        ("a", None),
        ("b", date(2026, 4, 1)),
    ]
    assert list(SupportReturn.objects.values_list("reason", "decision", "at")) == [("탈락", decision.pk, NOW)] * 2
    assert [change for change in changes if "return_support" in change] == [
        *["consortia_supportreturn I test.official-2 return_support"] * 2,
        *["consortia_grant U test.official-2 return_support"] * 2,
        "core_event I test.official-2 return_support",
    ]


def test_returning_again_returns_nothing_more(story, line):
    decided(story, GRANT_SUPPORT, line, teams=["b"])
    for _ in range(2):
        decided(story, RETURN_SUPPORT, story.teams["b"], day="2026-04-01", reason="탈락")
    assert SupportReturn.objects.count() == 1


def test_a_grant_that_has_not_begun_is_returned_before_it_begins_and_one_that_is_over_stays(story, line):
    decided(story, GRANT_SUPPORT, line, teams=["b"], until="2026-02-28")
    decided(story, GRANT_SUPPORT, line, teams=["b"], since="2026-05-01")
    decided(story, RETURN_SUPPORT, story.teams["b"], day="2026-03-15", reason="탈락")
    assert [row[2:] for row in rows()] == [
        (date(2026, 2, 1), date(2026, 2, 28), None),
        (date(2026, 5, 1), date(2026, 6, 30), date(2026, 5, 1)),
    ]
    assert [grant.period.days() for grant in Grant.objects.all()] == [28, 0]


def test_a_team_that_has_nothing_returns_nothing(story, line):
    with refused("wrong_state"):
        decided(story, RETURN_SUPPORT, story.teams["b"], day="2026-04-01")


def test_what_was_returned_may_be_granted_anew_to_the_same_team(story, line):
    decided(story, GRANT_SUPPORT, line, teams=["b"])
    decided(story, RETURN_SUPPORT, story.teams["b"], day="2026-04-01")
    with refused("duplicate"):
        decided(story, GRANT_SUPPORT, line, teams=["b"], since="2026-03-31")
    decided(story, GRANT_SUPPORT, line, teams=["b"], since="2026-04-01")
    assert [row[2] for row in rows()] == [date(2026, 2, 1), date(2026, 4, 1)]


def test_what_was_returned_goes_to_another_team(story, line):
    decided(story, GRANT_SUPPORT, line, teams=["a", "b"])
    decided(story, RETURN_SUPPORT, story.teams["b"], day="2026-02-15")
    for _ in range(2):
        decided(story, REALLOCATE_SUPPORT, line, giver="b", team="y", since="2026-03-01")
    assert rows()[2:] == [("y", 512, date(2026, 3, 1), date(2026, 6, 30), None)]
    assert Grant.objects.get(team__code="y").reallocates == SupportReturn.objects.get()
    with refused("incomplete"):
        decided(story, REALLOCATE_SUPPORT, line, giver="b", team="x", since="2026-03-01")


def test_what_is_not_returned_goes_to_nobody(story, line):
    decided(story, GRANT_SUPPORT, line, teams=["b"])
    with refused("still_pending"):
        decided(story, REALLOCATE_SUPPORT, line, giver="b", team="y", since="2026-03-01")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"giver": "nobody"}, "unknown"),
        ({"team": "nobody"}, "unknown"),
        ({"team": "c"}, "not_entitled"),
        ({"giver": "d"}, "incomplete"),
        ({"reason": " "}, "incomplete"),
        ({"since": "2026-02-14"}, "out_of_range"),
        ({"since": "2026-07-01"}, "out_of_range"),
        ({"team": "b", "since": "2026-03-01"}, "out_of_range"),
        ({"team": "a"}, "duplicate"),
    ],
)
def test_a_reallocation_is_refused(story, line, given, code):
    decided(story, EXCEPT_SUPPORT, line, team="c")
    decided(story, GRANT_SUPPORT, line, teams=["a", "b"])
    decided(story, RETURN_SUPPORT, story.teams["b"], day="2026-02-15")
    with refused(code):
        decided(story, REALLOCATE_SUPPORT, line, **({"giver": "b", "team": "y", "since": "2026-03-01"} | given))


def test_no_more_goes_to_another_than_was_returned(story, line):
    decided(story, EXCEPT_SUPPORT, line, team="b", number=256)
    decided(story, GRANT_SUPPORT, line, teams=["b"])
    decided(story, RETURN_SUPPORT, story.teams["b"], day="2026-02-15")
    with refused("out_of_range"):
        decided(story, REALLOCATE_SUPPORT, line, giver="b", team="y", since="2026-03-01")


def test_a_preparation_is_void_when_the_line_has_been_granted_meanwhile(story, line):
    official = story.actor("official-1")
    waiting = prepare(GRANT_SUPPORT, line, actor=official, now=NOW, reason="사유", arguments={"teams": ["a"]})
    decided(story, GRANT_SUPPORT, line, teams=["b"])
    assert approve(waiting, actor=story.actor("official-2"), now=NOW).state == "void"
    assert [row[0] for row in rows()] == ["b"]


def test_a_trial_leaves_nothing_granted(story, line):
    prepare(GRANT_SUPPORT, line, actor=story.actor("official-1"), now=NOW, reason="사유", arguments={"teams": ["a"]})
    with unchanged():
        assert rows() == []


def test_granting_and_returning_take_as_many_queries_for_one_team_as_for_five(story, line):
    official = story.actor("official-2")
    other = line_of(story, code="other")
    counts = []
    for each, teams in ((line, ["a"]), (other, ["a", "b", "c", "d", "e"])):
        arguments = {"teams": teams}
        waiting = prepare(
            GRANT_SUPPORT, each, actor=story.actor("official-1"), now=NOW, reason="사유", arguments=arguments
        )
        with CaptureQueriesContext(connection) as queries:
            approve(waiting, actor=official, now=NOW)
        counts.append(len(queries))
    for team in ("a", "b"):
        waiting = prepare(
            RETURN_SUPPORT,
            story.teams[team],
            actor=story.actor("official-1"),
            now=NOW,
            reason="탈락",
            arguments={"day": "2026-04-01"},
        )
        with CaptureQueriesContext(connection) as queries:
            approve(waiting, actor=official, now=NOW)
        counts.append(len(queries))
    assert Grant.objects.filter(returned_on=None).count() == 3
    assert counts[0] == counts[1]
    # a has two grants, b one.
    assert counts[2] == counts[3]
