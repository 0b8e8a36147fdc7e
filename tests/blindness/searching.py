"""Every page as every reader, searched for what the reader may not read."""

from collections.abc import Iterable, Iterator

from django.core.cache import cache
from django.test import Client

from tests.blindness.addresses import Route, addresses
from tests.blindness.reading import words_of
from tests.blindness.secrets import Reader, Secret, Told, forbidden

NOWHERE = 404
SHUT = {302, 403, NOWHERE, 405}
SEERS = (Reader("official-1", "official"), Reader("auditor-1", "auditor"))


def client_of(told: Told, reader: Reader) -> Client:
    client = Client()
    if reader.code:
        client.force_login(told.story.people[reader.code])
    return client


def pages(told: Told, routes: Iterable[Route]) -> list[str]:
    """Every address of the routes; of those that were guessed, the ones that lead anywhere for who sees everything."""
    seers = [client_of(told, seer) for seer in SEERS]
    return [
        address
        for route in routes
        for address in addresses(route)
        if not route.guessed or any(seer.get(address).status_code != NOWHERE for seer in seers)
    ]


def found(told: Told, reader: Reader, pages: Iterable[str]) -> Iterator[str]:
    """What the reader finds that is not for him: the address, and what stands there."""
    hidden, client = forbidden(told.secrets(), reader), client_of(told, reader)
    for address in pages:
        unhurried(told, reader)
        answer = client.get(address)
        assert answer.status_code in {200, *SHUT}, f"{address}: {answer.status_code}"
        yield from (f"{address}: {each}" for each in leaks(words_of(answer), hidden))


def unhurried(told: Told, reader: Reader) -> None:
    """Nobody reads so much in a minute in life: the API counts no request of the reader's so far."""
    if reader.code:
        cache.delete(f"throttle_user_{told.story.people[reader.code].pk}")


def leaks(page: str, hidden: Iterable[Secret]) -> list[Secret]:
    """Those of the secrets that stand in the page."""
    return [each for each in hidden if each.stands_in(page)]
