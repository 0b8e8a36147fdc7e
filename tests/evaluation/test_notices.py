"""What a notice says: the team's own result and reasons, and nothing of any other team or of any expert."""

import json
import re
from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appeals.operations.filing import file_appeal
from appeals.operations.waiving import waive_appeal
from appeals.states import Ground
from evaluation.models import Notice, SnapshotRow
from evaluation.operations.papers import file_document
from evaluation.operations.serving import record_arrival
from evaluation.queries.notice_lines import Change, GateLine, LatePaper, NoticeContent, Score
from evaluation.queries.notices import notice_content
from evaluation.verbs import CORRECT, STOP_CLOCK
from tests.kept import plainly
from tests.story import NOW, Story, told
from tests.unchanged import refused

pytestmark = pytest.mark.django_db

# Figures that occur nowhere else, so that finding one in another team's notice is a leak.
TOTALS = {"a": "91.3", "b": "82.4", "c": "73.6", "d": "64.7", "e": "55.8"}
DAY = timedelta(days=1)


@pytest.fixture
def story() -> Story:
    return told(seats=3, evidence_closes=NOW - 2 * DAY)


def scored(story: Story) -> Story:
    return story.open().score_all(TOTALS, failed=["b"])


def notice_of(story: Story, team: str) -> Notice:
    return Notice.objects.filter(entry__team__code=team, announcement__round=story.round).latest("pk")


def content_of(story: Story, team: str) -> NoticeContent:
    return notice_content(notice_of(story, team))


def test_a_team_that_failed_a_gate_reads_its_own_result_and_why(story: Story):
    said = content_of(scored(story).announce(), "b")
    assert (said.title, said.team, said.outcome) == ("1차 단계평가 결과 통지", "팀 b", "요건 미충족")
    assert said.reason == "점수는 진출 순위 안에 들었으나 요건을 충족하지 못하여 진출하지 못합니다."
    assert (said.total, said.most, said.rank) == ("82.4", "100", None)
    assert said.scores == [
        Score("bench", 0, "40", "40.0"),
        Score("expert", 0, "35", "35.0"),
        Score("user", 0, "25", "7.4"),
    ]
    assert said.gates == [GateLine("독자성", "미충족", "과반 의견")]
    assert (said.replaces, said.changes, said.change_reason) == (None, [], "")
    assert said.until == "2026년 1월 26일(월) 24:00까지"
    assert (said.announced, said.arrived) == ("2026년 1월 15일(목) 14:00",) * 2
    assert said.officer == "official-1"
    assert said.grounds == ["결과를 좌우한 오류", "제출 내용의 오해", "오기나 계산 착오", "절차의 하자", "그 밖의 사유"]
    assert said.not_grounds == ["평가위원 선정", "평가기준", "평가 방법", "사업비 규모"]
    assert ["90일" in remedy for remedy in said.remedies] == [True, True, True]


@pytest.mark.parametrize(
    ("disclosure", "rank"),
    [("outcomes", None), ("extremes_and_means", None), ("totals", "2위"), ("full", "2위")],
)
def test_the_rank_is_told_where_the_public_may_count_it(story: Story, disclosure: str, rank: str | None):
    assert content_of(scored(story).announce(disclosure=disclosure), "b").rank == rank


def test_each_outcome_in_words(story: Story):
    scored(story).announce()
    assert [content_of(story, team).reason for team in "ae"] == [
        "다음 단계에 진출합니다.",
        "진출 순위 안에 들지 못하여 진출하지 못합니다.",
    ]


def test_the_snapshot_and_its_digest_are_named(story: Story):
    with plainly():  # what is kept is committed, and with it sealed
        scored(story).announce()
    snapshot = story.round.snapshots.get()
    said = content_of(story, "a")
    assert (said.snapshot, said.digest, said.dated) == (1, snapshot.digest, NOW)
    # The block is sealed when the transaction ends, which a test's does not.
    assert said.ledger_head is None
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT head FROM core_ledgerblock ORDER BY number DESC LIMIT 1")
        ((head,),) = cursor.fetchall()
    assert content_of(story, "a").ledger_head == head


def test_late_papers_are_told_with_the_reason_and_only_the_teams_own(story: Story):
    for team, title, at in (
        ("b", "소명서", NOW - DAY),
        ("b", "기술 보고서", NOW - 3 * DAY),
        ("d", "남의 소명서", NOW - DAY),
    ):
        actor = story.actor(f"{team}-lead")
        file_document(story.entry(team), kind="letter", title=title, actor=actor, now=at)
    (paper,) = content_of(scored(story).announce(), "b").late_papers
    assert isinstance(paper, LatePaper)
    assert (paper.title, paper.received) == ("소명서", "2026년 1월 14일(수) 14:00")
    assert paper.reason == story.round.documents.get(title="소명서").not_considered_because


def test_until_when_while_the_paper_is_on_its_way_and_while_the_clock_stands_still(story: Story):
    scored(story).announce(on_paper=["d"])
    on_its_way = content_of(story, "d")
    assert on_its_way.arrived == ""
    assert on_its_way.until == (
        "이 통지가 도달한 날의 다음 날부터 10일째 되는 날 24:00까지"
        "(그날이 토요일이나 공휴일이면 그다음 근무일 24:00까지)"
    )
    official = story.actor("official-1")
    record_arrival(notice_of(story, "d"), arrived_at=NOW + DAY, evidence="등기", actor=official, now=NOW + DAY)
    assert content_of(story, "d").until == "2026년 1월 26일(월) 24:00까지"
    story.decide(STOP_CLOCK, now=NOW + 5 * DAY, teams=["d"])
    assert content_of(story, "d").until == ("기간의 진행이 정지되어 있습니다(남은 기간 7일, 재개되면 다시 알립니다)")


