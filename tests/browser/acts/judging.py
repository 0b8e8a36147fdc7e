"""Judging and announcing: findings of the panel, verdicts and the announcement in two hands, the notices."""

from playwright.sync_api import expect

from tests.browser.acts.cast import EXPERTS, TEAMS, Cast

STANDINGS = [
    ("1", "가람", "진출", "90.2", "충족"),
    ("2", "나래", "진출", "81.0", "충족"),
    ("3", "다온", "진출", "77.0", "충족"),
    ("4", "라온", "요건 미충족", "73.4", "미충족"),
    ("5", "마루", "탈락", "62.6", "판정 전"),
]


def of_the_gate(cast: Cast) -> None:
    """The panel finds; the fourth team used another's weights as they were. Two officials give each verdict."""
    for expert in EXPERTS:
        for team in "abcd" if expert == "expert-1" else "d":
            met = team != "d"
            person = cast[expert]
            person.home()
            person.follow(f"{TEAMS[team]} 요건 의견 내기")
            person.choose("의견", "충족" if met else "미충족")
            person.fill("사유", "처음부터 학습함" if met else "외부 인코더 가중치를 동결한 채 그대로 씀")
            person.press("요건 검토 의견 제출")
            person.sees("의견을 냈습니다.")
    official = cast["official-1"]
    for team, name in list(TEAMS.items())[:4]:
        met = team != "d"
        official.home()
        line = official.page.locator(".s-line", has_text=f"{name}: 독자성 판정이 없습니다.")
        official.go(line.get_by_role("link", name="요건 판정 기안"))
        official.choose("판정", "충족" if met else "미충족")
        official.fill("사유", "평가위원 과반의 의견에 따름")
        official.press("요건 판정 기안")
        official.sees("결재를 기다립니다.")
        cast.approve("1차 단계평가 · 요건 판정")


def standings(cast: Cast) -> None:
    """What the table says, to the last digit."""
    official = cast["official-1"]
    official.to_round()
    table = official.page.locator("#s-part-standings table")
    expect(table).to_be_visible()
    rows = table.locator("tbody tr:not(.s-cut)")
    found = [[cell.strip() for cell in row.locator("td, th").all_inner_texts()] for row in rows.all()]
    assert [(row[0], row[1], row[2], row[3], row[-1]) for row in found] == STANDINGS
    expect(table.locator("tfoot")).to_contain_text("76.84")


def is_announced(cast: Cast) -> None:
    """One team has agreed to electronic service, one gets a paper; the others are handed theirs.

    A figure that was announced opens down to the marks that it came from.
    """
    team = cast["d-lead"]
    team.follow("전자 송달 동의", exact=False)
    team.fill("송달 주소", "notice@raon.example")
    team.press("전자 송달 동의")
    official = cast["official-1"]
    standings(cast)
    official.sees("지금 발표를 기안할 수 있습니다.")
    official.follow("결과 발표 기안", exact=False)
    official.choose("공개 범위", "총점")
    for name in ("가람", "나래", "다온"):
        official.page.get_by_label(f"{name} (전자 송달 동의 없음)").uncheck()
    official.press("결과 발표 기안")
    official.sees("결재를 기다립니다.")
    cast.approve("1차 단계평가 · 결과 발표")
    standings(cast)
    official.sees("발표한 순위표 1")
    official.page.get_by_role("link", name="가람 개발 계획 17.8", exact=True).click()
    official.sees("값 3개의 평균")
    expect(official.page.get_by_role("dialog").get_by_role("cell", name="박평가").first).to_be_visible()
    official.page.keyboard.press("Escape")
