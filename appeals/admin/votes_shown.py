"""The votes of a call's evaluators as whoever decides on the selection sees them: each person's, and how they stand."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from appeals.models import Vote
from appeals.policies import Majority, call_evaluators, majorities
from consortia.models import Call
from consortia.states import ApplicationState
from core.models import Account
from evaluation.queries.judged import IN_NUMBER_ORDER


def majority_words(majority: Majority) -> str:
    """How the votes stand, and what they need."""
    return _("평가위원 %(all)s명 가운데 %(n)s명 인정 · 과반(%(needed)s명) 필요") % {
        "all": majority.evaluators,
        "n": majority.accepting,
        "needed": majority.needed,
    }


def votes_shown(call: Call, given: Sequence[Vote], *, chosen: str, at: datetime, refusal: str) -> str:
    """Every application that is judged, with the opinion of each who is the call's evaluator at `at`, or has voted."""
    evaluators = call_evaluators(call, at)
    of: dict[int, dict[int, Vote]] = {}
    for vote in given:
        of.setdefault(vote.application_id, {})[vote.account_id] = vote
    asked = evaluators | {vote.account_id for vote in given}
    people = {each.pk: each for each in Account.objects.filter(pk__in=asked).order_by(*IN_NUMBER_ORDER)}
    standing, judged = majorities(call, at), call.applications.exclude(state=ApplicationState.INELIGIBLE)
    applications = [
        {
            "application": each,
            "chosen": each.team.code == chosen,
            "majority": standing[each.pk],
            "words": majority_words(standing[each.pk]),
            "votes": _lines(people, of.get(each.pk, {}), evaluators),
        }
        for each in judged.select_related("team").order_by("pk")
    ]
    return render_to_string("panel/foreseen_votes.html", {"applications": applications, "refusal": refusal})


def _lines(
    people: Mapping[int, Account], votes: Mapping[int, Vote], evaluators: set[int]
) -> list[tuple[Any, Vote | None, bool]]:
    """Each evaluator with his vote, or none; and whoever voted and is an evaluator no more."""
    return [
        (person, votes.get(pk), pk in evaluators) for pk, person in people.items() if pk in evaluators or pk in votes
    ]
