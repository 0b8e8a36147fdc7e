"""Rounds by chance, small enough that ties, failed gates, floors and missing values meet often."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from evaluation.rules.criteria import Criterion
from evaluation.rules.scales import Linear, MinMax, Points, ShareOfBest, ShareOfTarget
from evaluation.rules.standings import EntryInputs, RoundRules

TEAMS = ("a", "b", "c", "d", "e", "f")
GATES = ("originality", "safety")
SCALES = st.sampled_from(
    [
        Points(),
        Linear(Fraction(1, 3)),
        ShareOfBest(),
        ShareOfTarget({team: Decimal(1 + at) for at, team in enumerate(TEAMS)}),
        MinMax(),
    ]
)
VALUES = st.lists(st.integers(0, 3).map(Decimal), min_size=1, max_size=4)


@st.composite
def rules(draw):
    """A parent over two scored leaves beside one leaf entered directly; points are 30, 20 and 50."""
    aggregate = draw(st.sampled_from(["mean", "trimmed_mean", "median", "sum"]))
    first = Criterion("first", Decimal(30), "parent", "responses", aggregate, scale=draw(SCALES))
    second = Criterion(
        "second", Decimal(20), "parent", "measurements", scale=draw(SCALES), places=draw(st.integers(0, 3))
    )
    return RoundRules(
        criteria=(Criterion("parent", Decimal(50)), first, second, Criterion("third", Decimal(50), source="direct")),
        gates=draw(st.sampled_from([(), GATES[:1], GATES])),
        seats=draw(st.integers(1, 6)),
        vacancy=draw(st.sampled_from(["recruit", "promote", "leave"])),
        floor=draw(st.sampled_from([None, Decimal(3), Decimal(20)])),
        ties=draw(st.sampled_from([(), ("first",), ("parent", "second")])),
        mean_places=draw(st.integers(0, 3)),
    )


@st.composite
def entries(draw, complete=False):
    """Entries of some of the teams; `complete` ones have all values and verdicts, the others lack some."""
    verdict = st.sampled_from(["passed", "failed"])
    few = st.just([]) | VALUES
    leaf = st.lists(st.integers(0, 3).map(Decimal), min_size=3, max_size=4) if complete else few
    one = st.lists(st.sampled_from([Decimal(1), Decimal("2.25"), Decimal(2)]), min_size=int(complete), max_size=1)
    values = st.fixed_dictionaries({"first": leaf, "second": leaf, "third": one})
    known = st.fixed_dictionaries(dict.fromkeys(GATES, verdict))
    verdicts = known if complete else st.dictionaries(st.sampled_from(GATES), verdict)
    teams = draw(st.permutations(TEAMS))[: draw(st.integers(0, len(TEAMS)))]
    return [EntryInputs(team, draw(values), draw(verdicts), draw(st.integers(0, 5)) == 0) for team in teams]
