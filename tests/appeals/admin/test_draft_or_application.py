"""A team's draft and its application: one of the two waits or stands, and every page says which."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appeals.operations.applying import apply
from appeals.operations.drafting import submit_draft
from consortia.models import Application, ApplicationDraft, Call
from tests.appeals.after import applied
from tests.appeals.live import over, taking
from tests.clicking import page, press, said, signed_in, thing
from tests.story import Story
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db

WAITS = "팀 x: 저장해 둔 초안이 있습니다. 그 초안을 제출해 주십시오."
EMPTY = "응모 요지를 적거나 서류를 넣어야 합니다."
STANDS = "이 초안은 제출을 기다리지 않습니다."


@pytest.fixture
def live() -> tuple[Story, Call]:
    """A call that asks for no paper."""
    return taking(documents=[])


def drafted(story: Story, call: Call, summary: str = "요지") -> ApplicationDraft:
    answer = press(story, "x-lead", "save_draft", call, summary=summary, other_kind="")
    assert answer.status_code == 302
    return ApplicationDraft.objects.get()


def shown(story: Story, address: str) -> str:
    return said(signed_in(story, "x-lead").get(address))


def test_an_application_that_says_and_holds_nothing_is_refused_by_the_form(live):
    story, call = live
    for summary in ("", "  "):
        with unchanged():
            answer = press(story, "x-lead", "apply", call, summary=summary, other_kind="")
        assert answer.status_code == 400
        assert answer.context["form"].errors == {"summary": [EMPTY]}
    assert press(story, "x-lead", "apply", call, summary="요지", other_kind="").status_code == 302


def test_where_nothing_is_told_but_that_a_team_applied_it_has_applied(live):
    story, call = live
    apply(call, team=story.teams["x"], actor=story.actor("x-lead"), now=call.opened_at)
    assert Application.objects.get().summary == ""


def test_applying_past_a_draft_leads_to_the_draft(live):
    story, call = live
    draft = drafted(story, call)
    form = shown(story, page("apply", call))
    assert f"지금은 할 수 없습니다. {WAITS}" in form
    assert f'href="{thing(draft)}"' in form
    assert "응모 요지" not in form
    on_call = shown(story, thing(call))
    assert f"<b>응모 제출</b> — {WAITS}" in on_call
    assert f'href="{page("apply", call)}"' not in on_call
    assert '<span class="s-badge s-wait">제출 전</span>' in on_call
    with unchanged():
        answer = press(story, "x-lead", "apply", call, summary="다른 요지", other_kind="")
    assert answer.context["form"].errors == {"__all__": [WAITS]}
    assert "다른 요지" in said(answer)


def test_an_empty_draft_is_not_handed_in(live):
    story, call = live
    draft = drafted(story, call, summary="")
    assert f"<b>응모 초안 제출</b> — {EMPTY}" in shown(story, thing(draft))
    with unchanged():
        answer = press(story, "x-lead", "submit_draft", draft)
    assert answer.context["form"].errors == {"__all__": [EMPTY]}


def test_beside_an_application_a_draft_does_not_wait(live):
    story, call = live
    draft = drafted(story, call)
    assert "초안입니다. 제출해야 접수됩니다." in shown(story, thing(draft))
    press(story, "x-lead", "submit_draft", draft)
    application = Application.objects.get()
    told = shown(story, thing(draft))
    assert STANDS in told
    assert f"접수증 {application.receipt.number}" in told
    assert "초안입니다. 제출해야 접수됩니다." not in told
    assert "<b>응모 초안 제출</b> — 이 팀은 이미 응모하였습니다." in told
    assert '<span class="s-badge s-off">응모함</span>' in shown(story, thing(call))
    assert "접수한 응모는 초안을 고쳐도 바뀌지 않습니다." in shown(story, page("save_draft", call))
    assert "이 팀은 이미 응모하였습니다." in shown(story, page("apply", call))
    press(story, "x-lead", "withdraw_application", application)
    assert "초안입니다. 제출해야 접수됩니다." in shown(story, thing(draft))
    assert press(story, "x-lead", "submit_draft", draft).status_code == 302


def test_a_draft_that_was_not_handed_in_before_the_close_says_so(live):
    story, call = live
    draft = drafted(story, call)
    over(call)
    assert "제출하지 않은 초안입니다. 접수가 마감되어 더는 제출할 수 없습니다." in shown(story, thing(draft))


def test_the_first_page_says_whether_a_draft_waits_or_an_application_stands(live):
    story, call = live
    assert f'<a href="{thing(call)}">{call}</a>' in shown(story, "/admin/")
    draft = drafted(story, call)
    waiting = shown(story, "/admin/")
    assert f'<span class="s-badge s-wait">제출 전</span> <a href="{thing(draft)}">응모 초안</a>' in waiting
    assert "응모함" not in waiting
    press(story, "x-lead", "submit_draft", draft)
    application = Application.objects.get()
    receipt = (
        f'<a href="/admin/consortia/application/{application.pk}/receipt/">접수증 {application.receipt.number}</a>'
    )
    stands = f'<span class="s-badge s-good">응모함</span> {receipt}'
    for closed in (False, True):
        if closed:
            over(call)
        told = shown(story, "/admin/")
        assert stands in told
        assert told.count(str(call)) == 1
        assert "제출 전" not in told
    assert "응모함" not in said(signed_in(story, "y-lead").get("/admin/"))


def test_the_first_page_of_a_team_that_may_not_answer_leads_to_the_public_page(live):
    story, call = live
    told = said(signed_in(story, "a-lead").get("/admin/"))
    assert f'<a href="/calls/test/{call.code}/">{call}</a>' in told
    assert thing(call) not in told


def test_the_first_page_asks_as_often_with_an_application_as_without(live):
    story, call = live
    client = signed_in(story, "x-lead")
    client.get("/admin/")
    counts = []
    for team in ("y", "x"):
        applied(story, call, team)
        with CaptureQueriesContext(connection) as caught:
            client.get("/admin/")
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_submitting_a_draft_is_refused_in_the_order_of_the_codes(live):
    story, call = live
    draft = drafted(story, call, summary="")
    with refused("incomplete"):
        submit_draft(draft, actor=story.actor("x-lead"), now=call.opened_at)
    with refused("too_late"):
        submit_draft(draft, actor=story.actor("x-lead"), now=call.closes_at)
    with refused("not_entitled"):
        submit_draft(draft, actor=story.actor("y-lead"), now=call.closes_at)
