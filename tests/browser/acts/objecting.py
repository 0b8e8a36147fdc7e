"""Objecting: a paper arrives, a team reads its result and objects, another gives it up, the objection is dismissed."""

from tests.browser.acts.cast import Cast, Person


def a_paper_arrives(cast: Cast) -> None:
    """Whose notice went out on paper, his window runs from the arrival that an official records."""
    official = cast["official-1"]
    official.home()
    official.follow("통지 도달 기록")
    official.page.get_by_label("도달 시각").fill(cast.clock())
    official.fill("도달 증빙", "발표 자리에서 받은 수령증")
    official.press("통지 도달 기록")
    official.sees("마루 통지의 도달을 기록했습니다.")


def a_team_objects(cast: Cast) -> None:
    """On a phone: the result, the notice, the objection and its receipt."""
    team = cast["d-lead"]
    team.home()
    team.sees("요건 미충족")
    team.follow("통지서 보기")
    team.sees("라온")
    team.follow("심사 시스템의 이의신청 화면")
    team.follow("이의신청 제출", exact=False)
    team.choose("사유 구분", "결과를 좌우한 오류")
    team.fill("이의 내용", "인코더를 처음부터 학습했습니다.")
    team.press("이의신청 제출")
    team.sees("이의신청을 접수했습니다.")


def another_gives_it_up(cast: Cast) -> None:
    team = cast["e-lead"]
    team.follow("이의신청 포기")
    team.page.get_by_label("되돌릴 수 없음을", exact=False).check()
    team.press("이의신청 포기")
    team.sees("마루: 이의신청을 포기했습니다.")


def it_is_dismissed(cast: Cast) -> None:
    """An official admits it and names a reviewer, who gives his opinion; two officials decide."""
    official = cast["official-1"]
    _to_appeal(official)
    official.follow("이의신청 적격 판단", exact=False)
    official.choose("판단", "심의 개시(적격)")
    official.fill("사유", "기간 안에 낸 이의신청임")
    official.press("이의신청 적격 판단")
    official.follow("재심의 위원 지정", exact=False)
    official.page.get_by_label("한심의", exact=False).check()
    official.press("재심의 위원 지정")
    reviewer = cast["reviewer-1"]
    reviewer.go(reviewer.page.locator("main").get_by_role("link", name="stage-1-d-1", exact=False).first)
    reviewer.follow("재심의 의견 제출", exact=False)
    reviewer.choose("의견", "기각")
    reviewer.fill("이유", "제출한 학습 로그로는 확인되지 않음")
    reviewer.press("재심의 의견 제출")
    reviewer.sees("의견을 제출했습니다.")
    _to_appeal(official)
    official.follow("이의신청 결정 기안", exact=False)
    official.choose("결정", "기각")
    official.page.locator("textarea[name=reason]").fill("재심의 의견에 따름")
    official.press("미리 보기")
    official.press("이의신청 결정 기안")
    cast.approve("이의신청 결정")
    team = cast["d-lead"]
    team.home()
    team.sees("기각")


def _to_appeal(official: Person) -> None:
    official.home()
    official.follow("이의신청 보기")
