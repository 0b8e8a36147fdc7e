"""Decisions that stand on a round: the result on which each relies, and what it makes of the standings."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.actors import Actor, actor_of
from core.admin.deciding import DecisionPage
from core.errors import Refused
from core.models import Decision
from core.models.decision import DecisionState
from core.templatetags.simsa import when
from evaluation.admin.differences import difference
from evaluation.models import Round
from evaluation.operations.previewing import preview_decided
from evaluation.queries.comparing import compared, excerpt
from evaluation.queries.standings import published, published_before
from evaluation.states import Outcome

TEMPLATE = "panel/foreseen_standings.html"


class RoundDecision(DecisionPage):
    """Relies on the newest published result of a round; before there is one, on what has been put in so far."""

    @classmethod
    def round_of(cls, subject: Any) -> Round:
        """The round whose result it relies on: the subject, unless a page says otherwise."""
        round: Round = subject
        return round

    @classmethod
    def programme_of(cls, subject: Any) -> Any:
        return cls.round_of(subject).programme

    @classmethod
    def ground(cls, decision: Decision, subject: Any) -> Any:
        round = cls.round_of(subject)
        relied_on = published_before(round, decision)
        if relied_on is None:
            return format_html("{} · {}", _("발표한 결과 없음"), super().ground(decision, subject))
        said = {"number": relied_on.number, "at": when(relied_on.announcement.announced_at)}
        url = reverse("admin:evaluation_snapshot_change", args=[relied_on.pk])
        link = format_html('<a href="{}">{}</a>', url, _("순위표 %(number)s (%(at)s 발표)") % said)
        newest = published(round) if decision.state == DecisionState.PREPARED else None
        if newest is None or newest == relied_on:
            return link
        return format_html("{} · {}", link, _("그 뒤 순위표 %(number)s 발표") % {"number": newest.number})


class StandingsDecision(RoundDecision):
    """A decision while a round is scored that moves its standings: what it would make of them is seen before.

    By who prepares it, and by who approves it as the preparer would bring it about now. Both readings are recorded.
    """

    foresees = True
    barred_word: ClassVar[Any]
    """That it cannot be done so; why, follows."""
    nothing_word: ClassVar[Any]
    """That the standings stay as they are."""
    then_word: ClassVar[Any]
    """What the standings after it are called."""

    @classmethod
    def beside_standings(cls, subject: Any, arguments: Mapping[str, Any]) -> str:
        """What else it changes, as markup above the standings."""
        return ""

    def foresee(self, subject: Any, given: dict[str, Any], *, actor: Actor, now: datetime) -> str:
        arguments = self.arguments(subject, given)
        return self._rendered(subject, arguments, reason=given["reason"], hands=actor, reader=actor, now=now)

    @classmethod
    def foreseen(cls, decision: Decision, subject: Any, *, reader: Actor, now: datetime) -> str:
        """What a prepared decision would bring about now; once approved it shows in the standings themselves."""
        if decision.state != DecisionState.PREPARED:
            return ""
        hands = actor_of(decision.prepared_by)
        try:
            return cls._rendered(
                subject, decision.arguments, reason=decision.reason, hands=hands, reader=reader, now=now
            )
        except Refused as refused:
            return render_to_string(TEMPLATE, {"refusal": str(refused), "barred_word": cls.barred_word})

    @classmethod
    def _rendered(
        cls, subject: Any, arguments: Mapping[str, Any], *, reason: str, hands: Actor, reader: Actor, now: datetime
    ) -> str:
        round = cls.round_of(subject)
        seen = preview_decided(
            cls.verb,
            subject,
            round,
            arguments=arguments,
            reason=reason or str(_("미리 보기")),
            hands=hands,
            actor=reader,
            now=now,
        )
        context = {
            "beside": cls.beside_standings(subject, arguments),
            "nothing_word": cls.nothing_word,
            "advancing": [row.name for row in seen.after.rows if row.outcome == Outcome.ADVANCED],
            "published": True,  # of one change no column says which
            "by_word": _("바뀜"),
            "was_word": _("지금"),
            "then_word": cls.then_word,
        }
        shown = difference(round, excerpt(compared(seen.before, seen.after)))
        return render_to_string(TEMPLATE, {**context, **shown})
