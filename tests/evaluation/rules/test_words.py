"""The closed lists of words: rules are plain Python and write them down again, so both must say the same."""

from collections.abc import Iterable

import pytest
from django.db.models import TextChoices

from evaluation.rules import gates, outcomes
from evaluation.rules.criterion import AGGREGATES, SOURCES
from evaluation.rules.outcomes import VACANCY_RULES
from evaluation.rules.scales import KINDS
from evaluation.states import Aggregate, FindingValue, Outcome, ScaleKind, Source, VacancyRule, VerdictValue

OUTCOMES = [
    outcomes.ADVANCED,
    outcomes.GATE_FAILED,
    outcomes.BELOW_FLOOR,
    outcomes.ELIMINATED,
    outcomes.WITHDRAWN,
]
# An abstention counts for nothing, so that the rules have no word for it.
FINDINGS, VERDICTS = (gates.MET, gates.NOT_MET, "abstain"), (gates.PASSED, gates.FAILED)


@pytest.mark.parametrize(
    ("words", "states"),
    [
        (SOURCES, Source),
        (AGGREGATES, Aggregate),
        (KINDS, ScaleKind),
        (OUTCOMES, Outcome),
        (VACANCY_RULES, VacancyRule),
        (FINDINGS, FindingValue),
        (VERDICTS, VerdictValue),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_rules_and_states_have_the_same_words(words: Iterable[str], states: type[TextChoices]) -> None:
    assert list(words) == states.values
