"""Whatever page, export or answer a team, an expert, a reviewer, the operator or the public asks for, and whatever mail
goes out: no other team's marks, no expert's name, nothing that is not for them stands in it.
"""

from django.test import TestCase, override_settings

from tests.blindness.addresses import addresses, routes
from tests.blindness.searching import SEERS, client_of, found, leaks, pages
from tests.blindness.secrets import READERS, Reader, Told, forbidden
from tests.blindness.whole import whole


@override_settings(SESSION_ENGINE="django.contrib.sessions.backends.cache")
class Blindness(TestCase):
    """One story for all: reading leaves nothing but lines in the record."""

    told: Told

    @classmethod
    def setUpTestData(cls) -> None:
        cls.told = whole()

    def test_nobody_reads_what_is_not_his(self) -> None:
        addresses = pages(self.told)
        for reader in READERS:
            with self.subTest(reader.code or "public"):
                assert list(found(self.told, reader, addresses)) == []

    def test_no_mail_tells_it_either(self) -> None:
        assert {address for address, _ in self.told.mails} == {f"{team}@team.example" for team in "abc"}
        for address, words in self.told.mails:
            team = address.partition("@")[0]
            assert leaks(words, forbidden(self.told.secrets(), Reader(f"{team}-lead", "team", team))) == []

    def test_every_page_is_really_reached(self) -> None:
        """A page with objects to show that nobody can open shows nothing to search: its address is not understood."""
        clients = [client_of(self.told, reader) for reader in (*SEERS, *READERS)]
        shut = [
            route.template
            for route in routes()
            if not route.same_for_all
            and not any(client.get(each).status_code == 200 for client in clients for each in addresses(route))
        ]
        assert shut == []

    def test_the_figures_tell_whose_they_are(self) -> None:
        """Each figure is that of one team, and an expert's mark is nobody else's figure."""
        owners: dict[str, set[tuple[str, str]]] = {}
        for each in self.told.secrets():
            if each.kind == "mark":
                owners.setdefault(each.words, set()).add((each.team, each.person))
        assert len(owners) > 80
        assert {figure: whose for figure, whose in owners.items() if len(whose) > 1} == {}
