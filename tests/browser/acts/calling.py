"""Calling: authorised beforehand, opened when the periods are over and not before, read by everybody and answered."""

from django.db import transaction
from django.utils import timezone

from consortia.models import Application, Call
from core.ledger.naming import named
from core.models import Decision
from evaluation.models import Notice, Round
from tests.browser.acts.cast import Cast


def is_authorised(cast: Cast) -> None:
    """While the periods still run, two officials decide what the system will do afterwards."""
    official = cast["official-1"]
    official.to_round()
    official.follow("추가 공모 승인 기안")
    official.fill("공모 코드", "additional-1")
    official.fill("공고 기간(일)", "20")
    official.fill("사유", "빈 자리 하나를 채움")
    official.press("추가 공모 승인 기안")
    official.sees("결재를 기다립니다.")
    cast.approve("1차 단계평가 · 추가 공모 승인")


def is_opened(cast: Cast) -> None:
    """The periodic work, done at once by an official's button: it does nothing early, and everything when it is due."""
    cast["official-1"].home()
    _sweeps(cast, "지금 때가 된 일은 없습니다.")
    _ten_days_pass(cast.story.round.pk)
    _sweeps(cast, "확정한 단계: 1차 단계평가 · 공모를 연 공석: 1차 단계평가 공석 1")
    official = cast["official-1"]
    official.to_round()
    official.follow("공석 1")
    official.follow("추가 공모 additional-1")
    official.sees("접수 중")


def _sweeps(cast: Cast, said: str) -> None:
    official = cast["official-1"]
    official.menu("정기 작업")
    official.follow("정기 처리 지금 실행")
    official.press("정기 처리 지금 실행")
    official.sees(said)


def _ten_days_pass(round: int) -> None:
    """Nobody can click time away: the periods that are stored end now, as if the last of the ten days were over."""
    now = timezone.now()
    with transaction.atomic(), named(actor="test", verb="test"):
        Notice.objects.filter(entry__round=round).update(window_closes_at=now)
        Round.objects.filter(pk=round).update(appeals_close_at=now)


def is_answered(cast: Cast) -> None:
    """A visitor reads it without signing in; the team that failed finds it on its phone and answers it."""
    visitor = cast.visitor()
    visitor.follow("추가 공모 additional-1", exact=False)
    visitor.sees("접수 중")
    visitor.sees("1개 팀")
    team = cast["d-lead"]
    team.home()
    team.follow("추가 공모 additional-1")
    team.follow("공개된 공고 보기")
    team.follow("응모하기")
    team.follow("응모 제출")
    team.fill("응모 요지", "인코더까지 처음부터 다시 학습합니다.")
    team.press("응모 제출")
    team.sees("접수했습니다.")


def stands_open(cast: Cast) -> None:
    """What all of it came to."""
    call = Call.objects.get()
    assert (call.code, call.state, call.seats) == ("additional-1", "open", 1)
    assert [(each.team.code, each.state) for each in Application.objects.all()] == [("d", "submitted")]
    round = cast.story.fresh()
    assert (round.state, round.vacancies.seats, round.vacancies.call) == ("final", 1, call)
    hands = Decision.objects.values_list("verb", "state", "prepared_by__username", "settled_by__username")
    assert list(hands.order_by("pk")) == [
        (verb, "approved", "test.official-1", "test.official-2")
        for verb in (*["decide_gate"] * 4, "announce", "authorise_call", "decide_appeal")
    ]
