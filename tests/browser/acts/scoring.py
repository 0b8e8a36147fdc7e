"""Scoring: the round is opened, three experts declare themselves and hand in their sheets, figures come in."""

import re

from playwright.sync_api import expect

from tests.browser.acts.cast import EXPERTS, TEAMS, Cast, Person

# For each team: what the three experts give it, the points of its benchmarks, and what two users say.
PLAN = {
    "a": ("18", "17.5", "18"),
    "b": ("16", "17", "16"),
    "c": ("15", "15", "16"),
    "d": ("15", "14", "15"),
    "e": ("12", "13", "12"),
}
EFFECT = {
    "a": ("13", "12.5", "13.5"),
    "b": ("12", "12", "11"),
    "c": ("11", "11", "11"),
    "d": ("10", "11", "10"),
    "e": ("9", "9", "10"),
}
BENCH = {"a": "37.5", "b": "33", "c": "31.2", "d": "30", "e": "26"}
MARKS = {"a": ("21.8", "22"), "b": ("20", "20"), "c": ("19", "20"), "d": ("18.3", "18.5"), "e": ("15", "15")}
USERS = "\n".join(["팀,항목,점수", *(f"{team},user,{mark}" for team, marks in MARKS.items() for mark in marks)])


def is_opened(cast: Cast) -> None:
    """An official opens the round."""
    official = cast["official-1"]
    official.sees("평가를 아직 개시하지 않았습니다.")
    official.follow("평가 개시")
    official.press("평가 개시")
    official.sees("1차 단계평가 평가를 개시했습니다.")


def by_experts(cast: Cast) -> None:
    """Each declares that nothing ties him to a team, and hands in his sheet for it; one of them on a phone."""
    for number, expert in enumerate(EXPERTS):
        person = cast[expert]
        for team, name in TEAMS.items():
            _declares(person, name)
            if person.touch and team == "c":
                _is_cut_off(person, name, PLAN[team][number], EFFECT[team][number])
            else:
                _types(person, PLAN[team][number], EFFECT[team][number])
            person.press("제출할 내용 확인")
            person.press("평가표 제출")
            person.sees(f"{name}의 평가표를 제출했습니다.")
        person.sees("5팀 중 5팀 제출")


def _declares(person: Person, team: str) -> None:
    person.follow(f"{team} 이해관계 신고하기")
    person.choose("종류", "이해관계 없음 확인")
    person.fill("사유", "이 팀의 기관과 아무 관계가 없음")
    person.press("이해관계 신고")


def _types(person: Person, plan: str, effect: str) -> None:
    person.page.get_by_role("textbox", name="개발 계획").fill(plan)
    person.page.get_by_role("textbox", name="파급효과").fill(effect)
    person.fill("종합의견", "계획이 뚜렷함")


def _is_cut_off(person: Person, team: str, plan: str, effect: str) -> None:
    """The connection goes in the middle of a sheet, and the page with it; what was typed is there again."""
    page, status = person.page, person.page.locator("[data-status]")
    page.get_by_role("textbox", name="개발 계획").fill(plan)
    expect(status).to_contain_text(re.compile(r"저장됨 \d\d:\d\d"))
    address = page.url
    page.context.set_offline(True)
    page.get_by_role("textbox", name="파급효과").fill(effect)
    person.fill("종합의견", "지하철에서 씀")
    expect(status).to_have_text("연결이 끊겨 이 기기에만 남아 있음")
    person.picture("cut-off")
    page.close()
    page.context.set_offline(False)
    person.page = page.context.new_page()
    person.page.goto(address)
    person.sees("이 기기에만 남아 있던 내용을 되살렸습니다.")
    person.picture("back-again")
    for name, mark in (("개발 계획", plan), ("파급효과", effect), ("종합의견", "지하철에서 씀")):
        expect(person.page.get_by_role("textbox", name=name)).to_have_value(mark)


def by_figures(cast: Cast) -> None:
    """An official brings the users' marks in by a file, and types the points of the benchmarks."""
    official = cast["official-1"]
    official.to_round()
    official.follow("사용자 응답 올리기")
    with official.page.expect_file_chooser() as chooser:
        official.page.get_by_label("응답 파일").click()
    chooser.value.set_files({"name": "응답.csv", "mimeType": "text/csv", "buffer": USERS.encode()})
    official.press("사용자 응답 올리기")
    official.follow("올린 자료 반영")
    official.press("올린 자료 반영")
    official.sees("응답 10개를 반영했습니다.")
    for team, name in TEAMS.items():
        official.home()
        line = official.page.locator(".s-line", has_text=f"{name} · 벤치마크 평가")
        official.go(line.get_by_role("link", name="입력"))
        official.fill("점수", BENCH[team])
        official.press("점수 입력")
        official.sees(f"{name} · 벤치마크 평가: {BENCH[team]}점을 넣었습니다.")
