"""Guidance: what experts are to look for when they mark a criterion."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from evaluation.models import Guidance, Round
from evaluation.operations.inputs import require_no_result
from evaluation.policies import bar_panelists
from evaluation.queries.guidance import guidance_of, is_judged
from evaluation.queries.lookup import leaves_of
from evaluation.states import Source
from evaluation.verbs import WRITE_GUIDANCE


@operation(WRITE_GUIDANCE)
def write_guidance(round: Round, *, texts: Mapping[str, str], actor: Actor, now: datetime) -> list[Guidance]:
    """Write the guidance of some criteria (by code) that sheets have a mark for; an empty text takes it back.

    Only what differs is written. Refused: `unknown` for another criterion, `conflict_of_interest` for somebody of the
    panel, `wrong_state` once the result is announced, `locked` once a sheet has been handed in: everybody judges by the
    same words.
    """
    round = Round.objects.alone(round.pk)
    leaves = leaves_of(round, texts, Source.SHEETS)
    bar_panelists(round, actor=actor)
    require_no_result(round)
    require_unjudged(round)
    standing = guidance_of(round)
    given = {code: text.strip().replace("\r\n", "\n") for code, text in texts.items()}
    changed = {code: text for code, text in given.items() if text != standing.get(code, "")}
    rows = [Guidance(criterion=leaves[code], text=text, by=actor.person(), at=now) for code, text in changed.items()]
    if rows:
        Guidance.objects.bulk_create(rows)
        record(WRITE_GUIDANCE, round, at=now, before={code: standing.get(code, "") for code in changed}, after=changed)
    return rows


def require_unjudged(round: Round) -> None:
    """Refuse with `locked` once a sheet has been handed in."""
    if is_judged(round):
        raise Refused(Code.LOCKED, _("제출된 평가표가 있어 평가 지침을 바꿀 수 없습니다."))
