"""The people of the whole story, and what a person does at a browser: follow links, type, press buttons.

Set up here, before anybody clicks: a programme with five teams and a drafted round, and accounts with passwords.
"""

import os
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from consortia.operations.programmes import found_programme
from consortia.operations.teams import Part, register_organisation, register_person, register_team
from core.clock import database_now
from core.operations.accounts import set_password
from core.roles import Role
from evaluation.operations.drafting import CriterionDraft, Named, RoundDraft, draft_round
from evaluation.rules.criteria import Criterion as Rule
from tests.browser.conftest import PASSWORD, Opens, come_in
from tests.story import SYSTEM, Story

PHONE, DESK = 390, 1280
TEAMS = {"a": "가람", "b": "나래", "c": "다온", "d": "라온", "e": "마루"}
EXPERTS = ("expert-1", "expert-2", "expert-3")
PEOPLE: dict[str, tuple[Role, str, str | None]] = {
    "official-1": (Role.OFFICIAL, "김기안", None),
    "official-2": (Role.OFFICIAL, "이결재", None),
    "expert-1": (Role.EVALUATOR, "박평가", None),
    "expert-2": (Role.EVALUATOR, "최평가", None),
    "expert-3": (Role.EVALUATOR, "정평가", None),
    "reviewer-1": (Role.REVIEWER, "한심의", None),
    "auditor-1": (Role.AUDITOR, "오감사", None),
    "d-lead": (Role.APPLICANT, "라온 담당", "d"),
    "e-lead": (Role.APPLICANT, "마루 담당", "e"),
}
CRITERIA = (
    CriterionDraft(Rule("bench", Decimal(40), source="direct"), "벤치마크 평가", "Benchmark"),
    CriterionDraft(Rule("expert", Decimal(35)), "전문가 평가", "Experts"),
    CriterionDraft(Rule("plan", Decimal(20), under="expert", source="sheets", quorum=3), "개발 계획", "Plan"),
    CriterionDraft(Rule("effect", Decimal(15), under="expert", source="sheets", quorum=3), "파급효과", "Effect"),
    CriterionDraft(Rule("user", Decimal(25), source="responses", quorum=2), "사용자 평가", "Users"),
)


def set_up() -> Story:
    """A drafted round of five teams and four seats, whose experts' organisations nobody knows."""
    now = timezone.now()
    said = {"actor": SYSTEM, "now": now}
    programme = found_programme(code="test", name_ko="시험 사업", name_en="Test", timezone="Asia/Seoul", **said)
    organisations = {
        code: register_organisation(programme, code=f"org-{code}", name_ko=f"{name}연구소", name_en=code, **said)
        for code, name in TEAMS.items()
    }
    teams = {
        code: register_team(
            programme, code=code, name_ko=name, name_en=code, parts=[Part(organisations[code], lead=True)], **said
        )
        for code, name in TEAMS.items()
    }
    outside = register_organisation(programme, code="outside", name_ko="한국심의원", name_en="outside", **said)
    people = {
        code: register_person(
            programme,
            code=code,
            name_ko=name,
            name_en=code,
            role=role,
            organisation=outside if role is Role.REVIEWER else None,
            team=teams[team] if team else None,
            **said,
        )
        for code, (role, name, team) in PEOPLE.items()
    }
    for account in people.values():
        set_password(account=account, password=PASSWORD, **said)
    draft = RoundDraft(
        code="stage-1",
        number=1,
        name_ko="1차 단계평가",
        name_en="Stage 1",
        starts=date(2026, 1, 1),
        ends=date(2026, 12, 31),
        seats=4,
        criteria=CRITERIA,
        gates=[Named("originality", "독자성", "Originality")],
        entries=list(teams.values()),
        panel=[people[code] for code in EXPERTS],
    )
    return Story(programme, draft_round(programme, draft, **said), teams, people, organisations, now)


@dataclass
class Person:
    """Somebody at a browser of his own. A kind of page that he meets for the first time is looked at."""

    page: Page
    name: str
    width: int
    touch: bool
    met: set[str] = field(default_factory=set)

    def go(self, target: Locator) -> None:
        """Click (or tap) what leads to another page, and look at that."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            target.tap() if self.touch else target.click()
        self.look()

    def follow(self, words: str, *, exact: bool = True) -> None:
        """A link by its words."""
        self.go(self.page.locator("main").get_by_role("link", name=words, exact=exact).first)

    def press(self, words: str) -> None:
        """A button of the page's own form by its words."""
        self.go(self.page.locator("main").get_by_role("button", name=words, exact=True))

    def home(self) -> None:
        """The first page, by the menu."""
        if self.width == PHONE:
            self.page.get_by_role("button", name="메뉴 열기").tap()
        self.menu("첫 화면")

    def menu(self, words: str) -> None:
        """A list, by the menu."""
        self.go(self.page.locator("nav a").filter(has_text=re.compile(rf"(?<!\S){words}\s*$")).first)

    def to_round(self) -> None:
        """The round's page, by the first page."""
        self.home()
        self.follow("1차 단계평가")

    def fill(self, label: str, text: str) -> None:
        self.page.locator("main").get_by_label(label, exact=False).first.fill(text)

    def choose(self, label: str, option: str) -> None:
        self.page.locator("main").get_by_label(label, exact=False).first.select_option(label=option)

    def sees(self, text: str) -> None:
        expect(self.page.locator("main").get_by_text(text, exact=False).first).to_be_visible()

    def look(self) -> None:
        """A page of this kind, met for the first time by somebody of this role: no wider than the screen.

        What axe says of each kind of page is another test's (`test_every_page`).
        """
        path = re.sub(r"\d+", "N", urlsplit(self.page.url).path)
        kind = f"{self.name.rstrip('-0123456789')} {self.width} {path}"
        if kind in self.met:
            return
        self.met.add(kind)
        self.page.wait_for_load_state()
        self.picture(kind)
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width, kind

    def picture(self, name: str) -> None:
        """Kept where PICTURES names a folder."""
        if folder := os.environ.get("PICTURES"):
            file = name.replace("/", "_").replace(" ", "-")
            self.page.screenshot(path=f"{folder}/{len(self.met):02d}-{file}.png", full_page=True)


@dataclass
class Cast:
    """Everybody, each signed in by typing the password at the sign-in page when first needed."""

    story: Story
    opens: Opens
    people: dict[str, Person] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)

    def __getitem__(self, name: str) -> Person:
        if name not in self.people:
            phone = name in {"expert-3", "d-lead"}
            page = self.opens(
                None, width=PHONE if phone else DESK, dark=name in {"expert-3", "official-2"}, touch=phone
            )
            come_in(page, name).wait_for_url("**/admin/")
            self.people[name] = Person(page, name, PHONE if phone else DESK, phone, self.met)
            self.people[name].look()
        return self.people[name]

    def clock(self) -> str:
        """The minute that it is now on the programme's wall, as a field for a moment takes it."""
        return database_now().astimezone(self.story.programme.zone).strftime("%Y-%m-%dT%H:%M")

    def visitor(self) -> Person:
        """Somebody who has not signed in, at the public pages."""
        page = self.opens(None)
        page.goto("/calls/")
        visitor = Person(page, "visitor", DESK, touch=False, met=self.met)
        visitor.look()
        return visitor

    def approve(self, what: str) -> None:
        """The second official finds it in his inbox, reads it and approves."""
        second = self["official-2"]
        second.home()
        second.follow(what, exact=False)
        second.go(second.page.locator("main a.s-op").get_by_text("기안 결재").first)
        second.press("기안 결재")
        second.sees("결재하여 시행했습니다.")
