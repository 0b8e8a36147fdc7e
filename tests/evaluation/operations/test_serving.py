"""Service of notices: electronic with consent, on paper until its arrival is recorded."""

from datetime import datetime, timedelta

import pytest

from appeals.operations.filing import file_appeal
from appeals.queries.closing import closing_blockers
from appeals.states import Ground
from appeals.sweeps import sweep
from appeals.verbs import CLOSE_APPEALS_EARLY
from core.actors import machine
from core.operations.decisions import approve, prepare
from evaluation.models import Notice
from evaluation.operations.consenting import record_service_consent, withdraw_service_consent
from evaluation.operations.serving import record_arrival
from evaluation.queries.service import without_consent
from evaluation.verbs import ANNOUNCE, CORRECT
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db

TOTALS = {"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}
CLOSES = datetime.fromisoformat("2026-01-27T00:00:00+09:00")
DAY = timedelta(days=1)


def scored() -> Story:
    return told().open().score_all(TOTALS)


def consents(story: Story, team: str, address: str) -> None:
    record_service_consent(story.teams[team], address=address, actor=story.actor(f"{team}-lead"), now=NOW)


def notice_of(story: Story, team: str) -> Notice:
    return Notice.objects.filter(entry__team__code=team, announcement__round=story.round).latest("pk")


def served(story: Story) -> dict[str, tuple[str, str, bool]]:
    rows = Notice.objects.order_by("entry__position").values_list(
        "entry__team__code", "service", "address", "arrived_at"
    )
    return {team: (service, address, arrived is not None) for team, service, address, arrived in rows}


def arrives(
    story: Story, team: str, at: str, now: str, *, evidence: str = "등기 1234-5678", who: str = "official-1"
) -> Notice:
    return record_arrival(
        notice_of(story, team),
        arrived_at=datetime.fromisoformat(at),
        evidence=evidence,
        actor=story.actor(who),
        now=datetime.fromisoformat(now),
    )


def test_without_further_word_every_notice_arrives_at_once():
    story = scored().announce()
    assert served(story) == dict.fromkeys("abcde", ("confirmed", "", True))
    assert set(Notice.objects.values_list("arrived_at", "window_closes_at")) == {(NOW, CLOSES)}
    assert story.round.appeals_close_at == CLOSES


def test_a_team_that_has_agreed_is_served_at_its_address_and_paper_waits():
    story = scored()
    consents(story, "a", "old@example.com")
    consents(story, "a", "team-a@example.com")
    consents(story, "b", "team-b@example.com")
    withdraw_service_consent(story.teams["b"], actor=story.actor("b-lead"), now=NOW)
    consents(story, "c", "team-c@example.com")
    assert without_consent(story.round) == ["b", "d", "e"]
    story.announce(on_paper=["c", "d"])
    assert served(story) == {
        "a": ("electronic", "team-a@example.com", True),
        "b": ("confirmed", "", True),
        "c": ("paper", "", False),
        "d": ("paper", "", False),
        "e": ("confirmed", "", True),
    }
    assert notice_of(story, "a").arrived_at == NOW
    assert notice_of(story, "d").window_closes_at is None
    assert story.round.appeals_close_at == CLOSES


def test_paper_with_a_stated_arrival_has_arrived():
    later = NOW + DAY
    story = scored().announce(on_paper=["d"], delivered={"d": later.isoformat()})
    assert (notice_of(story, "d").service, notice_of(story, "d").arrived_at) == ("paper", later)


def test_a_round_announced_on_paper_alone_has_no_end_yet():
    story = scored().announce(on_paper=list(TOTALS))
    assert (story.round.state, story.round.appeals_close_at) == ("announced", None)
    sweep(actor=machine("test"), now=CLOSES + 100 * DAY)
    assert story.fresh().state == "announced"
    arrives(story, "d", "2026-01-19T15:00+09:00", "2026-01-21T10:00+09:00")
    assert story.fresh().appeals_close_at == datetime.fromisoformat("2026-01-30T00:00:00+09:00")


def test_unknown_team_on_paper():
    story = scored()
    with refused("unknown"):
        story.decide(ANNOUNCE, on_paper=["z"])


def test_the_round_cannot_close_before_the_paper_has_arrived():
    story = scored().announce(on_paper=["d"])
    blockers = closing_blockers(story.round, CLOSES)
    assert [(each.kind, each.who, each.until) for each in blockers] == [("notice", "팀 d", None)]
    assert str(blockers[0]) == "팀 d: 통지 미도달: 서면 통지의 도달이 기록되지 않았습니다."
    sweep(actor=machine("test"), now=CLOSES + DAY)
    assert story.fresh().state == "announced"
    notice = arrives(story, "d", "2026-01-19T15:00+09:00", "2026-01-28T10:00+09:00")
    # The tenth day after Monday the 19th is Thursday the 29th.
    closes = datetime.fromisoformat("2026-01-30T00:00:00+09:00")
    assert (notice.window_closes_at, story.fresh().appeals_close_at) == (closes, closes)
    assert str(closing_blockers(story.round, CLOSES + DAY)[0]).endswith("(2026년 1월 29일(목) 24:00까지).")
    sweep(actor=machine("test"), now=closes)
    assert story.fresh().state == "final"


def test_an_earlier_end_than_the_latest_changes_nothing_for_the_round():
    story = scored().announce(on_paper=["d"], delivered={"e": "2026-01-20T10:00:00+09:00"})
    latest = datetime.fromisoformat("2026-01-31T00:00:00+09:00")
    assert story.round.appeals_close_at == latest
    arrives(story, "d", "2026-01-16T09:00+09:00", "2026-01-16T10:00+09:00")
    assert story.fresh().appeals_close_at == latest


def test_arrival_is_recorded_with_who_when_and_evidence_once():
    story = scored().announce(on_paper=["d"])
    notice = arrives(story, "d", "2026-01-19T15:00+09:00", "2026-01-21T10:00+09:00", evidence=" 등기 1234-5678 ")
    assert notice.arrival_evidence == "등기 1234-5678"
    assert notice.arrival_recorded_by == story.people["official-1"]
    assert notice.arrival_recorded_at == datetime.fromisoformat("2026-01-21T10:00+09:00")
    with unchanged():
        arrives(story, "d", "2026-01-19T15:00+09:00", "2026-01-22T10:00+09:00")
    with refused("duplicate"):
        arrives(story, "d", "2026-01-20T15:00+09:00", "2026-01-22T10:00+09:00")


@pytest.mark.parametrize(
    ("team", "at", "evidence", "who", "code"),
    [
        ("d", "2026-01-19T15:00+09:00", "등기", "a-lead", "not_allowed"),
        ("d", "2026-01-19T15:00+09:00", "등기", "auditor-1", "not_allowed"),
        ("a", "2026-01-19T15:00+09:00", "등기", "official-1", "wrong_state"),
        ("d", "2026-01-19T15:00+09:00", "  ", "official-1", "incomplete"),
        ("d", "2026-01-15T13:59:59+09:00", "등기", "official-1", "out_of_range"),
        ("d", "2026-01-21T10:00:01+09:00", "등기", "official-1", "out_of_range"),
    ],
)
def test_arrival_refused(team: str, at: str, evidence: str, who: str, code: str):
    story = scored().announce(on_paper=["d"])
    with refused(code):
        arrives(story, team, at, "2026-01-21T10:00+09:00", evidence=evidence, who=who)


def test_a_team_may_object_only_once_its_paper_has_arrived():
    story = scored().announce(on_paper=["d"])
    facts = {
        "code": "appeal-1",
        "ground": Ground.OTHER,
        "statement": "다시 보아 주십시오",
        "actor": story.actor("d-lead"),
    }
    with refused("not_entitled"):
        file_appeal(story.entry("d"), now=NOW + DAY, **facts)
    arrives(story, "d", "2026-01-19T15:00+09:00", "2026-01-28T10:00+09:00")
    assert file_appeal(story.entry("d"), now=CLOSES + DAY, **facts).state == "filed"


def test_early_closing_waits_for_the_paper():
    story = scored().announce(on_paper=["a"])
    with refused("still_pending") as caught:
        story.decide(CLOSE_APPEALS_EARLY, now=NOW + DAY)
    assert "팀 a 통지의 도달" in str(caught.value)


def test_early_closing_waits_though_every_known_window_is_over():
    story = scored().announce(on_paper=["a"])
    with refused("still_pending"):
        story.decide(CLOSE_APPEALS_EARLY, now=CLOSES + DAY)


def test_a_correction_is_served_as_the_result_was():
    story = scored()
    consents(story, "e", "team-e@example.com")
    story.announce(on_paper=["b"])
    correction = {"set_points": {"team": "b", "criterion": "bench", "points": "0"}}
    story.decide(CORRECT, now=NOW + DAY, corrections=[correction])
    made = {each.entry.team.code: each for each in Notice.objects.filter(announcement__snapshot__number=2)}
    assert sorted(made) == ["b", "c"]
    assert (made["b"].service, made["b"].arrived_at) == ("paper", None)
    assert (made["c"].service, made["c"].arrived_at) == ("confirmed", NOW + DAY)
    assert story.fresh().appeals_close_at == made["c"].window_closes_at == CLOSES


@pytest.mark.parametrize("agreed", ["before the result", "after it"])
def test_a_team_that_took_its_consent_back_is_served_on_paper_from_then_on(agreed: str):
    story = scored()
    if agreed == "after it":
        story.announce()
    consents(story, "c", "team-c@example.com")
    if agreed == "before the result":
        story.announce()
    withdraw_service_consent(story.teams["c"], actor=story.actor("c-lead"), now=NOW)
    correction = {"set_points": {"team": "b", "criterion": "bench", "points": "0"}}
    story.decide(CORRECT, now=NOW + DAY, corrections=[correction])
    made = notice_of(story, "c")
    assert (made.service, made.address, made.arrived_at, made.window_closes_at) == ("paper", "", None, None)
    consents(story, "c", "other@example.com")
    again = {"set_points": {"team": "b", "criterion": "bench", "points": "40"}}
    story.decide(CORRECT, now=NOW + 2 * DAY, corrections=[again])
    assert (notice_of(story, "c").service, notice_of(story, "c").address) == ("electronic", "other@example.com")


def test_who_takes_its_consent_back_before_the_approval_voids_the_announcement():
    story = scored()
    consents(story, "c", "team-c@example.com")
    consents(story, "d", "team-d@example.com")
    facts = {"arguments": {"on_paper": ["d"]}, "now": NOW}
    decision = prepare(ANNOUNCE, story.round, actor=story.actor("official-1"), **facts)
    withdraw_service_consent(story.teams["d"], actor=story.actor("d-lead"), now=NOW)
    other = prepare(ANNOUNCE, story.round, actor=story.actor("official-1"), **facts)
    assert other.prepared_against == decision.prepared_against  # d's notice goes out on paper in either case
    withdraw_service_consent(story.teams["c"], actor=story.actor("c-lead"), now=NOW)
    assert approve(decision, actor=story.actor("official-2"), now=NOW).state == "void"
    assert (story.fresh().state, Notice.objects.count()) == ("scoring", 0)


def test_consent_is_the_teams_own_affair():
    story = told()
    team, lead, other = story.teams["a"], story.actor("a-lead"), story.actor("b-lead")
    with refused("not_entitled"):
        record_service_consent(team, address="a@example.com", actor=other, now=NOW)
    with refused("not_entitled"):
        withdraw_service_consent(team, actor=other, now=NOW)
    with refused("not_allowed"):
        record_service_consent(team, address="a@example.com", actor=story.actor("expert-1"), now=NOW)
    with refused("incomplete"):
        record_service_consent(team, address=" ", actor=lead, now=NOW)
    with refused("out_of_range"):
        record_service_consent(team, address="no address", actor=lead, now=NOW)
    with unchanged():
        withdraw_service_consent(team, actor=lead, now=NOW)
    first = record_service_consent(team, address="a@example.com", actor=story.actor("official-1"), now=NOW)
    with unchanged():
        assert record_service_consent(team, address="a@example.com", actor=lead, now=NOW) == first
