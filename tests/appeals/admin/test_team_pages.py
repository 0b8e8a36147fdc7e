"""What a team's person does about the result, by the pages: what is done, what is refused, and that nothing changed."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from appeals.models import Amendment, Appeal, Challenge, Completion, Waiver
from appeals.operations.completing import ask_completion
from appeals.operations.waiving import waive_appeal
from core.models import Attachment
from tests.appeals.admin.live import appealed, live, notice, under_review
from tests.appeals.after import contested, filed
from tests.clicking import listing, page, press, said, signed_in, thing
from tests.files import PDF, PNG
from tests.story import Story
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
GIVEN = {"ground": "decisive_error", "statement": "계산이 다릅니다"}


@pytest.fixture
def story() -> Story:
    return live()


def paper(content: bytes = PDF, name: str = "이유서.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_an_appeal_is_filed_with_files_and_gets_a_receipt(story: Story):
    given = {**GIVEN, "papers": [paper(), paper(PNG, "화면.png")]}
    answer = press(story, "b-lead", "file_appeal", notice(story), **given)
    assert answer.status_code == 302, said(answer)
    appeal = Appeal.objects.get()
    assert (appeal.code, appeal.ground, appeal.statement) == ("stage-1-b-1", "decisive_error", "계산이 다릅니다")
    assert (appeal.filed_by.code, appeal.state) == ("b-lead", "filed")
    assert timezone.now() - appeal.filed_at < timedelta(minutes=1)
    assert answer["Location"] == thing(appeal)
    shown = said(signed_in(story, "b-lead").get(answer["Location"]))
    for attachment in Attachment.objects.all():
        assert f"/attachments/{attachment.pk}/" in shown
        assert attachment.sha256 in shown
    year = appeal.receipt.year
    for words in (f"{year}-이의-0001", appeal.receipt.ledger_head, "이 열람은 기록되었습니다."):
        assert words in shown


def test_each_ground_has_its_own_code_and_the_same_appeal_again_is_one(story: Story):
    for ground, code in (
        ("decisive_error", "stage-1-b-1"),
        ("other", "stage-1-b-2"),
        ("decisive_error", "stage-1-b-1"),
    ):
        answer = press(story, "b-lead", "file_appeal", notice(story), **GIVEN | {"ground": ground})
        assert answer["Location"] == thing(Appeal.objects.get(code=code))
    assert Appeal.objects.count() == 2
    with unchanged():
        answer = press(story, "b-lead", "file_appeal", notice(story), **GIVEN | {"statement": "다르게"})
    assert "같은 사유로 이미 이의신청하였습니다." in said(answer)
    assert "다르게" in said(answer)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ground": ""}, "필수 항목"),
        ({"ground": "nothing"}, "nothing"),
        ({"statement": " "}, "필수 항목"),
        ({"papers": [SimpleUploadedFile("빈 것.pdf", b"")]}, "빈 파일입니다"),
        ({"papers": [SimpleUploadedFile("이유서.exe", b"MZ")]}, "받지 않는 형식이거나 이름과 내용이 다릅니다"),
    ],
)
def test_what_cannot_be_filed_is_told_and_leaves_nothing(story: Story, disk: Path, change: dict[str, Any], words: str):
    with unchanged():
        answer = press(story, "b-lead", "file_appeal", notice(story), **GIVEN | change)
    assert answer.status_code == 400
    assert words in said(answer)
    assert [each for each in disk.rglob("*") if each.is_file()] == []


def test_when_the_window_is_over_the_page_says_so_and_takes_nothing():
    story = contested()
    assert "이의신청 기간이 끝났습니다." in said(signed_in(story, "b-lead").get(thing(notice(story))))
    for verb, given in (("file_appeal", GIVEN), ("waive_appeal", {"sure": "on"})):
        with unchanged():
            answer = press(story, "b-lead", verb, notice(story), **given)
        assert (answer.status_code, "이의신청 기간이 끝났습니다." in said(answer)) == (400, True)


def test_a_waiver_is_given_knowingly_and_binds(story: Story):
    with unchanged():
        assert press(story, "b-lead", "waive_appeal", notice(story)).status_code == 400
    answer = press(story, "b-lead", "waive_appeal", notice(story), sure="on")
    assert answer.status_code == 302, said(answer)
    assert Waiver.objects.get().waived_by == story.people["b-lead"]
    with unchanged():
        answer = press(story, "b-lead", "file_appeal", notice(story), **GIVEN)
    assert "이의신청을 포기하였습니다." in said(answer)


def test_a_team_does_nothing_about_another_s_result(story: Story):
    appeal = under_review(story, "reviewer-1")
    client = signed_in(story, "c-lead")
    for verb, subject in (
        *(("file_appeal", notice(story)), ("waive_appeal", notice(story))),
        *((verb, appeal) for verb in ("amend_appeal", "withdraw_appeal", "complete_appeal", "challenge_reviewer")),
    ):
        with unchanged():
            assert client.get(page(verb, subject)).status_code == 404
            assert client.post(page(verb, subject), GIVEN).status_code == 404
    assert client.get(thing(appeal)).status_code == 404
    assert list(client.get(listing(Appeal)).context["cl"].queryset) == []


def test_an_appeal_is_changed_and_what_was_said_stays(story: Story):
    appeal = appealed(story)
    shown = said(signed_in(story, "b-lead").get(page("amend_appeal", appeal)))
    assert "계산이 다릅니다</textarea>" in shown
    answer = press(story, "b-lead", "amend_appeal", appeal, statement="두 번째 말", papers=[paper()])
    assert answer.status_code == 302, said(answer)
    assert (Amendment.objects.get().version, Amendment.objects.get().papers.count()) == (2, 1)
    shown = said(signed_in(story, "b-lead").get(thing(appeal)))
    assert shown.index("두 번째 말") < shown.index("계산이 다릅니다")
    with unchanged():
        assert press(story, "b-lead", "amend_appeal", appeal, statement=" ").status_code == 400


def test_a_completion_is_asked_for_and_given(story: Story):
    appeal = appealed(story)
    asked = ask_completion(
        appeal,
        text="근거 자료",
        until=timezone.now() + timedelta(days=3),
        actor=story.actor("official-1"),
        now=timezone.now(),
    )
    assert "보완을 기다림" in said(signed_in(story, "b-lead").get(thing(appeal)))
    given = {"request": asked.pk, "text": "여기 있습니다", "papers": [paper()]}
    answer = press(story, "b-lead", "complete_appeal", appeal, **given)
    assert answer.status_code == 302, said(answer)
    completion = Completion.objects.get()
    assert (completion.text, completion.late, completion.papers.count()) == ("여기 있습니다", False, 1)
    with unchanged():
        again = press(story, "b-lead", "complete_appeal", appeal, request=asked.pk, text="다른 말")
    assert "이미 보완하였습니다." in said(again)


def test_a_request_of_another_appeal_is_no_choice(story: Story):
    appeal, other = appealed(story), appealed(story, "c", code="appeal-2")
    soon, official = timezone.now() + timedelta(days=3), story.actor("official-1")
    asked = ask_completion(other, text="근거", until=soon, actor=official, now=timezone.now())
    with unchanged():
        answer = press(story, "b-lead", "complete_appeal", appeal, request=asked.pk, text="말")
    assert answer.status_code == 400


def test_an_appeal_is_taken_back(story: Story):
    appeal = appealed(story)
    with unchanged():
        assert press(story, "b-lead", "withdraw_appeal", appeal).status_code == 400
    assert press(story, "b-lead", "withdraw_appeal", appeal, sure="on").status_code == 302
    assert Appeal.objects.get().state == "withdrawn"
    with unchanged():
        assert press(story, "b-lead", "withdraw_appeal", appeal, sure="on").status_code == 400


def test_a_reviewer_is_challenged_by_his_number(story: Story):
    appeal = under_review(story, "expert-6", "reviewer-1")
    shown = said(signed_in(story, "b-lead").get(page("challenge_reviewer", appeal)))
    assert "위원 1 (outside)" in shown
    assert "expert-6" not in shown
    reviewer = appeal.reviewers.get(account__username="test.expert-6")
    answer = press(story, "b-lead", "challenge_reviewer", appeal, reviewer=reviewer.pk, reason="같은 연구실")
    assert answer.status_code == 302, said(answer)
    challenge = Challenge.objects.get()
    assert (challenge.reviewer, challenge.reason) == (reviewer, "같은 연구실")
    for address in (thing(appeal), thing(challenge), listing(Challenge)):
        shown = said(signed_in(story, "b-lead").get(address))
        assert "expert-6" not in shown
        assert "reviewer-1" not in shown
    with unchanged():
        answer = press(story, "b-lead", "challenge_reviewer", appeal, reviewer=reviewer.pk, reason="또")
    assert "이미 기피를 신청한 위원입니다." in said(answer)


def test_the_notice_offers_what_the_team_may_do(story: Story):
    shown = said(signed_in(story, "b-lead").get(thing(notice(story))))
    assert page("file_appeal", notice(story)) in shown
    assert page("waive_appeal", notice(story)) in shown
    waive_appeal(story.entry("b"), actor=story.actor("b-lead"), now=timezone.now())
    shown = said(signed_in(story, "b-lead").get(thing(notice(story))))
    assert page("file_appeal", notice(story)) not in shown
    official = said(signed_in(story, "official-1").get(thing(notice(story))))
    assert page("file_appeal", notice(story)) not in official


def test_a_code_that_is_taken_is_passed_over(story: Story):
    filed(story, "c", code="stage-1-b-1", now=story.now)
    press(story, "b-lead", "file_appeal", notice(story), **GIVEN)
    assert Appeal.objects.get(entry=story.entry("b")).code == "stage-1-b-2"
