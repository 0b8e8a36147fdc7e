"""Lists of an official who runs several programmes: what is called alike in two of them says whose it is."""

import re

import pytest
from django.utils.html import strip_tags

from consortia.models import Programme, Team
from consortia.operations.programmes import found_programme
from core.ledger.naming import named
from evaluation.models import Document, Entry, Round, Sheet, Verdict
from tests.clicking import listing, said, signed_in
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
    assert "사업" not in heads(story, Entry)
    found_programme(actor=SYSTEM, now=NOW, code="empty", name_ko="빈 사업", name_en="Empty", timezone="Asia/Seoul")
    assert "사업" not in heads(story, Entry), "another without a row changes nothing"


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


def test_choices_that_are_called_alike_say_whose_they_are():
    one, other = two()
    stage = "1차 단계평가"
    assert choices(one, Verdict, "gate") == [f"독자성 · {stage} · 둘째 사업", f"독자성 · {stage} · 시험 사업"]
    assert choices(one, Verdict, "entry__round") == [f"{stage} · 둘째 사업", f"{stage} · 시험 사업"]
    with named(actor="test", verb="test"):
        Round.objects.filter(pk=other.round.pk).update(name_ko="2차 단계평가")
    assert choices(one, Verdict, "entry__round") == ["2차 단계평가", stage], "what is told apart needs no more"


@pytest.mark.parametrize("model", [Document, Sheet, Verdict])
def test_a_list_without_rows_names_none(model: type):
    assert "사업" not in heads(told("one"), model)
