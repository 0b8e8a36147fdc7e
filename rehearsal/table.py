"""The rehearsal on a terminal: a line an event, then standings, late papers, appeals and calls."""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from typing import Any

from tabulate import tabulate

from appeals.states import AppealState
from consortia.states import ApplicationState, CallState
from core.calendar.words import end_words, moment_words
from evaluation.admin.table import REASONS
from evaluation.states import Outcome, RoundState, VerdictValue
from rehearsal.play import Played


def events_line(played: Played) -> str:
    """One event as it ended; one that did not end as the file says is marked."""
    event = played.event
    ended = "처리" if played.code is None else f"거부 {played.code}: {played.message}"
    mark = " " if played.as_expected else "!"
    who = ", ".join(event.by) or "system"
    return f"{mark}{event.n:>4}  {event.at:%Y-%m-%d %H:%M}  {event.do:<20} {who:<24} {ended}"


def years_line(years: list[int]) -> str:
    """That periods of these years do not move for public holidays; nothing where there is no such year."""
    if not years:
        return ""
    named = ", ".join(str(year) for year in years)
    return f"주의: 공휴일이 달력에 없는 해입니다({named}). 그해의 기한은 토요일과 일요일만 쉬는 날로 보고 셉니다."


def tables(told: dict[str, Any]) -> str:
    """What the events came to, in the words of the panel; codes stand in the report."""
    late = [each for each in told["documents"] if each["late"]]
    parts = [
        *(_round(code, round) for code, round in told["rounds"].items()),
        _part("반영하지 않은 자료", ["팀", "제목", "접수"], [_paper(each) for each in late]),
        _part(
            "이의신청",
            ["번호", "팀", "상태", "접수", "결정 기한", "결정"],
            [_appeal(code, each) for code, each in told["appeals"].items()],
        ),
        _part(
            "추가 공모",
            ["공모", "상태", "자리", "개시", "마감", "응모"],
            [_call(code, each) for code, each in told["calls"].items()],
        ),
    ]
    audit = told["audit"]
    parts.append(f"원장: 기록 {audit['records']}건, {'온전함' if audit['intact'] else '손상됨'}, {audit['head']}")
    return "\n" + "\n\n".join(part for part in parts if part) + "\n"


def _part(title: str, head: list[str], rows: list[list[object]]) -> str:
    """A table under its title; nothing where there is no row."""
    return f"{title}\n{tabulate(rows, head)}" if rows else ""


def _paper(told: dict[str, Any]) -> list[object]:
    return [told["team"], told["title"], _moment(told["received_at"])]


def _appeal(code: str, told: dict[str, Any]) -> list[object]:
    times = (_moment(told["filed_at"]), _end(told["decide_by"]), _moment(told["decided_at"]))
    return [code, told["team"], AppealState(told["state"]).label, *times]


def _call(code: str, told: dict[str, Any]) -> list[object]:
    applied = ", ".join(f"{each['team']}({ApplicationState(each['state']).label})" for each in told["applications"])
    state, seats = CallState(told["state"]).label, _shown(told["seats"])
    return [code, state, seats, _moment(told["opened_at"]), _end(told["closes_at"]), applied]


def _round(code: str, round: dict[str, Any]) -> str:
    columns = list(round["means"])[:-1]
    rows = [
        [
            row["rank"],
            row["team"],
            *(row["scores"][column] for column in columns),
            row["total"],
            _gates(row["gates"]),
            _result(row),
        ]
        for row in round["standings"]
    ]
    rows.append([None, "평균", *(round["means"][column] for column in columns), round["means"]["total"], None, None])
    head = ["순위", "팀", *columns, "총점", "요건", "결과"]
    title = (
        f"{code}: {RoundState(round['state']).label}, 자리 {round['seats']}, 진출 {_shown(round['advanced'])}, "
        f"공석 {_shown(round['vacancies'])}, 이의신청 마감 {_end(round['appeals_close_at'])}"
    )
    return f"{title}\n{tabulate(rows, head, disable_numparse=True)}"


def _gates(gates: dict[str, str | None]) -> str:
    return " ".join(f"{gate}={VerdictValue(verdict).label if verdict else '-'}" for gate, verdict in gates.items())


def _result(row: dict[str, Any]) -> object:
    """The outcome; why there is none where a team has no rank."""
    if row["outcome"] is not None:
        return Outcome(row["outcome"]).label
    return REASONS[row["reason"]] if row["rank"] is None else "-"


def _moment(told: str | None) -> str:
    """An instant of the report, in the words of a notice."""
    return _in_words(told, moment_words)


def _end(told: str | None) -> str:
    """The end of a period: midnight is 24:00 of the day that is over."""
    return _in_words(told, end_words)


def _in_words(told: str | None, words: Callable[[datetime, tzinfo], str]) -> str:
    if told is None:
        return "-"
    at = datetime.fromisoformat(told)
    return words(at, at.tzinfo or UTC)


def _shown(value: object) -> object:
    return "-" if value is None else value
