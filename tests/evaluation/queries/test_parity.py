"""The parity report from the first grant to the newcomer's, in a programme that has lost and found teams."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from consortia.operations.programmes import found_programme
from consortia.rules.parity import Parity, Share
from consortia.states import SupportKind
from consortia.verbs import EXCEPT_SUPPORT, GRANT_SUPPORT, REALLOCATE_SUPPORT, RETURN_SUPPORT
from evaluation.operations.entries import withdraw
from evaluation.operations.opening import open_round
from evaluation.queries.parity import ParityReport, parity
from evaluation.verbs import ADMIT_TO_ROUND
from tests.later import later_round
from tests.selection import SELECTED, selected
from tests.story import NOW, SYSTEM, Story, told
from tests.support import decided, line_of

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2025, 9, 1), date(2026, 1, 15)
DAY = date(2025, 10, 1)
STAGE = {"since": FIRST, "until": date(2026, 6, 30)}
# 2025-09-01 to 2026-01-15 is 137 days.
WHOLE = 512 * 137


def shares(report: ParityReport, line: str = "gpu") -> dict[str, Share]:
    return dict(next(each for each in report.lines if each.code == line).shares)


def told_of(report: ParityReport, line: str = "gpu") -> dict[str, tuple[int, str]]:
    return {team: (each.number, each.parity.value) for team, each in shares(report, line).items()}


@pytest.fixture
def story() -> Story:
    return told()


def test_every_team_is_due_the_line_and_has_nothing_before_it_is_granted(story):
    line_of(story, **STAGE)
    report = parity(story.programme, DAY)
    assert (report.round, list(report.teams)) == ("stage-1", ["a", "b", "c", "d", "e"])
    assert set(shares(report).values()) == {Share(0, 512, 0, WHOLE, Parity.UNEQUAL, "")}
    assert report.flagged == [("gpu", team) for team in "abcde"]


def test_granted_to_all_it_is_equal_but_for_the_written_exception(story):
    line = line_of(story, **STAGE)
    name = line_of(story, code="name", kind=SupportKind.DESIGNATION, unit="건", number=1, since=FIRST, until=None)
    decided(story, EXCEPT_SUPPORT, line, organisation="org-c", reason="정부에 GPU를 임대하는 기업")
    decided(story, GRANT_SUPPORT, line, teams=["a", "b", "d", "e"])
    decided(story, GRANT_SUPPORT, name, teams=["a", "b", "c", "d", "e"])
    report = parity(story.programme, DAY)
    assert shares(report)["a"] == Share(512, 512, WHOLE, WHOLE, Parity.EQUAL, "")
    assert shares(report)["c"] == Share(0, 0, 0, 0, Parity.EXCEPTED, "정부에 GPU를 임대하는 기업")
    assert set(shares(report, "name").values()) == {Share(1, 1, 137, 137, Parity.EQUAL, "")}
    assert report.flagged == []


def test_what_was_granted_against_a_later_exception_is_flagged(story):
    line = line_of(story, **STAGE)
    decided(story, GRANT_SUPPORT, line, teams=["a", "b", "c", "d", "e"])
    decided(story, EXCEPT_SUPPORT, line, team="c", reason="정부에 GPU를 임대하는 기업")
    report = parity(story.programme, DAY)
    assert report.flagged == [("gpu", "c")]
    assert shares(report)["c"].missing == -WHOLE


def test_a_grant_that_begins_later_than_the_others_lacks_its_days(story):
    line = line_of(story, **STAGE)
    decided(story, GRANT_SUPPORT, line, teams=["a", "b", "c", "d"])
    decided(story, GRANT_SUPPORT, line, teams=["e"], since="2025-09-08")
    report = parity(story.programme, DAY)
    assert report.flagged == [("gpu", "e")]
    assert shares(report)["e"].missing == 512 * 7


def test_a_team_that_withdraws_is_to_return_and_then_stands_there_no_more(story):
    line = line_of(story, **STAGE)
    decided(story, GRANT_SUPPORT, line, teams=["a", "b", "c", "d", "e"])
    withdraw(story.entry("e"), reason="사유", actor=story.actor("official-1"), now=story.now)
    assert parity(story.programme, LAST - timedelta(days=1)).flagged == []
    assert parity(story.programme, LAST).flagged == [("gpu", "e")]
    decided(story, RETURN_SUPPORT, story.teams["e"], day="2026-01-15", reason="참여 철회")
    report = parity(story.programme, LAST)
    assert report.flagged == []
    assert told_of(report)["e"] == (0, "equal")


def test_eliminated_teams_return_and_the_selected_team_gets_the_same_line():
    story = selected("y")
    line = line_of(story, since=FIRST, until=date(2026, 6, 30))
    decided(story, GRANT_SUPPORT, line, teams=["a", "b", "c", "d", "e"])
    # Final on 2026-01-27; before that nobody is out.
    assert parity(story.programme, date(2026, 1, 26)).flagged == []
    out = [("gpu", team) for team in "cde"]
    assert parity(story.programme, date(2026, 1, 27)).flagged == out
    for team in "cde":
        decided(story, RETURN_SUPPORT, story.teams[team], day="2026-01-28", reason="탈락")
    assert parity(story.programme, date(2026, 1, 28)).flagged == []
    # Selected on 2026-02-20: from then on it is due the line, and lacks it.
    assert parity(story.programme, date(2026, 2, 19)).flagged == []
    assert parity(story.programme, date(2026, 2, 20)).flagged == [("gpu", "y")]

    entries = [story.teams["a"], story.teams["b"]]
    round = later_round(story, entries=entries, latest_end=date(2026, 7, 31))
    open_round(round, actor=story.actor("official-1"), now=SELECTED)
    # In the second round, not yet entered: due from the day of the selection, 131 days to 2026-06-30.
    assert shares(parity(story.programme, date(2026, 2, 20)))["y"] == Share(0, 512, 0, 512 * 131, Parity.UNEQUAL, "")

    decided(story, ADMIT_TO_ROUND, round, team="y", starts="2026-03-01")
    assert parity(story.programme, date(2026, 2, 28)).flagged == [("gpu", "y")]
    decided(story, REALLOCATE_SUPPORT, line, giver="e", team="y", since="2026-03-01")
    report = parity(story.programme, date(2026, 3, 1))
    assert (report.round, report.flagged, list(report.teams)) == ("stage-2", [], ["a", "b", "y"])
    assert shares(report) == {
        "a": Share(512, 512, 512 * 150, 512 * 150, Parity.EQUAL, ""),
        "b": Share(512, 512, 512 * 150, 512 * 150, Parity.EQUAL, ""),
        "y": Share(512, 512, 512 * 122, 512 * 122, Parity.EQUAL, ""),
    }


def test_an_eliminated_team_that_is_selected_again_is_due_the_line_again():
    story = selected("d")
    line_of(story, since=FIRST, until=date(2026, 6, 30))
    assert shares(parity(story.programme, date(2026, 2, 19)))["d"].due_number == 0
    assert shares(parity(story.programme, date(2026, 2, 20)))["d"].due_number == 512


def test_a_programme_without_a_round_has_nobody_to_compare():
    bare = found_programme(actor=SYSTEM, now=NOW, code="bare", name_ko="빈 사업", name_en="Bare", timezone="Asia/Seoul")
    report = parity(bare, DAY)
    assert (report.round, report.teams, report.lines, report.flagged) == (None, {}, [], [])


def test_the_report_takes_eight_queries_whatever_the_teams_and_lines(story, django_assert_num_queries):
    line = line_of(story, **STAGE)
    with django_assert_num_queries(8):
        parity(story.programme, DAY)
    for number in range(3):
        line_of(story, code=f"more-{number}", **STAGE)
    decided(story, GRANT_SUPPORT, line, teams=["a", "b", "c", "d", "e", "x", "y"])
    decided(story, EXCEPT_SUPPORT, line, team="c", reason="사유")
    with django_assert_num_queries(8):
        parity(story.programme, DAY)


def test_the_command_prints_the_report_and_ends_with_1_where_something_is_flagged(story):
    line = line_of(story, **STAGE)
    decided(story, GRANT_SUPPORT, line, teams=["a", "b", "c", "d"])
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("parity", "test", "--day", "2025-10-01", stdout=out)
    assert ended.value.code == 1
    printed = out.getvalue()
    assert [word in printed for word in ("시험 사업 · stage-1 · 2025-10-01", "512 장", "동등", "불균등")] == [True] * 4
    decided(story, GRANT_SUPPORT, line, teams=["e"])
    call_command("parity", "test", "--day", "2025-10-01", stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("parity", "nothing")
