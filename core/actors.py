"""Actors: who does what is done. Every operation names one, and so does every line of the ledger."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.errors import Code, Refused
from core.roles import Role
from core.verbs import Verb

if TYPE_CHECKING:
    from core.models import Account


@dataclass(frozen=True)
class Actor:
    """Somebody, or the machine, acting with certain roles.

    `mandate` names the human decision that is being carried out ("decision:12"), so that whatever a job does can be
    led back to the people who decided it (General Act on Public Administration, article 20).
    """

    name: str
    roles: frozenset[str]
    account: "Account | None" = None
    mandate: str = ""

    def under(self, mandate: str) -> "Actor":
        """The same actor carrying out that decision."""
        return replace(self, mandate=mandate)

    def may(self, verb: Verb) -> bool:
        """Whether one of the actor's roles may do this at all."""
        return bool(self.roles & verb.roles)

    def require(self, verb: Verb) -> None:
        """Refuse with `not_allowed` unless `may`."""
        if not self.may(verb):
            raise Refused(
                Code.NOT_ALLOWED,
                format_lazy(_("이 역할로는 할 수 없는 일입니다: {label}"), label=verb.label),
                verb=verb.code,
            )

    def decision_id(self) -> int:
        """The id of the decision that is being carried out; ValueError where there is none."""
        return int(self.mandate.removeprefix("decision:"))

    def person(self) -> "Account":
        """The account that acts; `not_allowed` for the machine, where only a person may act."""
        if self.account is None:
            raise Refused(Code.NOT_ALLOWED, _("사람만 할 수 있는 일입니다."))
        return self.account


def machine(name: str) -> Actor:
    """The system acting by itself, for instance `machine("sweep")`."""
    return Actor(f"system:{name}", frozenset({Role.SYSTEM}))


def actor_of(account: "Account") -> Actor:
    """The actor for a signed-in or named person, with the roles granted to that account."""
    return Actor(account.username, frozenset(account.roles()), account)
