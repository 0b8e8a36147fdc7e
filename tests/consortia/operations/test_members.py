"""The members of consortia from a table: registered all or none, by days that neither overlap nor have two leads."""

from datetime import date
from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from consortia.models import Membership
from consortia.operations.members import register_member
from consortia.operations.rosters import export_roster, import_roster, plan
from consortia.readers.members import Member
from consortia.readers.rosters import Kind, rows
from core.errors import Code, Refused
from core.models import Event
from core.readers.faults import Faults
from evaluation.policies import Conflict, conflict
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
HEAD = "팀 코드,기관 코드,역할,부터,까지\n"


@pytest.fixture
def story() -> Story:
    """Of each team its own organisation is the lead, from the beginning and without end."""
    return told(teams="ab", seats=1)


def brought(story: Story, *given: Member) -> list[str]:
    facts = {"actor": story.actor("official-1"), "now": NOW}
    return ["n" if each.new else "s" for each in import_roster(story.programme, kind=Kind.MEMBERS, rows=given, **facts)]


def standing(story: Story, team: str) -> list[tuple[object, ...]]:
    rows = story.teams[team].memberships.order_by("pk")
    return list(rows.values_list("organisation__code", "part", "since", "until"))


NEW = Member(2, "a", "outside", "참여기관", "2026-01-01", "2026-06-30")


def test_an_organisation_takes_part_for_its_days_and_what_stands_stays(story):
    again = Member(3, "a", "outside", "참여기관", "2026-07-01")
    assert brought(story, NEW, again) == ["n", "n"]
    assert standing(story, "a")[-2:] == [
        ("outside", "member", date(2026, 1, 1), date(2026, 6, 30)),
        ("outside", "member", date(2026, 7, 1), None),
    ]
    facts = Event.objects.filter(verb="register_member").latest("pk").facts
    assert facts == {"organisation": "outside", "part": "member", "since": "2026-07-01", "until": None}
    assert Event.objects.get(verb="import_roster").facts == {"kind": "members", "codes": ["a:outside"] * 2}
    with unchanged():
        assert brought(story, NEW, again) == ["s", "s"]


def test_conflicts_follow_from_it_by_the_day(story):
    expert = story.people["expert-1"]  # belongs to the organisation outside
    assert conflict(story.round, expert, story.teams["a"], NOW) is Conflict.NONE
    brought(story, NEW._replace(until="2026-01-15"))
    assert conflict(story.round, expert, story.teams["a"], NOW) is Conflict.CONFLICT
    assert conflict(story.round, expert, story.teams["b"], NOW) is Conflict.NONE


LEAD = "그 기간에 주관기관이 이미 있습니다: a · org-a"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (NEW._replace(team=""), "팀 코드 칸이 비어 있습니다."),
        (NEW._replace(organisation=""), "기관 코드 칸이 비어 있습니다."),
        (NEW._replace(part=""), "역할 칸이 비어 있습니다."),
        (NEW._replace(part="lead"), "역할은 주관기관, 참여기관 가운데 하나로 적습니다: lead"),
        (NEW._replace(since="2026.1.1"), "부터 칸에는 날을 2026-01-15처럼 적습니다: 2026.1.1"),
        (NEW._replace(until="20260630"), "까지 칸에는 날을 2026-01-15처럼 적습니다: 20260630"),
        (NEW._replace(until="2026-02-30"), "까지 칸에는 날을"),
        (NEW._replace(until="2025-12-31"), "끝나는 날이 시작하는 날보다 빠릅니다."),
        (NEW._replace(team="z"), "사업에 없는 팀 코드입니다: z"),
        (NEW._replace(organisation="z"), "사업에 없는 기관 코드입니다: z"),
        (NEW._replace(organisation="org-a"), "그 기간에 이미 참여하는 기관입니다: a · org-a"),
        (NEW._replace(part="주관기관"), LEAD),
        (NEW._replace(team="b", since="2026-06-30", until=""), "그 기간에 이미 참여하는 기관입니다: b · outside"),
    ],
)
def test_one_line_that_cannot_be_taken_keeps_all_out(story, row, words):
    given = [NEW._replace(team="b"), row._replace(place=3)]
    with unchanged(), pytest.raises(Refused) as caught:
        brought(story, *given)
    assert caught.value.code == Code.INADMISSIBLE
    assert str(caught.value).startswith("3번째 줄: ")
    assert words in str(caught.value)
    assert [bool(each.refused) for each in plan(story.programme, Kind.MEMBERS, given)] == [False, True]


def test_the_database_keeps_it_too(story):
    facts = {"organisation": story.organisations["org-a"], "actor": story.actor("official-1"), "now": NOW}
    with pytest.raises(IntegrityError, match="membership_once_a_day"), transaction.atomic():
        register_member(story.teams["a"], part="member", since=date(2026, 1, 1), until=None, **facts)
    facts["organisation"] = story.organisations["outside"]
    with pytest.raises(IntegrityError, match="membership_one_lead_a_day"), transaction.atomic():
        register_member(story.teams["a"], part="lead", since=None, until=date(2026, 1, 1), **facts)


def test_only_officials_register_one(story):
    facts = {"organisation": story.organisations["outside"], "part": "member", "since": None, "until": None}
    for person in ("auditor-1", "operator-1", "a-lead", "expert-1"):
        with refused("not_allowed"):
            register_member(story.teams["a"], **facts, actor=story.actor(person), now=NOW)


@pytest.mark.parametrize("number", [1, 3])
def test_a_plan_asks_the_same_of_one_row_and_of_three(story, number):
    given = [NEW._replace(place=n, since=f"202{n}-01-01", until=f"202{n}-02-01") for n in range(number)]
    with CaptureQueriesContext(connection) as asked:
        assert [each.new for each in plan(story.programme, Kind.MEMBERS, given)] == [True] * number
    assert len(asked) == 3


def test_what_is_taken_out_can_be_brought_in_again(story):
    brought(story, NEW)
    table = export_roster(story.programme, kind=Kind.MEMBERS, actor=story.actor("auditor-1"), now=NOW)
    assert table == [
        HEAD.strip().split(","),
        ["a", "org-a", "주관기관", "", ""],
        ["a", "outside", "참여기관", "2026-01-01", "2026-06-30"],
        *([team, f"org-{team}", "주관기관", "", ""] for team in "bxy"),
    ]
    assert Event.objects.latest("pk").facts == {"kind": "members", "rows": 5}
    faults, text = Faults(), "\n".join(",".join(line) for line in table)
    read = rows(BytesIO(text.encode()), "", Kind.MEMBERS, faults)
    assert (faults.count, set(brought(story, *read))) == (0, {"s"})
    assert Membership.objects.count() == 5
