"""A team answers a call by its pages: drafts, papers, handing in, the receipt, taking back; and each refusal."""

import hashlib
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from appeals.queries.receipts import application_receipt
from consortia.models import Application, ApplicationDraft, Call, DraftPaper, TeamPerson
from core.ledger.naming import named
from core.models import Event
from tests.appeals.live import AGREEMENT, PLAN, over, taking
from tests.clicking import listing, page, press, said, signed_in, thing
from tests.files import PDF
from tests.story import Story
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db


@pytest.fixture
def live() -> tuple[Story, Call]:
    return taking()


def pdf(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", PDF + name.encode(), "application/pdf")


def given(**change: Any) -> dict[str, Any]:
    """The form of `apply`, filled in: a file for each of the two kinds."""
    return {"summary": " 요지 ", "paper_0": pdf(PLAN), "paper_1": pdf(AGREEMENT), "other_kind": ""} | change


def drafted(story: Story, call: Call, **papers: Any) -> ApplicationDraft:
    answer = press(story, "x-lead", "save_draft", call, summary="처음", other_kind="", **papers)
    assert answer.status_code == 302, said(answer)
    return ApplicationDraft.objects.get()


def alert(answer: HttpResponse) -> str:
    """What the page faults, with a refusal's status."""
    assert answer.status_code == 400
    shown = said(answer)
    assert 'role="alert"' in shown
    return shown


def test_a_team_finds_the_calls_that_it_may_answer_and_no_others(live):
    story, call = live
    for person, found in (("x-lead", [call]), ("c-lead", [call]), ("a-lead", [])):
        assert list(signed_in(story, person).get(listing(Call)).context["cl"].queryset) == found
        assert signed_in(story, person).get(thing(call)).status_code == (200 if found else 404)
    shown = said(signed_in(story, "x-lead").get(thing(call)))
    for words in (
        "접수 중",
        "24:00까지",
        "응모 초안 저장",
        "아직 접수한 응모가 없습니다.",
        PLAN,
        "/calls/test/additional-1/",
    ):
        assert words in shown
    assert "승인한 자리 수" not in shown


def test_a_team_applies_at_once_and_has_its_receipt(live):
    story, call = live
    answer = press(story, "x-lead", "apply", call, **given(other_kind="부록", other=[pdf("가"), pdf("나")]))
    application = Application.objects.get()
    assert answer["Location"] == f"/admin/consortia/application/{application.pk}/receipt/"
    assert (application.summary, application.submitted_by) == ("요지", story.people["x-lead"])
    assert list(application.papers.values_list("kind", flat=True)) == [PLAN, AGREEMENT, "부록", "부록"]
    shown = said(signed_in(story, "x-lead").get(answer["Location"]))
    receipt = application_receipt(application)
    assert re.fullmatch(r"20\d\d-응모-0001", receipt.number)
    hashes = [hashlib.sha256(PDF + name.encode()).hexdigest() for name in (PLAN, AGREEMENT, "가", "나")]
    for words in (receipt.number, receipt.before[1], f"{PLAN}.pdf", *hashes):
        assert words in shown
    assert "접수번호" in said(signed_in(story, "x-lead").get(answer["Location"], follow=True))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"paper_1": ""}, "필수 항목"),
        (
            {"paper_1": SimpleUploadedFile("협약서.pdf", b"MZ executable")},
            "받지 않는 형식이거나 이름과 내용이 다릅니다",
        ),
        ({"paper_1": SimpleUploadedFile("협약서.pdf", b"")}, "빈 파일입니다"),
        ({"other": pdf("부록")}, "어떤 서류인지 적어 주십시오."),
    ],
)
def test_papers_that_cannot_be_taken_in(live, disk, change: dict[str, Any], words: str):
    story, call = live
    with unchanged():
        answer = press(story, "x-lead", "apply", call, **given(**change))
    shown = alert(answer)
    assert words in shown
    assert "요지" in shown
    assert [path for path in disk.rglob("*") if path.is_file()] == []


