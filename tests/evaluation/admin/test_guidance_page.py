"""Guidance at the panel: written on the round, read beside the criteria by experts, teams and officials."""

import pytest

from evaluation.models import CriteriaVersion, Criterion
from evaluation.operations.guidance import write_guidance
from evaluation.queries.guidance import guidance_of
from tests.clicking import page, press, said, signed_in, thing
from tests.sheeted import sheeted
from tests.story import Story, told
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db

WORDS = "일정이 <현실적>인가"
SHOWN = "일정이 &lt;현실적&gt;인가"


def typed(story: Story, **texts: str) -> dict[str, str]:
    leaves = {leaf.code: leaf.pk for leaf in Criterion.objects.filter(round=story.round)}
    return {f"guidance_{leaves[code]}": text for code, text in texts.items()}


def test_an_official_writes_it_and_everybody_who_is_judged_or_judges_reads_it():
    story = sheeted()
    answer = press(story, "official-1", "write_guidance", story.round, **typed(story, plan=WORDS))
    assert answer.status_code == 302
    assert guidance_of(story.round) == {"plan": WORDS}
    assert SHOWN in said(signed_in(story, "official-1").get(page("write_guidance", story.round)))
    sheet = said(signed_in(story, "expert-1").get(page("submit_sheet", story.entry("a"))))
    assert sheet.index("plan") < sheet.index(SHOWN) < sheet.index("people")
    version = CriteriaVersion.objects.get(round=story.round)
    for person in ("official-2", "expert-1", "a-lead", "auditor-1"):
        assert said(signed_in(story, person).get(thing(version))).count(SHOWN) == 1, person


def test_nothing_new_is_said_plainly():
    story = sheeted()
    client = signed_in(story, "official-1")
    with unchanged():
        answer = client.post(page("write_guidance", story.round), typed(story, plan=" "))
    assert "평가 지침에서 바뀐 것이 없습니다." in said(client.get(answer["Location"]))


def test_after_the_first_sheet_the_page_says_why_and_keeps_what_was_typed():
    story = told().open()
    story.score("a", 90)
    assert "제출된 평가표가 있어 평가 지침을 바꿀 수 없습니다." in said(
        signed_in(story, "official-1").get(thing(story.round))
    )
    with unchanged():
        answer = press(story, "official-1", "write_guidance", story.round, **typed(story, expert="늦은 지침"))
    assert answer.status_code == 400
    assert "늦은 지침" in said(answer)


def test_a_sheet_by_the_api_has_it_too():
    story = sheeted()
    write_guidance(story.round, texts={"growth": WORDS}, actor=story.actor("official-1"), now=story.now)
    answer = signed_in(story, "expert-1").get("/api/v1/rounds/test.stage-1/sheets/a/")
    assert [(each["code"], each["guidance"]) for each in answer.json()["criteria"]] == [
        ("plan", ""),
        ("people", ""),
        ("growth", WORDS),
    ]
