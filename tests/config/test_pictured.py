"""What is pictured: each picture's page is there for whoever is to look at it, in the state that it is to show."""

import pytest
from django.test import Client

from config.local.pictured import PLACES, Picture, Place
from core.models import Account, Decision, Event
from evaluation.models import ComponentDeclaration, Guidance, Round, SheetDraft
from tests.clicking import said

pytestmark = pytest.mark.django_db


def looked_at(picture: Picture) -> str:
    client = Client()
    if picture.person is not None:
        client.force_login(Account.objects.get(username=picture.person))
    answer = client.get(picture.address)
    assert answer.status_code == 200, picture
    return said(answer)


def shown(place: Place) -> dict[str, str]:
    """The pages of a place by name, each looked at while its story stands still."""
    pages = {picture.name: looked_at(picture) for pictures in place.told() for picture in pictures}
    assert tuple(pages) == place.names
    return pages


def test_while_a_round_is_scored():
    pages = shown(PLACES[0])
    assert Round.objects.get().state == "scoring"
    assert not SheetDraft.objects.exists(), "handed in since"
    for words in (
        "예시: 기술 보고서와 발표를 함께 보고",
        'value="26.5"',
        "2026년 1월 9일(금) 18:30에 임시저장한 내용입니다.",
    ):
        assert words in pages["sheet"]
    assert "결과 발표 기안" in pages["scoring"]
    assert (pages["decisions"].count("결재 대기</span>"), "정정: 1건" in pages["decisions"]) == (1, True)
    assert Decision.objects.get(state="prepared").prepared_by.username == "sovereign-ai.official-1"
    for words in ("32 / 35", "<b>22</b>", "<del>82.2</del>", "<ins>81.2</ins>", "이대로 진출하는 팀"):
        assert words in pages["approval"]


def test_when_the_story_has_been_told():
    pages = shown(PLACES[1])
    assert Round.objects.get().state == "final"
    assert "비밀번호 설정" not in pages["home"]
    for words in ("응모 제출</a>", "추가 공모 개시</a>", "결과 확정</a>", "결과 발표</a>"):
        assert words in pages["home"]
    assert "반영할 신고 없음" not in pages["gates"]
    assert pages["gates"].count("외부 가중치를 그대로 사용(프로즌)") == 2
    assert pages["gates"].count("팀의 신고") == 3
    assert "technical_report" not in "".join(pages.values())
    _what_no_scenario_says_is_marked_as_invented_and_came_in_time()


def _what_no_scenario_says_is_marked_as_invented_and_came_in_time():
    declared = ComponentDeclaration.objects.all()
    assert {each.entry.team.code for each in declared} == {f"team-{team}" for team in "abcde"}
    assert [each.papers.count() for each in declared] == [2] * len(declared)
    assert not declared.filter(late=True).exists()
    assert all(text.startswith("예시: ") for text in declared.values_list("statement", flat=True))
    assert Guidance.objects.get().text.startswith("예시: ")
    opened = Event.objects.get(verb="open_round").pk
    assert Event.objects.filter(verb="set_password").latest("pk").pk < opened