def test_a_correction_says_what_changed_and_what_it_replaces(story: Story):
    scored(story).announce(disclosure="totals")
    items = [{"set_gate": {"gate": "originality", "team": "b", "verdict": "passed"}}]
    story.decide(CORRECT, now=NOW + DAY, corrections=items, reason="판정에 오류가 있었음")
    said = content_of(story, "b")
    assert said.title == "1차 단계평가 결과 정정 통지"
    assert said.replaces == "순위표 제1호에 따른 통지"
    assert said.changes == [Change("결과", "요건 미충족", "진출"), Change("독자성", "미충족", "충족")]
    assert said.change_reason == "판정에 오류가 있었음"
    assert said.gates == [GateLine("독자성", "충족", "판정에 오류가 있었음")]
    first = Notice.objects.filter(entry__team__code="b").earliest("pk")
    assert notice_content(first).gates == [GateLine("독자성", "미충족", "과반 의견")]
    assert notice_content(first).replaces is None


def test_the_reason_of_a_correction_to_another_team_stays_that_teams_affair(story: Story):
    scored(story).announce(disclosure="totals")
    items = [{"set_points": {"team": "a", "criterion": "bench", "points": "0"}}]
    story.decide(CORRECT, now=NOW + DAY, corrections=items, reason="팀 a의 벤치마크를 0점으로 함")
    said = content_of(story, "d")
    assert said.changes == [Change("결과", "탈락", "진출"), Change("순위", "4위", "3위")]
    assert said.change_reason == "다른 참여팀의 결과가 정정되어 순위와 진출 여부가 다시 정해졌습니다."
    assert "0점" not in json.dumps(asdict(said), default=str, ensure_ascii=False)


def test_a_team_that_has_waived_is_promised_nothing_that_is_refused(story: Story):
    """A waiver binds, a worse result or not: its notice says so in place of a window."""
    scored(story).announce()
    assert content_of(story, "c").waived == ""
    waive_appeal(story.entry("c"), actor=story.actor("c-lead"), now=NOW + DAY)
    items = [{"set_points": {"team": "c", "criterion": "bench", "points": "0"}}]
    story.decide(CORRECT, now=NOW + 2 * DAY, corrections=items, reason="오기")
    said = content_of(story, "c")
    assert said.outcome == "탈락"
    assert said.waived == "2026년 1월 16일(금) 14:00에 이의신청을 포기하여 이 결과에는 이의신청을 할 수 없습니다."
    with refused("not_entitled"):
        facts = {"ground": Ground.OTHER, "statement": "다시 보아 주십시오", "actor": story.actor("c-lead")}
        file_appeal(story.entry("c"), code="appeal-1", **facts, now=NOW + 2 * DAY)


def secrets(story: Story, team: str) -> set[str]:
    """Every figure of another team that is not this team's own, every other team's name, and every expert's name."""
    rows = SnapshotRow.objects.filter(snapshot__round=story.round).select_related("entry__team")
    own, others, names = set[str](), set[str](), set[str]()
    for row in rows:
        figures = {str(row.total), *(str(points) for points in row.scores.values())}
        if row.entry.team.code == team:
            own |= figures
        else:
            others |= figures
            names |= {row.entry.team.name_ko, row.entry.team.name_en, f"org-{row.entry.team.code}"}
    experts = {person.name_ko for code, person in story.people.items() if code.startswith(("expert", "reviewer"))}
    assert experts
    assert len(others - own) >= 8
    return (others - own) | names | experts


def leaks(said: str, words: set[str]) -> set[str]:
    """Those of the words that stand there; a figure as a whole one, not as a part of another."""
    return {word for word in words if re.search(rf"(?<![\d.]){re.escape(word)}(?!\d)", said)}


@pytest.mark.parametrize("disclosure", ["outcomes", "extremes_and_means", "totals", "full"])
@pytest.mark.parametrize("team", list(TOTALS))
def test_nothing_of_other_teams_and_no_expert(story: Story, team: str, disclosure: str):
    scored(story).announce(disclosure=disclosure)
    said = json.dumps(asdict(content_of(story, team)), default=str, ensure_ascii=False)
    words = secrets(story, team)
    assert leaks(said, words) == set()
    # The search would find a leak.
    assert leaks(f"{said} 91.3점, 82.4점", words)
    assert Decimal(TOTALS[team]) == Decimal(content_of(story, team).total or 0)


def test_a_fixed_number_of_queries(story: Story):
    scored(story).announce()
    counts = []
    for team in "ab":
        with CaptureQueriesContext(connection) as queries:
            content_of(story, team)
        counts.append(len(queries) - 1)  # finding the notice
    small: Any = told("small", teams=("a", "b")).open().score_all({"a": 90, "b": 80}).announce()
    with CaptureQueriesContext(connection) as queries:
        content_of(small, "a")
    assert counts == [8, 8] == [len(queries) - 1] * 2
