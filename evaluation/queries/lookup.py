"""Finding the things of a round by the codes that people use; `unknown` where there is none."""

import re
from collections.abc import Collection
from typing import Any, TypeVar

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.codes import CODE, LONGEST
from core.errors import Code, Refused
from evaluation.models import Criterion, Entry, Gate, Round
from evaluation.states import Source

Thing = TypeVar("Thing", bound=models.Model)


def round_at(address: str, among: models.QuerySet[Round] | None = None) -> Round:
    """The round at `programme.round`, or at `round` alone where one programme has that code.

    Codes are unique in their programme only: a bare one that several have is `incomplete`, with the whole addresses.
    `among` are the rounds that whoever asks may know of, by default all: of no other is anything told.
    """
    programme, dot, code = address.rpartition(".")
    if not re.fullmatch(CODE, code) or (dot and not re.fullmatch(CODE, programme)):
        raise Refused(Code.UNKNOWN, format_lazy(_("없는 단계입니다: {address}"), address=address), name=address)
    known = Round.objects.all() if among is None else among
    rounds = known.select_related("programme").filter(code=code).order_by("programme__code")
    found = list(rounds.filter(programme__code=programme) if programme else rounds)
    if len(found) > 1:
        whole = [f"{round.programme.code}.{round.code}" for round in found]
        raise Refused(
            Code.INCOMPLETE,
            format_lazy(_("사업 코드를 앞에 적어야 합니다: {whole}"), whole=", ".join(whole)),
            addresses=whole,
        )
    if not found:
        raise Refused(Code.UNKNOWN, format_lazy(_("없는 단계입니다: {address}"), address=address), name=address)
    return found[0]


def entry_of(round: Round, team: str) -> Entry:
    """The entry of the team with that code."""
    return _found(round.entries.select_related("team", "round"), _("팀"), team, team__code=team)


def gate_of(round: Round, code: str) -> Gate:
    """The gate with that code."""
    return _found(round.gates.all(), _("요건"), code, code=code)


def leaf_of(round: Round, code: str, source: str) -> Criterion:
    """The leaf with that code that takes values of that source."""
    return leaves_of(round, [code], source)[code]


def leaves_of(round: Round, codes: Collection[str], source: str) -> dict[str, Criterion]:
    """The leaves with these codes that take values of that source, in one query however many there are."""
    standing = {criterion.code: criterion for criterion in round.criteria.all()}
    for code in codes:
        if code not in standing:
            raise unknown(_("평가항목"), code)
        if standing[code].source != source:
            raise not_scored_by(standing[code], source)
    return {code: standing[code] for code in codes}


def _found(rows: models.QuerySet[Thing], kind: Any, name: str, **conditions: str) -> Thing:
    # What cannot be a code is looked for nowhere: the database would not take every text.
    found = rows.filter(**conditions).first() if re.fullmatch(CODE, name) else None
    if found is None:
        raise unknown(kind, name)
    return found


def not_scored_by(criterion: Criterion, source: str) -> Refused:
    """The refusal of a value for a criterion that the round has, but that takes its values from elsewhere."""
    return Refused(
        Code.UNKNOWN,
        format_lazy(
            _("{source} 점수를 받지 않는 평가항목입니다: {name}"), source=Source(source).label, name=criterion.code
        ),
        name=criterion.code,
    )


def unknown(kind: Any, name: str) -> Refused:
    """The refusal of what a round does not have; of a name longer than any can be, its beginning."""
    name = name[:LONGEST]
    return Refused(Code.UNKNOWN, format_lazy(_("이 단계에 없는 {kind}입니다: {name}"), kind=kind, name=name), name=name)
