"""What a record says in its facts, in words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone, translation

from core.admin.facts import call_facts, called, every_fact, facts_shown
from core.models import Event
from tests.clicking import said, signed_in, thing
from tests.story import SEOUL, told

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("core", "consortia", "evaluation", "appeals")
RECORDING = {"record": {"at"}, "see_marks": {"actor", "now"}}
"""What records facts, and which of its arguments are none."""


def recorded() -> Iterator[tuple[str, str]]:
    """Every fact that is given by its name in the source, and where."""
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RECORDING:
                names = {each.arg for each in node.keywords if each.arg} - RECORDING[node.func.id]
                yield from ((name, str(path.relative_to(ROOT))) for name in names)


def shown(**facts: object) -> str:
    """The lines alone, without what was recorded."""
    with timezone.override(SEOUL):
        return str(facts_shown(facts)).partition("<details>")[0]


def line(name: str, value: str) -> str:
    return f"<div><dt>{name}</dt><dd>{value}</dd></div>"


def test_every_fact_is_called_something():
    found = list(recorded())
    assert len(found) > 200
    assert [each for each in found if each[0] not in every_fact()] == []


def test_a_fact_has_one_name():
    with pytest.raises(ValueError, match="the fact team is called both"):
        call_facts({"team": "조"})
    assert called("team") == "정예팀"
    assert called("of_another_day") == "of_another_day"


@pytest.mark.parametrize(
    ("facts", "lines"),
    [
        ({"late": True, "excluded": False}, [("늦게 받음", "예"), ("평가표 제외", "아니요")]),
        ({"snapshot": None, "files": {}, "text": ""}, [("순위표", "—"), ("파일", "—"), ("내용", "—")]),
        ({"verdict": "failed", "finding": "abstain"}, [("판정", "미충족"), ("의견", "의견 없음")]),
        ({"decides": "announce", "role": "auditor"}, [("결정할 일", "결과 발표"), ("역할", "감사 담당")]),
        ({"closes_at": "2026-01-26T15:00:00+00:00"}, [("마감", "2026년 1월 26일(월) 24:00까지")]),
        ({"closed_at": "2026-01-26T15:00:00+00:00"}, [("정지 전 마감", "2026년 1월 26일(월) 24:00까지")]),
        ({"arrived_at": "2026-01-26T15:00:00+00:00"}, [("도달 시각", "2026년 1월 27일(화) 00:00")]),
        ({"until": "2026-01-31"}, [("까지", "2026년 1월 31일(토)")]),
        ({"date": "2026-03-02"}, [("날짜", "2026년 3월 2일(월)")]),
        ({"code": "2026-02-30", "team": "2026-1"}, [("코드", "2026-02-30"), ("정예팀", "2026-1")]),
        ({"order": ["a", "b"], "points": "9.50"}, [("순서", "a, b"), ("점수", "9.50")]),
        ({"text": "<b>굵게</b>"}, [("내용", "&lt;b&gt;굵게&lt;/b&gt;")]),
    ],
)
def test_times_and_codes_are_told_in_words(facts, lines):
    assert shown(**facts) == f'<dl class="s-facts">{"".join(line(*each) for each in lines)}</dl>'


def test_what_lies_within_is_told_by_the_codes_that_it_has():
    """A team may be called by whatever a fact is called by."""
    assert line("team", "진출") in shown(outcomes={"team": "advanced", "b": "eliminated"})
    within = shown(corrections=[{"set_gate": {"team": "c", "verdict": "passed"}}])
    assert f"{line('정예팀', 'c')}{line('판정', '충족')}" in within
    assert "<dt>요건 판정</dt>" in within
    assert line("공개 범위", "모두") in shown(arguments={"disclosure": "full"})


@pytest.mark.parametrize(
    ("verb", "kind", "words"),
    [
        ("declare_conflict", "other", "그 밖의 이해관계"),
        ("file_document", "other", "other"),
        ("file_document", "technical_report", "기술 보고서"),
        ("import_roster", "people", "팀 담당자"),
        ("take_out_paper", "people", "people"),
    ],
)
def test_a_code_means_what_its_verb_says(verb, kind, words):
    """A team calls its paper by a word of its own, which may be the code of an interest."""
    assert line("종류", words) in facts_shown({"kind": kind}, verb)


@pytest.mark.parametrize("verb", ["lay_down_support", "except_support", "reallocate_support"])
def test_what_a_fact_is_called_may_hang_on_its_verb_and_is_the_same_where_that_was_prepared(verb):
    assert line("번호", "4") in facts_shown({"number": 4}, "adopt_criteria")
    assert line("수량", "768") in facts_shown({"number": 768}, verb)
    prepared = {"decides": verb, "arguments": {"team": "a", "number": 0}}
    assert f"{line('정예팀', 'a')}{line('수량', '0')}" in facts_shown(prepared, "prepare")


def test_nothing_recorded_is_a_dash_and_all_of_it_stands_below_as_it_was():
    assert facts_shown({}) == "—"
    assert "&quot;verdict&quot;: &quot;failed&quot;" in facts_shown({"verdict": "failed"})


@pytest.mark.django_db
def test_the_record_tells_them_in_the_reader_s_language():
    story = told(teams="ab", seats=1).open()
    story.judge("a", "failed")
    official = signed_in(story, "official-1")
    event = Event.objects.get(verb="decide_gate")
    assert line("판정", "미충족") in said(official.get(thing(event)))
    with translation.override("en"):
        assert line("Verdict", "Not met") in str(facts_shown(event.facts))
