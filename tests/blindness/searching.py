"""Every page as every reader, searched for what the reader may not read."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.core.cache import cache
from django.test import Client

from tests.blindness.addresses import Route, addresses
from tests.blindness.reading import words_of
from tests.blindness.secrets import Reader, Secret, Told, forbidden

NOWHERE = 404
UNSAID = 400
"""A page that needs words in its address, and says which."""
SHUT = {302, UNSAID, 403, NOWHERE, 405}
SEERS = (Reader("official-1", "official"), Reader("auditor-1", "auditor"))


def client_of(told: Told, reader: Reader) -> Client:
    client = Client()
    if reader.code:
        client.force_login(told.story.people[reader.code])
    return client


class Page(NamedTuple):
    """An address, and the route that it was made of."""

    template: str
    address: str


def pages(told: Told, routes: Iterable[Route]) -> list[Page]:
    """Every address of the routes; of those that were guessed, the ones that lead anywhere for who sees everything."""
    seers = [client_of(told, seer) for seer in SEERS]
    return [
        Page(route.template, address)
        for route in routes
        for address in addresses(route)
        if not route.guessed or any(seer.get(address).status_code != NOWHERE for seer in seers)
    ]


Answers = Iterable[tuple[Page, Any]]


def answers(told: Told, reader: Reader, pages: Iterable[Page]) -> Iterator[tuple[Page, Any]]:
    """Each page, and what the reader is answered."""
    client = client_of(told, reader)
    for page in pages:
        unhurried(told, reader)
        answer = client.get(page.address)
        assert answer.status_code in {200, *SHUT}, f"{page.address}: {answer.status_code}"
        yield page, answer


def found(told: Told, reader: Reader, answers: Answers) -> Iterator[str]:
    """What the reader finds that is not for him: the address, and what stands there."""
    hidden = forbidden(told.secrets(), reader)
    for page, answer in answers:
        yield from (f"{page.address}: {each}" for each in leaks(words_of(answer), hidden))


def unhurried(told: Told, reader: Reader) -> None:
    """Nobody reads so much in a minute in life: the API counts no request of the reader's so far."""
    if reader.code:
        cache.delete(f"throttle_user_{told.story.people[reader.code].pk}")


def leaks(page: str, hidden: Iterable[Secret]) -> list[Secret]:
    """Those of the secrets that stand in the page."""
    return [each for each in hidden if each.stands_in(page)]
