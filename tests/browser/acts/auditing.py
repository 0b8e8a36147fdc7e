"""Auditing: whoever reads everything finds a line of what was done, and can press nothing."""

from playwright.sync_api import expect

from tests.browser.acts.cast import Cast, Person

DONE = {
    "test.official-1": [("평가 개시", "1차 단계평가"), ("통지 도달 기록", "마루 통지")],
    "test.official-2": [("요건 판정", "라온"), ("결과 발표", "1차 단계평가"), ("이의신청 결정", "stage-1-d-1")],
    "test.expert-3": [("이해관계 신고", "다온"), ("평가표 제출", "다온"), ("요건 검토 의견 제출", "라온")],
    "system:sweep": [("결과 확정", "1차 단계평가"), ("추가 공모 개시", "additional-1")],
}
READING = {"결과의 견고성 분석", "가정해 보기", "검산", "결과 묶음 내보내기", "기록"}


def finds_what_was_done(cast: Cast) -> None:
    """In the record by its verb, and in the ledger by its block."""
    auditor = cast["auditor-1"]
    auditor.menu("기록")
    for actor, done in DONE.items():
        auditor.page.locator("#searchbar").fill(actor)
        with auditor.page.expect_navigation():
            auditor.page.locator("#searchbar").press("Enter")
        for verb, subject in done:
            row = auditor.page.locator("#result_list tbody tr").filter(has_text=verb).filter(has_text=subject)
            expect(row.first).to_contain_text(actor)
    auditor.to_round()  # who has read the standings is the newest of all
    auditor.menu("원장 블록")
    auditor.go(auditor.page.locator("#result_list tbody a").first)
    auditor.go(auditor.page.locator("main dd a").first)
    auditor.sees("core_event")


def can_press_nothing(cast: Cast) -> None:
    """Wherever something was decided there is nothing to send and no button but those that lead to reading."""
    auditor = cast["auditor-1"]
    auditor.to_round()
    _only_reads(auditor)
    auditor.follow("라온")
    _only_reads(auditor)
    for words in ("결재", "통지", "이의신청", "추가 공모"):
        auditor.menu(words)
        auditor.go(auditor.page.locator("#result_list tbody a").first)
        _only_reads(auditor)


def _only_reads(auditor: Person) -> None:
    main = auditor.page.locator("main")
    expect(main.locator("form[method=post]")).to_have_count(0)
    names = {each.split("\n")[-1].strip() for each in main.locator("a.s-op:visible").all_inner_texts()}
    assert names <= READING
