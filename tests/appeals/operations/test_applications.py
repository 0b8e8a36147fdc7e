"""Applications: papers, receipts, drafts, taking one back and handing in anew."""

import hashlib
from datetime import timedelta

import pytest

from appeals.operations.applying import Paper, apply, withdraw_application
from appeals.operations.drafting import save_draft, submit_draft, take_out_paper
from appeals.operations.selecting import screen_application
from appeals.policies import call_evaluators
from appeals.queries.receipts import application_receipt
from consortia.models import Application, ApplicationDraft, ApplicationPaper, Call, DraftPaper
from consortia.operations.teams import Part, register_person, register_team
from core.attachments.receiving import received
from core.roles import Role
from tests.appeals.after import DAY, TICK, answered, applied, authorised, chosen, contested, opened, swept, voted
from tests.files import PDF, PNG, upload
from tests.story import NOW, SYSTEM, Story
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db
PLAN, AGREEMENT = "사업계획서", "협약서"


@pytest.fixture
def story() -> Story:
    return contested()


@pytest.fixture
def call(story) -> Call:
    """An open call that asks for two kinds of paper."""
    return opened(story, documents=[PLAN, AGREEMENT])


def with_papers(story, call, *kinds, team="x", who=None, now=None) -> Application:
    with received([upload(PDF + kind.encode(), f"{kind}.pdf") for kind in kinds]) as files:
        papers = [Paper(kind, file) for kind, file in zip(kinds, files, strict=True)]
        person = story.actor(who or f"{team}-lead")
        return apply(
            call, team=story.teams[team], summary=" 요지 ", papers=papers, actor=person, now=now or call.opened_at + DAY
        )


def drafted(story, call, *kinds, team="x", who=None, now=None, summary=None) -> ApplicationDraft:
    with received([upload(PDF + kind.encode(), f"{kind}.pdf") for kind in kinds]) as files:
        papers = [Paper(kind, file) for kind, file in zip(kinds, files, strict=True)]
        person = story.actor(who or f"{team}-lead")
        return save_draft(
            call, team=story.teams[team], summary=summary, papers=papers, actor=person, now=now or call.opened_at + DAY
        )


def taken_back(story, application, who="x-lead", now=None) -> Application:
    return withdraw_application(application, actor=story.actor(who), now=now or application.submitted_at + DAY)


def test_papers_and_a_receipt_come_with_an_application(story, call):
    with written() as changes:
        application = with_papers(story, call, PLAN, AGREEMENT)
    receipt = application_receipt(application)
    assert application.summary == "요지"
    assert (receipt.number, receipt.at) == ("2026-응모-0001", call.opened_at + DAY)
    assert receipt.files == [
        (f"{kind}.pdf", hashlib.sha256(PDF + kind.encode()).hexdigest()) for kind in (PLAN, AGREEMENT)
    ]
    assert len(receipt.before[1]) == 64
    assert changes == [
        "consortia_application I test.x-lead apply",
        *["core_attachment I test.x-lead take_in", "core_event I test.x-lead take_in"] * 2,
        *["consortia_applicationpaper I test.x-lead apply"] * 2,
        "consortia_applicationreceipt I test.x-lead apply",
        "core_event I test.x-lead apply",
    ]


def test_a_call_that_asks_for_nothing_takes_an_application_without_papers(story):
    assert applied(story, opened(story), "x").receipt.number == "2026-응모-0001"


def test_a_missing_kind_is_named_and_nothing_is_kept(story, call, disk):
    with refused("incomplete") as caught:
        with_papers(story, call, PLAN, "부록")
    assert caught.value.facts["missing"] == [AGREEMENT]
    assert [path for path in disk.rglob("*") if path.is_file()] == []


def test_a_second_beside_it_is_duplicate(story, call):
    with_papers(story, call, PLAN, AGREEMENT)
    with refused("duplicate"):
        with_papers(story, call, PLAN, AGREEMENT)


def test_an_application_is_taken_back_and_handed_in_anew(story, call):
    first = with_papers(story, call, PLAN, AGREEMENT)
    with written() as changes:
        taken_back(story, first)
    assert changes == [
        "consortia_application U test.x-lead withdraw_application",
        "core_event I test.x-lead withdraw_application",
    ]
    assert not call.applications.exists()
    first = Application.everything.get(pk=first.pk)
    assert (first.state, first.withdrawn_at, first.withdrawn_by) == (
        "submitted",
        first.submitted_at + DAY,
        story.people["x-lead"],
    )
    with unchanged():
        taken_back(story, first)
    second = with_papers(story, call, PLAN, AGREEMENT)
    assert list(call.applications.all()) == [second]
    assert second.receipt.number == "2026-응모-0002"
    assert Application.everything.filter(call=call).count() == 2


def test_what_is_refused_of_taking_back(story, call):
    application = with_papers(story, call, PLAN, AGREEMENT)
    with refused("not_entitled"):
        taken_back(story, application, who="y-lead")
    with refused("not_allowed"):
        taken_back(story, application, who="official-1")
    with refused("too_late"):
        taken_back(story, application, now=call.closes_at)
    taken_back(story, application, now=call.closes_at - TICK)


