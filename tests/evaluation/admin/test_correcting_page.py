"""A batch of corrections in rows, looked at before it is prepared and before it is approved."""

from decimal import Decimal

import pytest

from core.admin.fields import NO_FIGURE
from core.models import Decision
from evaluation.models import Correction, DirectPoints, NameCorrection, Snapshot
from evaluation.verbs import CORRECT
from tests.appeals.after import ENDS, contested, on_panel, swept
from tests.clicking import page, part, press, said, signed_in, thing
from tests.evaluation.operations.corrections import measured, points
from tests.story import Story, told
from tests.typed import NO_FIGURES
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    """a advances with 90, b fails the gate with 80, c is eliminated with 70; two seats."""
    return contested()


def row(number: int, team: str, what: str, value: str = "") -> dict[str, str]:
    return {f"row-{number}-team": team, f"row-{number}-what": what, f"row-{number}-value": value}


def correct(story: Story, *rows: dict[str, str], person: str = "official-1", **given: str):
    fields = {name: value for each in rows for name, value in each.items()}
    return press(story, person, "correct", story.round, **{"reason": "오기"} | fields | given)


def test_the_form_has_rows_and_no_script(story: Story):
    shown = said(signed_in(story, "official-1").get(page("correct", story.round)))
    assert shown.count('class="s-row ') + shown.count('class="s-row"') == 6
    for words in ("points:bench", "gate:originality:passed", "sheet:expert-1", "name:ko", "미리 보기"):
        assert words in shown
    assert "<script>" not in shown


def test_looking_ahead_shows_old_and_new_and_writes_nothing(story: Story):
    with unchanged():
        answer = correct(
            story, row(1, "c", "points:bench", "39.5"), row(3, "b", "gate:originality:passed"), foresee="1"
        )
    assert answer.status_code == 200
    shown = said(answer)
    for words in (
        "<del>70.0</del>",
        "<ins>69.5</ins>",
        "결과가 바뀌는 팀: <b>팀 b</b>",
        "팀 c · bench: 39.5점으로",
        'value="39.5"',
        "총점 70.0, 바뀐 뒤 69.5",
    ):
        assert words in shown
    assert not Decision.objects.filter(verb="correct").exists()


def test_looking_ahead_needs_no_reason_and_gives_more_rows(story: Story):
    answer = correct(story, *(row(number, "c", "points:bench", "39") for number in range(1, 7)), reason="", foresee="1")
    assert answer.status_code == 200
    assert 'name="row-9-team"' in said(answer)
    assert '사유 <span class="s-must"' in said(answer), "asked for by the step itself"
    with unchanged():
        answer = correct(story, row(1, "c", "points:bench", "39"), reason="")
    assert answer.status_code == 400


def test_two_officials_correct_and_the_approver_sees_the_same(story: Story):
    answer = correct(story, row(1, "c", "points:bench", "39.5"), row(2, "b", "gate:originality:passed"))
    assert answer.status_code == 302, said(answer)
    assert (Snapshot.objects.count(), Correction.objects.count()) == (1, 0)
    decision = Decision.objects.latest("pk")
    for address in (thing(decision), page("approve", decision)):
        with unchanged():
            shown = said(signed_in(story, "official-2").get(address))
        for words in (
            "<del>70.0</del>",
            "<ins>69.5</ins>",
            "결과가 바뀌는 팀: <b>팀 b</b>",
            "팀 c · bench: 39.5점으로",
        ):
            assert words in shown
    with unchanged():
        auditor = said(signed_in(story, "auditor-1").get(thing(decision)))
    assert "<ins>69.5</ins>" in auditor
    assert press(story, "official-2", "approve", decision).status_code == 302
    assert Correction.objects.get().items == [
        {"set_points": {"team": "c", "criterion": "bench", "points": "39.5"}},
        {"set_gate": {"gate": "originality", "team": "b", "verdict": "passed"}},
    ]
    assert DirectPoints.objects.standing().get(entry=story.entry("c")).points == Decimal("39.5")


def test_a_name_is_put_right_in_the_same_way(story: Story):
    correct(story, row(1, "b", "name:ko", "바른 이름"))
    decision = Decision.objects.latest("pk")
    shown = said(signed_in(story, "official-2").get(thing(decision)))
    assert "<del>팀 b</del>" in shown
    assert "<ins>바른 이름</ins>" in shown
    press(story, "official-2", "approve", decision)
    assert NameCorrection.objects.get().was == "팀 b"
    assert "바른 이름" in said(signed_in(story, "official-1").get(part("standings", story.round)))


