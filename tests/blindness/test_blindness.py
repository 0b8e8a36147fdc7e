"""Whatever page, export or answer a team, an expert, a reviewer, the operator or the public asks for, and whatever mail
goes out: no other team's marks, no expert's name, nothing that is not for them stands in it.
"""

import os

from django.test import TestCase, override_settings

from core.roles import Role
from core.sight import every_sight, seen
from evaluation.models import Notice
from tests.blindness.addresses import addresses, routes
from tests.blindness.matrix import Matrix, differences, reaching, write
from tests.blindness.searching import SEERS, answers, found, leaks, pages
from tests.blindness.secrets import READERS, Reader, Told, forbidden
from tests.blindness.whole import whole


@override_settings(SESSION_ENGINE="django.contrib.sessions.backends.cache")
class Blindness(TestCase):
    """One story for all: reading leaves nothing but lines in the record."""

    told: Told
    leaking: list[str]
    reached: Matrix
    shown: set[str]

    @classmethod
    def setUpTestData(cls) -> None:
        """Everybody asks for every page, once."""
        cls.told = whole()
        asked = pages(cls.told, routes())
        cls.leaking, cls.reached, cls.shown = [], {page.template: set() for page in asked}, set()
        for reader in READERS:
            read = reaching(answers(cls.told, reader, asked), reader, cls.reached, cls.shown)
            cls.leaking += (f"{reader.code or 'public'}: {each}" for each in found(cls.told, reader, read))
        for seer in SEERS:  # from whom nothing is hidden
            assert list(reaching(answers(cls.told, seer, asked), seer, cls.reached, cls.shown))

    def test_nobody_reads_what_is_not_his(self) -> None:
        assert self.leaking == []

    def test_each_page_is_for_whom_the_matrix_says(self) -> None:
        if "WRITE_MATRIX" in os.environ:
            write(self.reached)
        assert differences(self.reached) == []

    def test_no_mail_tells_it_either(self) -> None:
        assert {address for address, _ in self.told.mails} == {f"{team}@team.example" for team in "abc"}
        for address, words in self.told.mails:
            team = address.partition("@")[0]
            assert leaks(words, forbidden(self.told.secrets(), Reader(f"{team}-lead", "team", team))) == []

    def test_every_page_is_really_reached(self) -> None:
        """A page with objects to show that nobody can open shows nothing to search: its address is not understood.

        One that only takes messages says so (405) to who may send them.
        """
        shut = [
            route.template
            for route in routes()
            if route.arguments and not route.same_for_all and addresses(route) and route.template not in self.shown
        ]
        assert shut == []

    def test_a_page_added_later_that_leaks_is_found(self) -> None:
        with override_settings(ROOT_URLCONF="tests.blindness.leaking"):
            leaking = pages(self.told, [route for route in routes() if route.name == "leak"])
            for reader in READERS:
                with self.subTest(reader.code or "public"):
                    assert list(found(self.told, reader, answers(self.told, reader, leaking))) != []

    def test_a_policy_that_shows_too_much_is_found(self) -> None:
        notices = [route for route in routes() if route.name in {"notice", "notice-pdf"}]
        team = next(reader for reader in READERS if reader.code == "c-lead")
        before = every_sight()[Notice._meta.label_lower]
        seen(Notice, Role.OFFICIAL, Role.AUDITOR, Role.APPLICANT)
        try:
            leaking = list(found(self.told, team, answers(self.told, team, pages(self.told, notices))))
        finally:
            seen(Notice, *before.everything, own=before.own)
        assert {way for way in ("/:", ".pdf:") if any(way in each for each in leaking)} == {"/:", ".pdf:"}
        assert list(found(self.told, team, answers(self.told, team, pages(self.told, notices)))) == []

    def test_a_leak_in_words_is_found(self) -> None:
        team = Reader("c-lead", "team", "c")
        hidden = forbidden(self.told.secrets(), team)
        for words in ("expert-1 위원의 의견", "blind.reviewer-1", "팀 a: 38.76점"):
            assert leaks(words, hidden), words
        assert not leaks("expert-10, 138.76점, 38.765점", hidden), "a part of another figure or name is none"

    def test_the_figures_tell_whose_they_are(self) -> None:
        """Each figure is that of one team, and an expert's mark is nobody else's figure."""
        owners: dict[str, set[tuple[str, str]]] = {}
        for each in self.told.secrets():
            if each.kind == "mark":
                owners.setdefault(each.words, set()).add((each.team, each.person))
        assert len(owners) > 80
        assert {figure: whose for figure, whose in owners.items() if len(whose) > 1} == {}
