"""Actors: who does what is done. Every operation names one, and so does every line of the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

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


_MACHINE = "system:"
WORKS: Mapping[str, Any] = {
    "sweep": _("정기 처리"),
    "beat": _("정기 처리"),
    "clock": _("기한이 되어"),
    "recompute": _("순위 계산"),
    "upload": _("올린 자료 반영"),
    "roster": _("명단 가져오기"),
    "export": _("결과 묶음 내보내기"),
    "supposing": _("가정해 보기"),
    "recount": _("검산"),
    "verification": _("원장 검증"),
    "mail": _("전자우편 발송"),
    "command": _("서버에서 내린 명령"),
    "migration": _("새 판 설치"),
}
"""What the machine is at when it acts by itself, by its name in the record."""


def machine(name: str) -> Actor:
    """The system acting by itself, for instance `machine("sweep")`."""
    return Actor(f"{_MACHINE}{name}", frozenset({Role.SYSTEM}))


def is_machine(name: str) -> bool:
    """Whether the record's name of an actor is the system's own."""
    return name.startswith(_MACHINE)


def actor_label(name: str) -> str:
    """What the record's name of an actor says to people: of a person the account, of the machine what it was at."""
    if not is_machine(name):
        return name
    work = name.removeprefix(_MACHINE)
    return f"{Role.SYSTEM.label} · {WORKS.get(work, work)}"


def actor_of(account: "Account") -> Actor:
    """The actor for a signed-in or named person, with the roles granted to that account."""
    return Actor(account.username, frozenset(account.roles()), account)
