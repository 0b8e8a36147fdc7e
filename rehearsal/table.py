"""The rehearsal on a terminal: a line an event, then standings, late papers, appeals and calls."""

from typing import Any

from tabulate import tabulate

from rehearsal.play import Played


def events_line(played: Played) -> str:
    """One event as it ended; one that did not end as the file says is marked."""
    event = played.event
    ended = "처리" if played.code is None else f"거부 {played.code}: {played.message}"
    mark = " " if played.as_expected else "!"
    who = ", ".join(event.by) or "system"
    return f"{mark}{event.n:>4}  {event.at:%Y-%m-%d %H:%M}  {event.do:<20} {who:<24} {ended}"


def tables(told: dict[str, Any]) -> str:
    """What the events came to."""
    parts = [_round(code, round) for code, round in told["rounds"].items()]
    late = [[paper["team"], paper["title"], paper["received_at"]] for paper in told["documents"] if paper["late"]]
    if late:
        parts.append("반영하지 않은 자료\n" + tabulate(late, ["팀", "제목", "접수"]))
    appeals = [
        [code, each["team"], each["state"], each["filed_at"], each["decide_by"], each["decided_at"]]
        for code, each in told["appeals"].items()
    ]
    if appeals:
        parts.append("이의신청\n" + tabulate(appeals, ["번호", "팀", "상태", "접수", "결정 기한", "결정"]))
    calls = [
        [code, call["state"], call["seats"], call["opened_at"], call["closes_at"], _applications(call)]
        for code, call in told["calls"].items()
    ]
    if calls:
        parts.append("추가 공모\n" + tabulate(calls, ["공모", "상태", "자리", "개시", "마감", "응모"]))
    audit = told["audit"]
    parts.append(f"원장: 기록 {audit['records']}건, {'온전함' if audit['intact'] else '손상됨'}, {audit['head']}")
    return "\n" + "\n\n".join(parts) + "\n"


def _round(code: str, round: dict[str, Any]) -> str:
    columns = list(round["means"])[:-1]
    rows = [
        [
            row["rank"],
            row["team"],
            *(row["scores"][column] for column in columns),
            row["total"],
            _gates(row["gates"]),
            row["outcome"] or row.get("reason"),
        ]
        for row in round["standings"]
    ]
    rows.append([None, "평균", *(round["means"][column] for column in columns), round["means"]["total"], None, None])
    head = ["순위", "팀", *columns, "총점", "요건", "결과"]
    title = (
        f"{code}: {round['state']}, 자리 {round['seats']}, 진출 {_shown(round['advanced'])}, "
        f"공석 {_shown(round['vacancies'])}, 이의신청 마감 {_shown(round['appeals_close_at'])}"
    )
    return f"{title}\n{tabulate(rows, head, disable_numparse=True)}"


def _gates(gates: dict[str, str | None]) -> str:
    return " ".join(f"{gate}={verdict or '-'}" for gate, verdict in gates.items())


def _applications(call: dict[str, Any]) -> str:
    return ", ".join(f"{each['team']}({each['state']})" for each in call["applications"])


def _shown(value: object) -> object:
    return "-" if value is None else value
