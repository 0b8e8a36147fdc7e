"""Lists of an official who runs several programmes: what is called alike in two of them says whose it is."""

import re
from decimal import Decimal

import pytest
from django.utils.html import strip_tags

from consortia.models import Programme, Team
from consortia.operations.programmes import found_programme
from core.ledger.naming import named
from evaluation.models import Entry, ResponseBatch, Round, Verdict
from evaluation.operations.figures import record_responses
from evaluation.operations.opening import open_round
from tests.clicking import listing, said, signed_in
from tests.later import later_round
from tests.story import NOW, SYSTEM, Story, told

pytestmark = pytest.mark.django_db
QUERIES = 7


def heads(story: Story, model: type, query: str = "") -> list[str]:
    shown = said(signed_in(story, "official-1").get(listing(model) + query))
    found = re.findall(r'<th[^>]*scope="col"[^>]*>(.*?)</th>', shown, re.DOTALL)
    return [" ".join(strip_tags(each).split()) for each in found]


def choices(story: Story, model: type, field: str) -> list[str]:
    shown = said(signed_in(story, "official-1").get(listing(model)))
    found = re.findall(rf'<a href="\?{field}__id__exact=[0-9]+"[^>]*>(.*?)</a>', shown, re.DOTALL)
    return [" ".join(each.split()) for each in found]


def two() -> tuple[Story, Story]:
    """Two programmes of the same shape, the second by another name."""
    one, other = told("one", teams="a").open(), told("other", teams="abc").open()
    with named(actor="test", verb="test"):
        Programme.objects.filter(pk=other.programme.pk).update(name_ko="둘째 사업")
    return one, other


def test_a_list_of_one_programme_does_not_name_it():
    story = told("one").open()
    columns = ["정예팀", "단계평가", "순서", "참여"]
    assert heads(story, Entry) == columns
    found_programme(actor=SYSTEM, now=NOW, code="empty", name_ko="빈 사업", name_en="Empty", timezone="Asia/Seoul")
    assert heads(story, Entry) == columns, "another without a row changes nothing"


def test_a_list_of_several_names_each_rows(django_assert_num_queries):
    one, other = two()
    client = signed_in(one, "official-1")
    client.get(listing(Entry))
    with django_assert_num_queries(QUERIES):
        shown = said(client.get(listing(Entry)))
    assert heads(one, Entry)[-1] == "사업"
    assert [len(re.findall(rf"<td[^>]*>\s*{name}\s*</td>", shown)) for name in ("시험 사업", "둘째 사업")] == [1, 3]
    only = f"?round__id__exact={other.round.pk}"
    assert "사업" not in heads(one, Entry, only), "narrowed to one of them it needs no name"
    assert heads(one, Team).count("사업") == 1, "a list that always names it names it once"


def test_verdicts_on_teams_of_several_rounds_name_the_round():
    one, other = two()
    for story in (one, other):
        story.judge("a")
    assert heads(one, Verdict) == ["요건", "참여팀", "판정", "시각", "단계평가", "사업"]
    assert heads(one, Verdict, f"?entry__round__id__exact={one.round.pk}") == ["요건", "참여팀", "판정", "시각"]


def test_batches_of_several_rounds_of_one_programme_name_the_round_alone():
    story = told("one").open()
    round = later_round(story)
    open_round(round, actor=story.actor("official-1"), now=story.now)
    columns = ["묶음 번호", "참여팀", "평가항목", "응답 수", "시각", "반영"]
    for each, shown in ((story.round, columns), (round, [*columns, "단계평가"])):
        entry, criterion = each.entries.get(team__code="a"), each.criteria.get(code="user")
        actor = story.actor("official-1")
        record_responses(entry, criterion=criterion, marks=[Decimal(5)], actor=actor, now=story.now)
        assert heads(story, ResponseBatch) == shown


def test_choices_that_are_called_alike_say_whose_they_are():
    one, other = two()
    stage = "1차 단계평가"
    assert choices(one, Verdict, "gate") == [f"독자성 · {stage} · 둘째 사업", f"독자성 · {stage} · 시험 사업"]
    assert choices(one, Verdict, "entry__round") == [f"{stage} · 둘째 사업", f"{stage} · 시험 사업"]
    with named(actor="test", verb="test"):
        Round.objects.filter(pk=other.round.pk).update(name_ko="2차 단계평가")
    assert choices(one, Verdict, "entry__round") == ["2차 단계평가", stage], "what is told apart needs no more"