def test_a_second_application_beside_one_that_stands(live):
    story, call = live
    press(story, "x-lead", "apply", call, **given())
    with unchanged():
        answer = press(story, "x-lead", "apply", call, **given())
    assert "이 팀은 이미 응모하였습니다." in alert(answer)


def test_more_papers_than_a_submission_may_have(live):
    story, call = live
    with unchanged():
        answer = press(
            story, "x-lead", "apply", call, **given(other_kind="부록", other=[pdf(f"{n}") for n in range(19)])
        )
    assert "서류는 20개까지 낼 수 있습니다." in alert(answer)


def test_a_draft_is_written_changed_handed_in_taken_back_and_handed_in_anew(live):
    story, call = live
    draft = drafted(story, call, paper_0=pdf(PLAN))
    client = signed_in(story, "x-lead")
    shown = said(client.get(thing(draft)))
    assert f"{PLAN}.pdf" in shown
    assert "빠진 서류가 있습니다: 협약서" in shown
    with unchanged():
        assert "빠진 서류가 있습니다: 협약서" in alert(press(story, "x-lead", "submit_draft", draft))
    assert "처음" in said(client.get(page("save_draft", call)))

    press(
        story,
        "x-lead",
        "save_draft",
        call,
        summary="고침",
        other_kind="부록",
        other=pdf("부록"),
        paper_1=pdf(AGREEMENT),
    )
    extra = DraftPaper.objects.get(kind="부록")
    preset = said(client.get(f"{page('take_out_paper', draft)}?paper={extra.pk}"))
    assert f'<option value="{extra.pk}" selected>' in preset
    answer = press(story, "x-lead", "take_out_paper", draft, paper=extra.pk)
    assert answer["Location"] == thing(draft)
    assert "부록.pdf" not in said(client.get(thing(draft)))

    answer = press(story, "x-lead", "submit_draft", draft)
    first = Application.objects.get()
    assert answer["Location"].endswith(f"/application/{first.pk}/receipt/")
    assert (first.summary, first.papers.count()) == ("고침", 2)
    assert press(story, "x-lead", "withdraw_application", first)["Location"] == thing(call)
    assert not Application.objects.exists()
    shown = said(client.get(thing(call)))
    assert "철회" in shown
    assert "이 응모는" in said(client.get(f"/admin/consortia/application/{first.pk}/receipt/"))
    press(story, "x-lead", "submit_draft", draft)
    assert Application.objects.get().receipt.number.endswith("-0002")


def test_a_draft_is_the_teams_own(live):
    story, call = live
    draft = drafted(story, call, paper_0=pdf(PLAN))
    for person in ("y-lead", "official-1", "expert-1", "operator-1", "reviewer-1"):
        with unchanged():
            for verb in ("submit_draft", "take_out_paper"):
                assert press(story, person, verb, draft).status_code == 404
        assert signed_in(story, person).get(thing(draft)).status_code == 404
    shown = said(signed_in(story, "auditor-1").get(thing(draft)))
    assert "초안 서류 빼기" not in shown
    assert "고치거나 서류 더 넣기" not in shown


def test_a_paper_of_another_teams_draft_cannot_be_taken_out(live):
    story, call = live
    mine = drafted(story, call, paper_0=pdf(PLAN))
    press(story, "y-lead", "save_draft", call, summary="", other_kind="", paper_0=pdf("남"))
    theirs = DraftPaper.objects.exclude(draft=mine).get()
    with unchanged():
        answer = press(story, "x-lead", "take_out_paper", mine, paper=theirs.pk)
    assert answer.status_code == 400


