"""A team amends what it says, and gives what an official asks for."""

import pytest
from django.utils import translation

from appeals.models import Amendment, Completion, CompletionRequest
from appeals.operations.completing import amend_appeal, ask_completion, complete_appeal
from appeals.operations.filing import withdraw_appeal
from appeals.queries.statements import statements
from appeals.verbs import DECIDE_APPEAL
from core.attachments.receiving import received
from core.operations.decisions import approve, prepare
from tests.appeals.after import DAY, TICK, admitted, contested, decided_on, filed
from tests.files import upload
from tests.story import NOW, Story
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db
UNTIL = NOW + 3 * DAY


def amended(story: Story, appeal, statement: str = "다시 적은 내용", who: str = "b-lead", **given):
    return amend_appeal(appeal, statement=statement, actor=story.actor(who), **({"now": NOW + DAY} | given))


def asked(story: Story, appeal, who: str = "official-1", **given) -> CompletionRequest:
    facts = {"text": "산출 근거를 내십시오", "until": UNTIL, "now": NOW} | given
    return ask_completion(appeal, actor=story.actor(who), **facts)


def completed(story: Story, request, who: str = "b-lead", **given) -> Completion:
    return complete_appeal(request, actor=story.actor(who), **({"text": "산출 근거", "now": NOW + DAY} | given))


@pytest.mark.parametrize("under_review", [False, True])
def test_a_statement_is_amended_and_the_old_one_stays(under_review):
    story = contested()
    appeal = filed(story)
    if under_review:
        admitted(appeal, story)
    with written() as changes:
        amended(story, appeal)
    assert changes == [f"{table} I test.b-lead amend_appeal" for table in ("appeals_amendment", "core_event")]
    amended(story, appeal, "또 고친 내용", now=NOW + 2 * DAY)
    assert [(each.version, each.text, each.at) for each in statements(appeal)] == [
        (1, "계산이 다릅니다", NOW),
        (2, "다시 적은 내용", NOW + DAY),
        (3, "또 고친 내용", NOW + 2 * DAY),
    ]
    appeal.refresh_from_db()
    assert appeal.statement == "계산이 다릅니다"


def test_the_same_words_again_change_nothing():
    story = contested()
    appeal = filed(story)
    with unchanged():
        amended(story, appeal, " 계산이 다릅니다 ")
    amended(story, appeal)
    with unchanged():
        amended(story, appeal)


def test_files_come_with_an_amendment():
    story = contested()
    appeal = filed(story)
    with received([upload()]) as files:
        amended(story, appeal, "계산이 다릅니다", files=files)
    amendment = Amendment.objects.get()
    assert [(paper.amendment, paper.attachment.name) for paper in appeal.papers.all()] == [(amendment, "이유서.pdf")]


def test_the_appeal_as_it_was_filed_is_still_the_same_after_an_amendment():
    story = contested()
    appeal = filed(story)
    amended(story, appeal)
    with unchanged():
        assert filed(story) == appeal


def test_what_is_refused_of_an_amendment():
    story = contested()
    appeal = filed(story)
    with refused("not_entitled"):
        amended(story, appeal, who="c-lead")
    with refused("not_allowed"):
        amended(story, appeal, who="official-1")
    with refused("incomplete"):
        amended(story, appeal, " ")
    withdraw_appeal(appeal, actor=story.actor("b-lead"), now=NOW)
    with refused("wrong_state"):
        amended(story, appeal)


def test_a_decided_appeal_is_not_amended():
    story = contested()
    appeal = admitted(filed(story), story)
    decided_on(appeal, story, "dismissed")
    with refused("wrong_state"):
        amended(story, appeal)


def test_an_amendment_voids_a_decision_that_was_prepared():
    story = contested()
    appeal = admitted(filed(story), story)
    arguments = {"outcome": "dismissed", "corrections": []}
    decision = prepare(
        DECIDE_APPEAL, appeal, actor=story.actor("official-1"), now=NOW, reason="이유", arguments=arguments
    )
    amended(story, appeal)
    assert approve(decision, actor=story.actor("official-2"), now=NOW + DAY).state == "void"


