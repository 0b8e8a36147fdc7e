"""Every counted input of a round apart by evaluator and by value: set-based, one query a source."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count
from django.db.models.functions import Length

from core.models import Account
from core.names import name_field
from evaluation.models import DirectPoints, Mark, Measurement, Response, Round, Sheet
from evaluation.queries.inputs import standing_verdicts
from evaluation.rules.judged import Judged

SOURCES: Final = 4
"""So many sources are read for every entry."""
IN_NUMBER_ORDER: Final = (Length("username"), "username")
"""The order of accounts in which `by_number` puts their codes: those of a programme begin alike."""


def judged(round: Round, read: Callable[[], object] = lambda: None) -> list[Judged]:
    """What each entry is judged by, in the order of entries: the same rows that `inputs.entry_inputs` counts.

    Each of the sources is told as soon as it is `read`.
    """
    marks = marks_given(entry__round=round)
    read()
    tallies, verdicts = _tallies(round, read), standing_verdicts(round)
    return [
        Judged(team, marks.get(team, {}), tallies.get(team, {}), verdicts.get(team, {}), withdrawn is not None)
        for team, withdrawn in round.entries.values_list("team__code", "withdrawn_at")
    ]


def evaluator_names(round: Round) -> dict[str, str]:
    """Everybody who has handed in a sheet: code -> name. Without whoever has not, nothing would be otherwise."""
    people = Account.objects.filter(pk__in=Sheet.objects.filter(entry__round=round).values("account"))
    named = people.order_by(*IN_NUMBER_ORDER).values_list("username", name_field())
    return {code_of(username): name for username, name in named}


def code_of(username: str) -> str:
    """A person's code within the programme, as corrections name him too."""
    return username.rpartition(".")[2]


def marks_given(**of: Any) -> Mapping[str, Mapping[str, Mapping[str, Decimal]]]:
    """Team -> criterion -> evaluator -> mark, of the sheets that count; one row read a team and criterion."""
    found: dict[str, dict[str, dict[str, Decimal]]] = defaultdict(dict)
    sheets = Sheet.objects.filter(exclusion__isnull=True, **of)
    usernames = Account.objects.filter(pk__in=sheets.values("account")).values_list("pk", "username")
    codes = {account: code_of(username) for account, username in usernames}
    grouped = Mark.objects.filter(sheet__in=sheets).values_list("sheet__entry__team__code", "criterion__code")
    rows = grouped.annotate(people=ArrayAgg("sheet__account", order_by="pk"), given=ArrayAgg("points", order_by="pk"))
    for team, criterion, people, given in rows.order_by():
        found[team][criterion] = dict(zip([codes[each] for each in people], given, strict=True))
    return found


def _tallies(round: Round, read: Callable[[], object]) -> Mapping[str, Mapping[str, Mapping[Decimal, int]]]:
    """Team -> criterion -> value -> how often, of everything but sheets."""
    found: dict[str, dict[str, dict[Decimal, int]]] = defaultdict(lambda: defaultdict(dict))
    sources = [
        (DirectPoints.objects.standing().filter(entry__round=round), "entry", "criterion", "points"),
        (Measurement.objects.standing().filter(entry__round=round), "entry", "criterion", "value"),
        (
            Response.objects.filter(batch__entry__round=round, batch__exclusion__isnull=True),
            "batch__entry",
            "batch__criterion",
            "mark",
        ),
    ]
    for rows, entry, criterion, value in sources:
        counted = rows.values_list(f"{entry}__team__code", f"{criterion}__code", value).annotate(times=Count("pk"))
        for team, code, given, times in counted.order_by():
            found[team][code][given] = times
        read()
    return found
