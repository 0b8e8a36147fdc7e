"""Handing in a paper in the panel, with files: by a team's own people and by officials; who finds the files where."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.utils import timezone

from core.attachments.receiving import received
from core.models import Attachment, Event
from evaluation.models import Document
from evaluation.operations.components import declare_component
from evaluation.operations.papers import file_document
from evaluation.states import Origin
from tests.clicking import listing, page, press, said, signed_in, thing
from tests.core.attachments.conftest import disk
from tests.files import PDF, PNG, upload
from tests.later import later_round
from tests.sheeted import cleared
from tests.story import NOW, Story, today, told
from tests.unchanged import unchanged

__all__ = ["disk"]
pytestmark = pytest.mark.django_db
WORDS = {"kind": "소명서", "title": "비전 인코더 소명서"}
LATE = "자료 제출 마감(2026년 1월 15일(목) 14:00) 뒤에 접수되어 평가에 반영하지 않습니다."


@pytest.fixture
def story() -> Story:
    return told(teams="ab", seats=1, evidence_closes=today() + timedelta(days=1)).open()


def closed() -> Story:
    return told(teams="ab", seats=1, evidence_closes=NOW).open()


def pdf(content: bytes = PDF, name: str = "소명서.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(story: Story, person: str = "b-lead", subject: Any = None, **typed: Any) -> HttpResponse:
    subject = subject or story.teams["b"]
    given = WORDS | {"round": story.round.pk, "papers": [pdf(), pdf(PNG, "도표.png")]} | typed
    return press(story, person, "file_document", subject, **given)


def filed(story: Story, team: str = "b", names: tuple[str, ...] = ("보고서.pdf",), **given: Any) -> Document:
    facts = {"kind": "보고서", "title": "기술 보고서", "actor": story.actor(f"{team}-lead"), "now": NOW} | given
    with received([upload(PDF + name.encode(), name) for name in names]) as files:
        return file_document(story.entry(team), files=files, **facts)


def shown(story: Story, person: str, subject: Any) -> str:
    return said(signed_in(story, person).get(subject if isinstance(subject, str) else thing(subject)))


def test_a_team_hands_in_from_its_first_page_and_reads_its_receipt(story: Story):
    team = story.teams["b"]
    first = shown(story, "b-lead", "/admin/")
    assert page("file_document", team) in first
    assert "아직 낸 자료가 없습니다" in first
    form = shown(story, "b-lead", page("file_document", team))
    assert "1차 단계평가의 자료 제출 마감: " in form
    assert "마감이 지났습니다" not in form
    answer = send(story)
    row = Document.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, thing(row))
    assert (row.round, row.team, row.kind, row.title, row.late) == (story.round, team, *WORDS.values(), False)
    assert row.filed_by == story.people["b-lead"]
    assert timezone.now() - row.received_at < timedelta(minutes=1)
    receipt = shown(story, "b-lead", row)
    local = row.received_at.astimezone(story.programme.zone)
    assert f"{local:%Y-%m-%d %H:%M:%S} ({local.year}년 {local.month}월 {local.day}일" in receipt
    assert "소명서.pdf" in receipt
    for file in Attachment.objects.all():
        assert f"/attachments/{file.pk}/" in receipt
        assert file.sha256 in receipt
    first = shown(story, "b-lead", "/admin/")
    assert thing(row) in first
    assert "도표.png" in first


def test_the_file_is_given_out_and_the_reading_is_recorded(story: Story):
    send(story)
    cleared(story, "expert-1")
    file = Attachment.objects.get(name="소명서.pdf")
    answer = signed_in(story, "expert-1").get(f"/attachments/{file.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    line = Event.objects.latest("id")
    assert (line.verb, line.actor, line.subject_id) == ("read_attachment", "test.expert-1", file.pk)


def test_an_official_hands_in_on_the_team_s_page_in_the_round(story: Story):
    entry = story.entry("a")
    assert page("file_document", entry) in shown(story, "official-1", entry)
    answer = send(story, "official-1", entry)
    assert answer["Location"] == thing(Document.objects.get())
    assert Document.objects.get().files.count() == 2


def test_a_paper_without_a_file_is_received_as_before(story: Story):
    assert send(story, papers=[]).status_code == 302
    assert "낸 파일이 없습니다." in shown(story, "b-lead", Document.objects.get())


def test_sent_twice_it_is_there_once(story: Story, disk: Path):
    assert send(story)["Location"] == send(story)["Location"]
    assert (Document.objects.count(), Attachment.objects.count()) == (1, 2)
    assert len([each for each in disk.rglob("*") if each.is_file()]) == 2


def test_after_the_close_the_form_warns_and_what_comes_is_kept_and_struck(disk: Path):
    story = closed()
    for person, subject in (("b-lead", story.teams["b"]), ("official-1", story.entry("b"))):
        form = shown(story, person, page("file_document", subject))
        assert "1차 단계평가의 자료 제출 마감이 지났습니다(2026년 1월 15일(목) 14:00)." in form
        assert 's-warn" role="note"' in form
    answer = signed_in(story, "b-lead").post(
        page("file_document", story.teams["b"]), WORDS | {"round": story.round.pk, "papers": [pdf()]}, follow=True
    )
    assert f"비전 인코더 소명서: 접수했습니다. {LATE}" in said(answer)
    row = Document.objects.get()
    assert (row.late, row.files.count()) == (True, 1)
    for person in ("b-lead", "official-1", "auditor-1"):
        read = shown(story, person, row)
        assert LATE in read
        assert "소명서.pdf" in read
    assert LATE in shown(story, "official-1", story.entry("b"))
    assert "반영하지 않음" in shown(story, "b-lead", "/admin/")
    assert "소명서.pdf" not in shown(story, "expert-1", story.entry("b"))
    assert signed_in(story, "expert-1").get(thing(row)).status_code == 404


def test_of_several_rounds_the_form_asks_in_which(story: Story):
    later = later_round(story)
    team = story.teams["a"]
    form = shown(story, "a-lead", page("file_document", team))
    assert form.index("2차 단계평가</option>") < form.index("1차 단계평가</option>")
    send(story, "a-lead", team, round=later.pk)
    assert Document.objects.get().round == later
    with unchanged():
        assert send(story, round=later.pk).status_code == 400  # team b is not in it


def test_a_team_in_no_round_is_told_so(story: Story):
    asked = signed_in(story, "x-lead").get(page("file_document", story.teams["x"]))
    assert "참여하는 단계가 없습니다." in said(asked)
    assert page("file_document", story.teams["x"]) not in shown(story, "x-lead", "/admin/")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"papers": [pdf(b"", "빈 것.pdf")]}, "빈 파일입니다: 빈 것.pdf"),
        ({"papers": [pdf(), pdf(b"MZ", "소명서.exe")]}, "받지 않는 형식이거나 이름과 내용이 다릅니다: 소명서.exe"),
        ({"papers": [pdf(PDF + bytes(20 * 1024 * 1024))]}, "파일이 20MB를 넘습니다: 소명서.pdf"),
        ({"papers": [pdf()] * 21}, "파일은 한 번에 20개까지 낼 수 있습니다."),
        ({"kind": " "}, "파일은 다시 골라 주십시오."),
    ],
)
def test_what_is_refused_is_told_beside_the_files_and_leaves_nothing(
    story: Story, disk: Path, typed: dict[str, Any], words: str
):
    with unchanged():
        answer = send(story, **typed)
    assert answer.status_code == 400
    form = said(answer)
    at_fault = form.partition('id="papers_help"')[2].partition("</div>")[0]
    assert words in at_fault
    assert "파일은 다시 골라 주십시오." in at_fault
    assert 'value="비전 인코더 소명서"' in form, "what was typed is not lost with the refusal"
    assert [each for each in disk.rglob("*") if each.is_file()] == []


def test_who_reaches_what(story: Story):
    team, entry, row = story.teams["b"], story.entry("b"), filed(story)
    file = row.files.get()
    cleared(story, "expert-1")
    addresses = [
        page("file_document", team),
        page("file_document", entry),
        thing(row),
        listing(Document),
        f"/attachments/{file.pk}/",
    ]
    people = ("official-1", "b-lead", "a-lead", "auditor-1", "expert-1", "expert-2", "expert-5", "reviewer-1")
    people = (*people, "operator-1")
    found = {person: [signed_in(story, person).get(address).status_code for address in addresses] for person in people}
    assert found == {
        "official-1": [200, 200, 200, 200, 200],
        "b-lead": [200, 404, 200, 200, 200],
        "a-lead": [404, 404, 404, 200, 404],
        "auditor-1": [403, 403, 200, 200, 200],
        "expert-1": [404, 403, 200, 200, 200],
        "expert-2": [404, 403, 404, 200, 404],  # has not declared himself yet
        "expert-5": [404, 403, 404, 200, 404],
        "reviewer-1": [404, 404, 404, 403, 404],
        "operator-1": [404, 404, 404, 403, 404],
    }
    for person in ("a-lead", "expert-2", "expert-5"):
        assert "보고서.pdf" not in shown(story, person, listing(Document))
    with unchanged():
        assert send(story, "a-lead", team).status_code == 404
        assert send(story, "expert-1", entry).status_code == 403
        assert send(story, "auditor-1", team).status_code == 403


def test_whoever_is_signed_out_is_sent_to_sign_in(story: Story, client):
    for address in (page("file_document", story.teams["b"]), f"/attachments/{filed(story).files.get().pk}/"):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("expert", ["expert-4", "expert-5"])
def test_a_conflicted_or_unknown_expert_finds_none_of_it(story: Story, expert: str):
    """expert-4 belongs to team a, of expert-5 nothing is known."""
    row = filed(story, "a")
    for address in (thing(story.entry("a")), listing(Document)):
        assert "보고서.pdf" not in shown(story, expert, address)
    assert signed_in(story, expert).get(f"/attachments/{row.files.get().pk}/").status_code == 404


def test_lists_and_pages_lead_to_the_files(story: Story):
    row = filed(story)
    declare_component(
        story.entry("b"),
        gate=story.gate,
        component="비전 인코더",
        origin=Origin.FROZEN,
        statement="그대로 씀",
        documents=[row],
        actor=story.actor("b-lead"),
        now=NOW,
    )
    cleared(story, "expert-1")
    link = f'<a href="/attachments/{row.files.get().pk}/">보고서.pdf</a>'
    for person in ("official-1", "auditor-1", "expert-1"):
        assert link in shown(story, person, listing(Document))
        assert shown(story, person, story.entry("b")).count(link) == 2  # among its papers, and with the component
    assert link in shown(story, "b-lead", listing(Document))
    assert link in shown(story, "b-lead", story.entry("b").declarations.get())


QUERIES = {
    ("official-1", "list"): 8,
    ("b-lead", "list"): 7,
    ("expert-1", "list"): 12,
    ("official-1", "entry"): 14,
    ("expert-1", "entry"): 31,
    ("b-lead", "first"): 26,
    ("official-1", "paper"): 9,
    ("b-lead", "form"): 10,
}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("person", "where"), QUERIES)
def test_as_many_queries_for_one_paper_with_one_file_as_for_three_with_three(
    story: Story, django_assert_num_queries, count: int, person: str, where: str
):
    names = tuple(f"{number}.pdf" for number in range(count))
    rows = [filed(story, names=names, title=f"보고서 {number}") for number in range(count)]
    addresses = {
        "list": listing(Document),
        "entry": thing(story.entry("b")),
        "first": "/admin/",
        "paper": thing(rows[0]),
        "form": page("file_document", story.teams["b"]),
    }
    cleared(story, "expert-1")
    client = signed_in(story, person)
    client.get(addresses[where])
    with django_assert_num_queries(QUERIES[person, where]):
        client.get(addresses[where])


def test_a_kind_that_a_scenario_names_in_code_is_shown_in_words_and_any_other_as_it_was_written(story: Story):
    coded, own = (
        filed(story, kind="technical_report", title="낸 것"),
        filed(story, kind="학습 기록 모음", title="다른 것"),
    )
    client = signed_in(story, "official-1")
    for address in (
        thing(story.entry("b")),
        thing(coded),
        listing(Document),
        page("declare_component", story.entry("b")),
    ):
        assert "technical_report" not in said(client.get(address)), address
        assert "기술 보고서" in said(client.get(address)), address
    assert "학습 기록 모음" in said(client.get(thing(own)))
    assert "technical_report" not in shown(story, "b-lead", "/admin/")
    client.cookies["django_language"] = "en"
    assert "<small>Technical report · " in said(client.get(thing(story.entry("b"))))
    coded.refresh_from_db()
    assert coded.kind == "technical_report"