def test_measurements_and_sheets_have_their_rows():
    story = measured()
    shown = said(signed_in(story, "official-1").get(page("correct", story.round)))
    assert "measurement:bench:m1" in shown
    answer = correct(story, row(1, "b", "measurement:bench:m1", "12.5"), row(2, "a", "sheet:expert-1"))
    assert answer.status_code == 302, said(answer)
    press(story, "official-2", "approve", Decision.objects.latest("pk"))
    assert Correction.objects.get().items == [
        {"set_measurement": {"team": "b", "criterion": "bench", "name": "m1", "value": "12.5"}},
        {"exclude_sheet": {"person": "expert-1", "team": "a"}},
    ]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (row(2, "", "points:bench", "1"), "팀을 고르십시오."),
        (row(2, "c", "", "1"), "고칠 것을 고르십시오."),
        (row(2, "c", "points:bench"), "새 값을 적어야 합니다."),
        *((row(2, "c", "points:bench", typed), str(NO_FIGURE)) for typed in NO_FIGURES),
        (row(2, "c", "gate:originality:passed", "1"), "이 정정에는 새 값을 적지 않습니다."),
        (row(2, "c", "name:ko", " "), "새 값을 적어야 합니다."),
        (row(2, "c", "points:none", "1"), "points:none"),
        (row(2, "c", "points:bench", "40.1"), "bench: 결과가 0점에서 40점 사이를 벗어납니다."),
    ],
)
@pytest.mark.parametrize("foresee", [{}, {"foresee": "1"}])
def test_a_fault_stands_beside_its_row(story: Story, fault: dict[str, str], words: str, foresee: dict[str, str]):
    with unchanged():
        answer = correct(story, row(1, "a", "points:bench", "39"), fault, **foresee)
    shown = said(answer)
    assert words in shown
    if "40.1" in fault.values() and foresee:
        assert answer.status_code == 200  # it can be looked at, and says that it cannot be
        return
    assert answer.status_code == 400
    second = shown.index('id="id_row-2-team"')
    third = shown.index('id="id_row-3-team"')
    assert second < shown.index("s-error", second) < third
    assert "s-error" not in shown[shown.index('id="id_row-1-team"') : second]


def test_a_tie_that_it_would_leave_is_shown_and_refused(story: Story):
    rows = [row(1, "c", "points:bench", "40"), row(2, "b", "points:bench", "30")]
    with unchanged():
        looked = correct(story, *rows, foresee="1")
        refused = correct(story, *rows)
    assert "이대로는 정정할 수 없습니다. 동점으로 진출이 갈립니다" in said(looked)
    assert (refused.status_code, "동점으로 진출이 갈립니다" in said(refused)) == (400, True)


def test_a_tie_that_it_would_leave_is_put_in_order_by_places(story: Story):
    """b has passed the gate and c gets what b has: one of them is second."""
    rows = [row(1, "b", "tie", "2"), row(2, "c", "tie", " 1 "), row(3, "b", "gate:originality:passed")]
    rows.append(row(4, "b", "points:bench", "30"))
    with unchanged():
        shown = said(correct(story, *rows, foresee="1"))
    assert "동점자 순서: 팀 c &gt; 팀 b" in shown
    assert "이대로는 정정할 수 없습니다" not in shown
    assert correct(story, *rows).status_code == 302
    assert Decision.objects.latest("pk").arguments["corrections"][-1] == {"break_tie": {"order": ["c", "b"]}}
    assert press(story, "official-2", "approve", Decision.objects.latest("pk")).status_code == 302
    assert [line.entry.team.code for line in Snapshot.objects.latest("number").rows.all()] == ["a", "c", "b"]


@pytest.mark.parametrize(
    ("places", "words"),
    [
        (("1", "1"), "순번이 겹칩니다."),
        (("1", ""), "새 값을 적어야 합니다."),
        (("1", "0"), "1부터 시작하는 순번을 적습니다."),
        (("1", "1.5"), "1부터 시작하는 순번을 적습니다."),
        (("1", "둘"), "1부터 시작하는 순번을 적습니다."),
    ],
)
def test_a_place_that_is_none_is_told_beside_its_row(story: Story, places: tuple[str, str], words: str):
    with unchanged():
        shown = said(correct(story, row(1, "b", "tie", places[0]), row(2, "c", "tie", places[1])))
    second, third = (shown.index(f'id="id_row-{number}-team"') for number in (2, 3))
    assert words in shown[second:third]


def test_nothing_is_no_correction(story: Story):
    with unchanged():
        answer = correct(story)
    assert (answer.status_code, "정정할 것을 적어야 합니다." in said(answer)) == (400, True)


def test_whoever_judged_neither_looks_nor_prepares(story: Story):
    on_panel(story, "official-3")
    for foresee in ({}, {"foresee": "1"}):
        with unchanged():
            answer = correct(story, row(1, "c", "points:bench", "39"), person="official-3", **foresee)
        assert "평가위원은 결정에 참여할 수 없습니다." in said(answer)


def test_only_an_announced_result_is_corrected():
    drafted = told("drafted")
    assert page("correct", drafted.round) not in said(signed_in(drafted, "official-1").get(thing(drafted.round)))
    story = contested()
    swept(ENDS)
    for foresee in ({}, {"foresee": "1"}):
        with unchanged():
            answer = correct(story, row(1, "c", "points:bench", "39"), **foresee)
        assert "발표되어 확정되지 않은 결과만 정정합니다." in said(answer)


def test_a_preparation_that_has_become_impossible_says_why(story: Story):
    correct(story, row(1, "c", "points:bench", "39.5"))
    decision = Decision.objects.latest("pk")
    story.decide(CORRECT, corrections=[points("b", "29.5")])
    with unchanged():
        shown = said(signed_in(story, "official-2").get(thing(decision)))
    assert "이대로는 정정할 수 없습니다. 동점으로 진출이 갈립니다" in shown
    assert "기안한 뒤에 바뀜 · 결재하면 무효" in shown
