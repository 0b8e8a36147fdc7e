"""Rosters: what is new is registered all at once or not at all, and what is taken out is on the record."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consortia.models import Affiliation, Organisation, TeamPerson
from consortia.operations.rosters import export_roster, import_roster, plan
from consortia.readers.rosters import Kind, Row
from core.errors import Code, Refused
from core.models import Account, Event
from core.operations.accounts import open_account
from core.roles import Role
from tests.story import NOW, SYSTEM, Story, told
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return told(teams="ab", seats=1)


def brought(story: Story, kind: Kind, *rows: Row) -> list[str]:
    """What came of each row, in a letter: new or standing."""
    planned = import_roster(story.programme, kind=kind, rows=rows, actor=story.actor("official-1"), now=NOW)
    return ["n" if each.new else "s" for each in planned]


def test_organisations_are_registered_and_those_that_stand_stay(story: Story) -> None:
    rows = Row(2, "kaist", "한국과학기술원", "KAIST"), Row(3, "org-a", "org-a", "org-a")
    assert brought(story, Kind.ORGANISATIONS, *rows) == ["n", "s"]
    made = Organisation.objects.get(code="kaist")
    assert (made.programme, made.name_ko, made.name_en) == (story.programme, "한국과학기술원", "KAIST")
    assert Event.objects.get(verb="import_roster").facts == {"kind": "organisations", "codes": ["kaist"]}
    with unchanged():
        assert brought(story, Kind.ORGANISATIONS, *rows) == ["s", "s"]


def test_people_act_for_their_team(story: Story) -> None:
    assert brought(story, Kind.PEOPLE, Row(2, "kim", "김", "Kim", "b"), Row(3, "a-lead", "a-lead", "a-lead", "a")) == [
        "n",
        "s",
    ]
    account = Account.objects.get(username="test.kim")
    assert (list(account.roles()), account.has_usable_password()) == ([Role.APPLICANT], False)
    assert TeamPerson.objects.get(account=account).team == story.teams["b"]


def test_experts_belong_to_an_organisation_or_to_none_that_is_known(story: Story) -> None:
    rows = Row(2, "lee", "이", "Lee", "outside"), Row(3, "choi", "최", "Choi"), Row(4, "expert-5", *["expert-5"] * 2)
    assert brought(story, Kind.EXPERTS, *rows) == ["n", "n", "s"]
    assert Affiliation.objects.get(account__username="test.lee").organisation == story.organisations["outside"]
    assert not Affiliation.objects.filter(account__username="test.choi").exists()
    assert list(Account.objects.get(username="test.choi").roles()) == [Role.EVALUATOR]


GOOD = Row(2, "new", "새", "New", "a")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (GOOD._replace(code="New"), "코드는 소문자나 숫자로"),
        (GOOD._replace(code=""), "코드는 소문자나 숫자로"),
        (GOOD._replace(code="a.b"), "코드는 소문자나 숫자로"),
        (GOOD._replace(code="a" * 65), "코드는 소문자나 숫자로"),
        (GOOD._replace(name_ko=""), "이름 칸이 비어"),
        (GOOD._replace(name_en=""), "영문 이름 칸이 비어"),
        (GOOD._replace(name_ko="가" * 101), "이름 칸은 100자까지"),
        (GOOD._replace(of=""), "팀 코드 칸이 비어"),
        (GOOD._replace(of="nowhere"), "사업에 없는 팀 코드입니다: nowhere"),
        (GOOD._replace(code="a-lead"), "다른 내용으로 이미 등록된 코드입니다: a-lead"),
        (GOOD._replace(code="expert-1", name_ko="expert-1", name_en="expert-1"), "다른 내용으로 이미 등록된"),
        (GOOD._replace(code="other"), "같은 코드가 2번째 줄에도 있습니다: other"),
    ],
)
def test_one_line_that_cannot_be_taken_keeps_all_out(story: Story, row: Row, words: str) -> None:
    rows = [GOOD._replace(code="other"), row._replace(place=3)]
    with unchanged(), pytest.raises(Refused) as refused:
        import_roster(story.programme, kind=Kind.PEOPLE, rows=rows, actor=story.actor("official-1"), now=NOW)
    assert refused.value.code == Code.INADMISSIBLE
    assert str(refused.value).startswith("3번째 줄: ")
    assert words in str(refused.value)
    assert [bool(each.refused) for each in plan(story.programme, Kind.PEOPLE, rows)] == [False, True]


def test_many_faults_are_counted_and_five_are_told(story: Story) -> None:
    rows = [Row(n, f"p{n}", "", "x", "a") for n in range(2, 9)]
    with unchanged(), pytest.raises(Refused, match=r"6번째 줄: .* 외 2건$") as refused:
        import_roster(story.programme, kind=Kind.PEOPLE, rows=rows, actor=story.actor("official-1"), now=NOW)
    assert refused.value.facts == {"lines": 7}


def test_nothing_is_no_roster_and_only_officials_bring_one_in(story: Story) -> None:
    for code, rows, why in (("official-1", [], Code.INCOMPLETE), ("auditor-1", [GOOD], Code.NOT_ALLOWED)):
        with unchanged(), pytest.raises(Refused) as refused:
            import_roster(story.programme, kind=Kind.PEOPLE, rows=rows, actor=story.actor(code), now=NOW)
        assert refused.value.code == why


def test_a_plan_asks_the_same_of_one_row_and_of_three(story: Story) -> None:
    for number in (1, 3):
        rows = [Row(n, f"p{n}", "가", "x", "a") for n in range(number)]
        with CaptureQueriesContext(connection) as asked:
            plan(story.programme, Kind.PEOPLE, rows)
        assert len(asked) == 2


def test_what_is_taken_out_can_be_brought_in_again(story: Story) -> None:
    for kind, row in (
        (Kind.ORGANISATIONS, ["org-a", "org-a", "org-a"]),
        (Kind.PEOPLE, ["a-lead", "a-lead", "a-lead", "a"]),
        (Kind.EXPERTS, ["expert-1", "expert-1", "expert-1", "outside"]),
    ):
        _head, *out = export_roster(story.programme, kind=kind, actor=story.actor("auditor-1"), now=NOW)
        assert row in out
        assert set(brought(story, kind, *(Row(n, *cells) for n, cells in enumerate(out, start=2)))) == {"s"}
        assert Event.objects.filter(verb="export_roster").latest("pk").facts == {"kind": kind.value, "rows": len(out)}


def test_a_roster_has_only_the_programmes_own_people(story: Story) -> None:
    stranger = {"username": "tests.kim", "name_ko": "김", "name_en": "Kim", "role": Role.EVALUATOR}
    open_account(**stranger, actor=SYSTEM, now=NOW)
    _head, *out = export_roster(story.programme, kind=Kind.EXPERTS, actor=story.actor("official-1"), now=NOW)
    assert [row[0] for row in out] == [f"expert-{n}" for n in range(1, 7)]
    assert {row[0]: row[3] for row in out}["expert-5"] == ""


def test_nobody_else_takes_a_roster_out(story: Story) -> None:
    for code in ("operator-1", "expert-1", "a-lead", "reviewer-1"):
        with unchanged(), pytest.raises(Refused) as refused:
            export_roster(story.programme, kind=Kind.EXPERTS, actor=story.actor(code), now=NOW)
        assert refused.value.code == Code.NOT_ALLOWED
