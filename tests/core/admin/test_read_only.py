"""Nothing is added, changed or deleted by a form of fields; everyone sees what the table of sights says."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consortia.models import Team
from core.models import Account, Event, LedgerBlock, LedgerItem, Pulse
from core.sight import every_sight
from evaluation.models import Notice
from evaluation.operations.papers import file_document
from tests.clicking import listing, said, signed_in, thing
from tests.sheeted import cleared, clears
from tests.story import Story, told
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db

PEOPLE = {
    "official-1": "official",
    "auditor-1": "auditor",
    "expert-1": "evaluator",
    "operator-1": "operator",
    "reviewer-1": "reviewer",
    "a-lead": "applicant",
}
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label_lower)


@pytest.fixture
def story() -> Story:
    return told().open().score_all({"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}).announce()


def names(model: type) -> str:
    return model._meta.label_lower


def test_every_model_in_the_panel_is_in_the_table_of_sights():
    assert {names(model) for model in MODELS} <= set(every_sight())


@pytest.mark.parametrize("person", PEOPLE)
def test_lists_are_as_the_table_says(story: Story, person: str):
    client = signed_in(story, person)
    for model in MODELS:
        sight = every_sight()[names(model)]
        expected = 200 if PEOPLE[person] in {*sight.everything, *sight.own} else 403
        assert client.get(listing(model)).status_code == expected, (person, names(model))


def test_a_team_s_people_see_their_own_team_and_notice_and_nobody_else_s(story: Story):
    client = signed_in(story, "a-lead")
    for model, own in ((Team, story.teams["a"]), (Notice, Notice.objects.get(entry__team=story.teams["a"]))):
        assert list(client.get(listing(model)).context["cl"].queryset) == [own]
        assert client.get(thing(own)).status_code == 200
        other = model.objects.exclude(pk=own.pk).first()
        assert client.get(thing(other)).status_code == 404


def test_a_list_offers_filters_to_whoever_sees_all_of_it(story: Story):
    """The choices of a filter name other things, of which who sees only his own may see none."""
    for person, offered in (("official-1", True), ("auditor-1", True), ("a-lead", False)):
        assert bool(signed_in(story, person).get(listing(Notice)).context["cl"].list_filter) is offered


def test_a_team_s_first_page_shows_no_other_team_s_window():
    now = timezone.now()
    story = told(now=now).open().score_all({"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}).announce()
    shown = {person: said(signed_in(story, person).get("/admin/")) for person in ("a-lead", "official-1")}
    assert [name in shown["official-1"] for name in ("팀 a", "팀 b")] == [True, True]
    assert [name in shown["a-lead"] for name in ("팀 a", "팀 b")] == [True, False]


@pytest.mark.parametrize("person", PEOPLE)
def test_nothing_is_added_changed_or_deleted(story: Story, person: str):
    client = signed_in(story, person)
    for model in MODELS:
        row = model._default_manager.first()
        with unchanged():
            assert client.get(f"{listing(model)}add/").status_code == 403
            assert client.post(f"{listing(model)}add/", {}).status_code == 403
            if row is not None:
                assert client.post(thing(row), {}).status_code == 403
                deleting = thing(row).replace("/change/", "/delete/")
                assert client.post(deleting, {"post": "yes"}).status_code in {403, 404}


@pytest.mark.parametrize("person", ["official-1", "auditor-1"])
def test_every_thing_has_its_page(story: Story, person: str):
    client = signed_in(story, person)
    for model in MODELS:
        row = model._default_manager.first()
        if row is not None:
            assert client.get(thing(row)).status_code == 200, names(model)


def test_an_expert_sees_his_own_and_nobody_else_s(story: Story):
    for person, sheets in (("expert-1", 5), ("expert-2", 0)):
        client = signed_in(story, person)
        for model in MODELS:
            sight = every_sight()[names(model)]
            if "evaluator" not in sight.own or names(model) not in {"evaluation.sheet", "evaluation.finding"}:
                continue
            rows = client.get(listing(model)).context["cl"].queryset
            assert rows.count() == sheets, (person, names(model))
            first = model._default_manager.first()
            assert client.get(thing(first)).status_code == (200 if sheets else 404)


def test_an_expert_off_the_panel_sees_no_round(story: Story):
    client = signed_in(story, "expert-6")
    assert client.get(listing(type(story.round))).context["cl"].queryset.count() == 0


def test_an_expert_reads_papers_of_teams_about_which_he_has_declared_himself():
    story = told().open()
    for team in ("a", "b"):
        file_document(
            story.entry(team), kind="보고서", title=f"{team} 보고서", actor=story.actor("official-1"), now=story.now
        )
    cleared(story, "expert-1")
    clears(story, "expert-4", "b")
    url = "/admin/evaluation/document/"
    titles = {
        person: set(signed_in(story, person).get(url).context["cl"].queryset.values_list("title", flat=True))
        for person in ("expert-1", "expert-2", "expert-4", "expert-5")
    }
    assert titles == {
        "expert-1": {"a 보고서", "b 보고서"},
        "expert-2": set(),  # has not declared himself yet
        "expert-4": {"b 보고서"},
        "expert-5": set(),
    }


def test_opening_another_s_sheet_is_recorded(story: Story):
    from evaluation.models import Sheet

    sheet = Sheet.objects.first()
    signed_in(story, "expert-1").get(thing(sheet))
    assert not Event.objects.filter(verb="see_marks").exists()
    signed_in(story, "official-1").get(thing(sheet))
    assert Event.objects.get(verb="see_marks").subject_label == str(sheet)


def test_opening_a_line_of_the_record_is_recorded(story: Story):
    for row in (Event.objects.first(), LedgerItem.objects.first()):
        signed_in(story, "auditor-1").get(thing(row))
    assert [event.subject_kind for event in Event.objects.filter(verb="see_record").order_by("pk")] == [
        "core.event",
        "core.ledgeritem",
    ]


@pytest.mark.parametrize("model", [Event, LedgerItem, LedgerBlock])
def test_long_lists_are_never_counted(story: Story, model: type):
    client = signed_in(story, "auditor-1")
    with CaptureQueriesContext(connection) as caught:
        assert client.get(listing(model)).status_code == 200
    assert not [query["sql"] for query in caught if "COUNT(" in query["sql"].upper()]


def test_a_block_leads_to_the_changes_that_it_seals(story: Story):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # which seals what was done so far
    block = LedgerBlock.objects.latest("number")
    shown = said(signed_in(story, "auditor-1").get(thing(block)))
    assert "첫 항목과 끝 항목" in shown
    for item in (block.first_item, block.last_item):
        assert f'<a href="{thing(LedgerItem.objects.get(pk=item))}">{item}</a>' in shown


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_lists_ask_as_often_for_three_rows_as_for_one():
    """Each list with the rows of one round and with those of three."""
    totals = {"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}
    one = told("one").open().score_all(totals).announce()
    client = signed_in(one, "auditor-1")  # who reads every list, a team's drafts too
    before = {model: queries(client, listing(model)) for model in MODELS}
    for code in ("two", "three"):
        told(code).open().score_all(totals).announce()
    after = {model: queries(client, listing(model)) for model in MODELS}
    assert {names(model): (before[model], after[model]) for model in MODELS if before[model] != after[model]} == {}


@pytest.mark.parametrize("person", PEOPLE)
def test_nobody_s_first_page_is_empty(story: Story, person: str):
    shown = said(signed_in(story, person).get("/admin/"))
    assert "s-card" in shown or "s-note" in shown


def test_a_late_sweep_is_told(story: Story):
    assert "가 아직 한 번도 돌지 않았습니다." in said(signed_in(story, "operator-1").get("/admin/"))
    Pulse.objects.create(name="sweep", finished_at=story.now)
    assert "3분이 넘도록 돌지 않았습니다." in said(signed_in(story, "operator-1").get("/admin/"))


def test_the_history_is_the_record(story: Story):
    account = Account.objects.get(username="test.expert-1")
    url = thing(account).replace("/change/", "/history/")
    answer = signed_in(story, "official-1").get(url)
    assert answer["Location"] == f"/admin/core/event/?subject_kind=core.account&subject_id={account.pk}"
    assert signed_in(story, "official-1").get(answer["Location"]).status_code == 200


def test_a_page_links_to_nothing_that_its_reader_may_not_see(story: Story):
    from evaluation.models import Sheet

    sheet = Sheet.objects.select_related("account").first()
    assert "/admin/core/account/" not in said(signed_in(story, "expert-1").get(thing(sheet)))
    assert thing(sheet.account) in said(signed_in(story, "official-1").get(thing(sheet)))


def test_a_block_and_a_change_are_found_by_their_numbers(story: Story):
    client = signed_in(story, "auditor-1")
    for row in (LedgerBlock.objects.latest("number"), LedgerItem.objects.order_by("pk")[3]):
        (found,) = client.get(f"{listing(type(row))}?q={row.pk}").context["cl"].result_list
        assert found == row
        for nowhere in ("999999999999999999", "9" * 30, "²"):
            assert list(client.get(f"{listing(type(row))}?q={nowhere}").context["cl"].result_list) == []


def test_a_change_leads_to_every_change_of_its_row(story: Story):
    client, changed = signed_in(story, "auditor-1"), LedgerItem.objects.filter(change="U").latest("pk")
    asked = f"?relation={changed.relation}&amp;row_key={changed.row_key}"
    assert f'<a href="{listing(LedgerItem)}{asked}">이 행의 모든 변경 보기</a>' in said(client.get(thing(changed)))
    found = client.get(f"{listing(LedgerItem)}?relation={changed.relation}&row_key={changed.row_key}").context["cl"]
    rows = LedgerItem.objects.filter(relation=changed.relation, row_key=changed.row_key)
    assert len(rows) > 1
    assert {each.pk for each in found.result_list} == {each.pk for each in rows}