def test_completion_is_asked_for():
    story = contested()
    appeal = filed(story)
    with written() as changes:
        request = asked(story, appeal)
    request.refresh_from_db()
    assert (request.text, request.until, request.at) == ("산출 근거를 내십시오", UNTIL, NOW)
    assert request.by == story.people["official-1"]
    assert changes == [
        f"{table} I test.official-1 ask_completion" for table in ("appeals_completionrequest", "core_event")
    ]
    with unchanged():
        assert asked(story, appeal) == request


def test_what_is_refused_of_a_request():
    story = contested()
    appeal = filed(story)
    with refused("not_allowed"):
        asked(story, appeal, who="b-lead")
    with refused("incomplete"):
        asked(story, appeal, text="")
    with refused("out_of_range"):
        asked(story, appeal, until=NOW)
    asked(story, appeal)
    with refused("duplicate"):
        asked(story, appeal, text="다른 것")
    withdraw_appeal(appeal, actor=story.actor("b-lead"), now=NOW)
    with refused("wrong_state"):
        asked(story, appeal)


def test_after_its_period_another_may_be_asked():
    story = contested()
    appeal = filed(story)
    asked(story, appeal)
    assert asked(story, appeal, text="다른 것", now=UNTIL, until=UNTIL + DAY).text == "다른 것"


@pytest.mark.parametrize(("at", "late"), [(UNTIL - TICK, False), (UNTIL, True), (UNTIL + DAY, True)])
def test_an_appeal_is_completed_and_lateness_is_noted(at, late):
    story = contested()
    request = asked(story, filed(story))
    with written() as changes:
        completion = completed(story, request, now=at)
    completion.refresh_from_db()
    assert (completion.text, completion.at, completion.late) == ("산출 근거", at, late)
    assert completion.lateness == (
        "보완 기한(2026년 1월 18일(일) 14:00까지)이 지난 뒤에 접수되었습니다." if late else ""
    )
    with translation.override("en"):
        assert completion.why_late == (
            "Received after its term (until 14:00 on Sunday, 18 January 2026) had passed." if late else ""
        )
    assert changes == [f"{table} I test.b-lead complete_appeal" for table in ("appeals_completion", "core_event")]
    with unchanged():
        assert completed(story, request, now=at + DAY) == completion


def test_files_come_with_a_completion():
    story = contested()
    appeal = filed(story)
    request = asked(story, appeal)
    with received([upload()]) as files:
        completion = completed(story, request, files=files)
    assert [paper.completion for paper in appeal.papers.all()] == [completion]


def test_what_is_refused_of_a_completion():
    story = contested()
    appeal = filed(story)
    request = asked(story, appeal)
    with refused("not_entitled"):
        completed(story, request, who="c-lead")
    with refused("not_allowed"):
        completed(story, request, who="official-1")
    with refused("incomplete"):
        completed(story, request, text=" ")
    completed(story, request)
    with refused("duplicate"):
        completed(story, request, text="다른 것")
    other = asked(story, appeal, now=NOW + DAY)
    withdraw_appeal(appeal, actor=story.actor("b-lead"), now=NOW + DAY)
    with refused("wrong_state"):
        completed(story, other)


def test_an_appeal_is_not_ended_while_the_team_has_time_to_complete_it():
    story = contested()
    appeal = filed(story)
    request = asked(story, appeal)
    with refused("still_pending"):
        admitted(appeal, story, yes=False)
    admitted(appeal, story)
    with refused("still_pending"):
        decided_on(appeal, story, "dismissed", now=UNTIL - TICK)
    completed(story, request)
    decided_on(appeal, story, "dismissed", now=UNTIL - TICK)


def test_once_the_period_is_over_nobody_waits():
    story = contested()
    appeal = filed(story)
    asked(story, appeal)
    admitted(appeal, story, yes=False, now=UNTIL)
