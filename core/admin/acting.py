"""Who acts in a request, and at what time: asked once a request."""

from datetime import datetime

from django.http import HttpRequest

from core.actors import Actor, actor_of
from core.clock import database_now
from core.models import Account


def acting(request: HttpRequest) -> Actor:
    """The signed-in person as an actor; nobody with no roles where nobody has signed in."""
    known: Actor | None = getattr(request, "simsa_actor", None)
    if known is None:
        user = request.user
        known = actor_of(user) if isinstance(user, Account) else Actor("anonymous", frozenset())
        request.simsa_actor = known  # type: ignore[attr-defined]
    return known


def now_of(request: HttpRequest) -> datetime:
    """The database's time when the request first asked, so that one page never shows two."""
    known: datetime | None = getattr(request, "simsa_now", None)
    if known is None:
        known = database_now()
        request.simsa_now = known  # type: ignore[attr-defined]
    return known