def test_who_took_back_is_judged_by_nobody_and_bars_nobody(story, call):
    with_papers(story, call, PLAN, AGREEMENT, team="y")
    a_panelist = story.people["expert-1"].pk
    team = register_team(
        story.programme,
        actor=SYSTEM,
        now=NOW,
        code="z",
        name_ko="팀 z",
        name_en="Team Z",
        parts=[Part(story.organisations["outside"], lead=True)],
    )
    lead = register_person(
        story.programme,
        actor=SYSTEM,
        now=NOW,
        code="z-lead",
        name_ko="z",
        name_en="z",
        role=Role.APPLICANT,
        team=team,
    )
    story.teams["z"], story.people["z-lead"] = team, lead
    application = with_papers(story, call, PLAN, AGREEMENT, team="z")
    assert a_panelist not in call_evaluators(call, call.closes_at)
    taken_back(story, application, who="z-lead")
    assert a_panelist in call_evaluators(call, call.closes_at)
    swept(call.closes_at)
    with refused("wrong_state"):
        screen_application(
            application, eligible=True, reason="사유", actor=story.actor("official-1"), now=call.closes_at
        )


def test_a_single_applicant_is_evaluated_all_the_same(story):
    call = answered(story, "x")
    with refused("no_majority"):
        chosen(story, call, "x")
    voted(story, call, "x", "expert-1", accept=True)
    with refused("no_majority"):
        chosen(story, call, "x")
    voted(story, call, "x", "expert-2", "expert-3")
    chosen(story, call, "x")
    assert Application.objects.get().state == "selected"
    call.refresh_from_db()
    assert call.state == "concluded"


def test_a_single_applicant_who_is_not_good_enough_is_not_selected(story):
    call = answered(story, "x")
    voted(story, call, "x", "expert-1", "expert-2", "expert-3", accept=False)
    chosen(story, call, "none")
    assert Application.objects.get().state == "not_selected"


def test_a_draft_is_kept_changed_and_handed_in(story, call):
    with written() as changes:
        draft = drafted(story, call, PLAN, summary="처음")
    assert changes[:1] == ["consortia_applicationdraft I test.x-lead save_draft"]
    assert not call.applications.exists()
    with refused("incomplete"):
        submit_draft(draft, actor=story.actor("x-lead"), now=call.opened_at + DAY)
    assert drafted(story, call, AGREEMENT, "부록") == draft
    take_out_paper(DraftPaper.objects.get(kind="부록"), actor=story.actor("x-lead"), now=call.opened_at + DAY)
    drafted(story, call, summary="고친 요지", now=call.opened_at + 2 * DAY)
    application = submit_draft(draft, actor=story.actor("x-lead"), now=call.opened_at + 3 * DAY)
    assert application.summary == "고친 요지"
    assert [paper.kind for paper in application.papers.all()] == [PLAN, AGREEMENT]
    assert len(application_receipt(application).files) == 2


def test_the_same_draft_again_changes_nothing(story, call):
    drafted(story, call, summary="요지")
    with unchanged():
        drafted(story, call, summary=" 요지 ")
        drafted(story, call)


def test_a_draft_stays_and_is_handed_in_anew_after_a_withdrawal(story, call):
    draft = drafted(story, call, PLAN, AGREEMENT)
    person, at = story.actor("x-lead"), call.opened_at + DAY
    first = submit_draft(draft, actor=person, now=at)
    with refused("duplicate"):
        submit_draft(draft, actor=person, now=at)
    taken_back(story, first)
    second = submit_draft(draft, actor=person, now=at + 2 * DAY)
    kept = [set(each.papers.values_list("attachment", flat=True)) for each in (first, second)]
    assert kept[0] == kept[1]
    assert ApplicationPaper.objects.count() == 4


def test_a_paper_of_another_draft_is_nobodys(story, call):
    drafted(story, call, PLAN, AGREEMENT, team="y")
    of_y = list(DraftPaper.objects.select_related("draft", "attachment"))
    with refused("unknown"):
        apply(call, team=story.teams["x"], papers=of_y, actor=story.actor("x-lead"), now=call.opened_at)


def test_what_is_refused_of_a_draft(story, call):
    with refused("not_entitled"):
        drafted(story, call, who="y-lead")
    with refused("not_allowed"):
        drafted(story, call, who="official-1")
    with refused("not_eligible"):
        drafted(story, call, team="a")
    with refused("too_late"):
        drafted(story, call, now=call.closes_at)
    with refused("incomplete"):
        drafted(story, call, " ")
    draft = drafted(story, call, *["부록"] * 20)
    with refused("out_of_range"):
        drafted(story, call, "하나 더")
    paper = draft.papers.first()
    with refused("not_entitled"):
        take_out_paper(paper, actor=story.actor("y-lead"), now=call.opened_at)
    with refused("too_late"):
        submit_draft(draft, actor=story.actor("x-lead"), now=call.closes_at)


def test_before_it_opens_there_is_no_draft(story):
    call = authorised(story)
    with refused("wrong_state"):
        drafted(story, call, now=NOW)


def test_taking_out_again_changes_nothing(story, call):
    paper = drafted(story, call, PLAN).papers.get()
    take_out_paper(paper, actor=story.actor("x-lead"), now=call.opened_at + DAY)
    with unchanged():
        take_out_paper(paper, actor=story.actor("x-lead"), now=call.opened_at + timedelta(days=2))


def test_files_of_another_kind_than_pdf_are_fine(story):
    call = opened(story)
    with received([upload(PNG, "그림.png")]) as files:
        papers = [Paper("그림", files[0])]
        application = apply(call, team=story.teams["x"], papers=papers, actor=story.actor("x-lead"), now=call.opened_at)
    assert application.papers.get().attachment.kind == "image/png"
