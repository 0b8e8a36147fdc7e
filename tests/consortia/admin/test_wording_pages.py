"""The words of a programme's calls, and its least notice, by their pages."""

import pytest

from consortia.models import CallTemplate
from consortia.rules.notice import DEFAULT_TEMPLATE
from tests.clicking import listing, page, press, said, signed_in, thing
from tests.story import Story, told
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db

GIVEN = {
    "set_call_template": {"text": "{사업명} 공고", "first_conditions": "GPU 512장"},
    "set_least_notice_days": {"days": "20", "reason": "공고 규정"},
}


@pytest.fixture
def story() -> Story:
    return told()


def test_the_words_are_laid_down_in_versions(story: Story):
    first = said(signed_in(story, "official-1").get(page("set_call_template", story.programme)))
    assert DEFAULT_TEMPLATE.splitlines()[0] in first
    assert "{공고 기간}" in first
    answer = press(story, "official-1", "set_call_template", story.programme, **GIVEN["set_call_template"])
    assert answer.status_code == 302, said(answer)
    shown = said(signed_in(story, "official-1").get(page("set_call_template", story.programme)))
    assert "{사업명} 공고" in shown
    assert "GPU 512장" in shown
    template = CallTemplate.objects.get()
    assert (template.version, template.set_by) == (1, story.people["official-1"])
    assert "GPU 512장" in said(signed_in(story, "auditor-1").get(thing(template)))


@pytest.mark.parametrize(
    ("verb", "change", "words"),
    [
        ("set_call_template", {"text": "{사업명} {없는 것}"}, "없는 빈칸입니다: 없는 것"),
        ("set_call_template", {"text": " "}, "필수 항목"),
        ("set_least_notice_days", {"days": "0"}, "1 이상"),
        ("set_least_notice_days", {"days": "367"}, "366 이하"),
        ("set_least_notice_days", {"reason": " "}, "필수 항목"),
    ],
)
def test_what_cannot_be_is_refused(story: Story, verb: str, change: dict[str, str], words: str):
    with unchanged():
        answer = press(story, "official-1", verb, story.programme, **(GIVEN[verb] | change))
    assert answer.status_code == 400
    assert words in said(answer)


def test_the_least_notice_is_changed_for_a_reason(story: Story):
    assert press(story, "official-1", "set_least_notice_days", story.programme, **GIVEN["set_least_notice_days"])
    story.programme.refresh_from_db()
    assert story.programme.least_notice_days == 20
    assert "<dd>20</dd>" in said(signed_in(story, "official-1").get(thing(story.programme)))


@pytest.mark.parametrize("verb", GIVEN)
def test_who_may(story: Story, verb: str):
    expected = {"auditor-1": 403, "expert-1": 404, "operator-1": 404, "reviewer-1": 404, "a-lead": 404}
    for person, status in expected.items():
        with unchanged():
            assert press(story, person, verb, story.programme, **GIVEN[verb]).status_code == status, person
    assert signed_in(story, "official-1").get(page(verb, story.programme)).status_code == 200


def test_who_reads_the_versions(story: Story):
    expected = {"official-1": 200, "auditor-1": 200, "expert-1": 403, "operator-1": 403, "a-lead": 403}
    assert {who: signed_in(story, who).get(listing(CallTemplate)).status_code for who in expected} == expected