def test_after_the_close_nothing_is_handed_in_changed_or_taken_back(live):
    story, call = live
    draft = drafted(story, call, paper_0=pdf(PLAN), paper_1=pdf(AGREEMENT))
    application = applied_for_y(story, call)
    over(call)
    acts: list[tuple[str, str, Any, dict[str, Any]]] = [
        ("x-lead", "apply", call, given()),
        ("x-lead", "save_draft", call, {"summary": "늦음", "other_kind": ""}),
        ("x-lead", "submit_draft", draft, {}),
        ("x-lead", "take_out_paper", draft, {"paper": draft.papers.first().pk}),
        ("y-lead", "withdraw_application", application, {}),
    ]
    for person, verb, subject, typed in acts:
        with unchanged():
            answer = press(story, person, verb, subject, **typed)
        assert "접수가 마감되었습니다." in alert(answer), verb
        assert "지금은 할 수 없습니다. 접수가 마감되었습니다." in said(
            signed_in(story, person).get(page(verb, subject))
        )


def applied_for_y(story: Story, call: Call) -> Application:
    press(story, "y-lead", "apply", call, **given())
    return Application.objects.get(team=story.teams["y"])


def test_a_person_of_two_teams_says_for_which(live):
    story, call = live
    with named(actor="test", verb="test"):
        TeamPerson.objects.create(team=story.teams["y"], account=story.people["x-lead"])
    with unchanged():
        assert press(story, "x-lead", "apply", call, **given()).status_code == 400
        assert press(story, "x-lead", "apply", call, **given(team=story.teams["a"].pk)).status_code == 400
    press(story, "x-lead", "apply", call, **given(team=story.teams["y"].pk))
    assert Application.objects.get().team == story.teams["y"]


def test_the_files_are_read_by_links_and_each_reading_is_recorded(live):
    story, call = live
    press(story, "x-lead", "apply", call, **given())
    shown = said(signed_in(story, "official-1").get(thing(Application.objects.get())))
    link = re.search(r"/attachments/\d+/", shown)
    assert link
    for person, status in (("official-1", 200), ("x-lead", 200), ("y-lead", 404), ("expert-1", 404)):
        assert signed_in(story, person).get(link[0]).status_code == status
    assert Event.objects.filter(verb="read_attachment").count() == 2


def test_who_may_see_a_receipt(live):
    story, call = live
    press(story, "x-lead", "apply", call, **given())
    application = Application.objects.get()
    over(call)
    expected = {"x-lead": 200, "official-1": 200, "auditor-1": 200, "y-lead": 404, "expert-1": 404, "operator-1": 404}
    url = f"/admin/consortia/application/{application.pk}/receipt/"
    assert {person: signed_in(story, person).get(url).status_code for person in expected} == expected


def test_an_application_of_another_is_nobodys_to_take_back(live):
    story, call = live
    application = applied_for_y(story, call)
    for person, status in (("x-lead", 404), ("official-1", 403), ("auditor-1", 403), ("expert-1", 404)):
        with unchanged():
            assert press(story, person, "withdraw_application", application).status_code == status


@pytest.mark.parametrize("verb", ["apply", "save_draft"])
@pytest.mark.parametrize(
    ("person", "status"),
    [
        *(("x-lead", 200), ("y-lead", 200), ("b-lead", 200), ("c-lead", 200), ("a-lead", 404)),
        *(("official-1", 403), ("auditor-1", 403), ("expert-1", 403), ("operator-1", 404), ("reviewer-1", 404)),
    ],
)
def test_who_may_answer(live, verb: str, person: str, status: int):
    story, call = live
    assert signed_in(story, person).get(page(verb, call)).status_code == status
    if status != 200:
        with unchanged():
            assert press(story, person, verb, call, **given()).status_code == status


def test_an_application_whose_team_applied_elsewhere_is_not_shown(live):
    story, call = live
    press(story, "x-lead", "apply", call, **given())
    rows = signed_in(story, "y-lead").get(listing(Application)).context["cl"].queryset
    assert rows.count() == 0
    assert signed_in(story, "x-lead").get(listing(Application)).context["cl"].queryset.count() == 1
