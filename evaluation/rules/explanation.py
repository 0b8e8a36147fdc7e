"""A figure in words and as data, made from the very objects that computed it: a cell, its criterion, the spread."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from core.points import exact, round_half_up
from core.sentences import Sentence, marked, say
from evaluation.rules.criterion import DIRECT, MEAN, MEDIAN, SUM, TRIMMED_MEAN, Criterion
from evaluation.rules.scales import Linear, MinMax, ShareOfBest, ShareOfTarget, Spread
from evaluation.rules.scores import Cell
from evaluation.rules.tree import children

PLACES: Final = 6
"""Places of a decimal that goes on: enough to see how it rounds."""

AGGREGATED, SCALED, ROUNDED, ADDED = "aggregate", "scale", "round", "sum"


@dataclass(frozen=True)
class Step:
    """One step of the arithmetic: its kind, its name, the sentence that explains it, and the figure that comes of it.

    `exact` is a whole number or a fraction in lowest terms ("237/20"); `figure` is the same as people write it.
    """

    kind: str
    name: Sentence
    words: Sentence
    figure: str
    exact: str


def steps(criterion: Criterion, team: str, cell: Cell, among: Spread | None) -> list[Step]:
    """From a leaf's values to its points; empty while there are too few values."""
    if cell.aggregate is None or cell.scaled is None or cell.points is None or among is None:
        return []
    aggregating = _AGGREGATES[DIRECT if criterion.source == DIRECT else criterion.aggregate]
    scaled = _scaling(criterion, team, cell.aggregate, among)
    rounded = say(
        "{value} → {points} (소수 {places}자리까지 한 번만 반올림)",
        value=number(cell.scaled),
        points=cell.points,
        places=criterion.places,
    )
    if exact(cell.points) == cell.scaled:
        rounded = say(
            "{points} (소수 {places}자리에서 떨어져 반올림으로 바뀌지 않음)",
            points=cell.points,
            places=criterion.places,
        )
    return [
        _step(AGGREGATED, say("집계"), aggregating(criterion, cell.count, cell.aggregate), cell.aggregate),
        _step(SCALED, say("환산"), scaled, cell.scaled),
        Step(ROUNDED, say("반올림"), rounded, str(cell.points), str(exact(cell.points))),
    ]


def _step(kind: str, name: Sentence, words: Sentence, value: Fraction) -> Step:
    return Step(kind, name, words, number(value), str(value))


def sum_steps(
    criteria: Sequence[Criterion], code: str | None, scores: Mapping[str, Decimal | None], total: Decimal | None
) -> list[Step]:
    """How what stands under a criterion adds up to it (under None: to the total); empty while one of them is missing.

    What is added has been rounded at the leaves; the sum is not rounded again.
    """
    below = [scores[each.code] for each in children(criteria, code)]
    result = total if code is None else scores[code]
    if result is None or None in below:
        return []
    added = " + ".join(map(str, below))
    words = say("{added} (반올림한 점수를 그대로 더하고 다시 반올림하지 않음)", added=added)
    return [Step(ADDED, say("합계"), words, str(result), str(exact(result)))]


def number(value: Fraction) -> str:
    """A fraction exactly: as a decimal where it ends, else as a fraction with the decimal that it is near."""
    if value.denominator == 1:
        return str(value.numerator)
    near = round_half_up(value, PLACES)
    if exact(near) == value:
        return f"{value.numerator}/{value.denominator} = {_ending(near)}"
    return f"{value.numerator}/{value.denominator} ≈ {near}"


def plain(value: Fraction) -> str:
    """The same inside a formula: the decimal where it ends, else the fraction."""
    near = round_half_up(value, PLACES)
    return _ending(near) if exact(near) == value else f"({value.numerator}/{value.denominator})"


def _ending(near: Decimal) -> str:
    whole, _, places = f"{near:f}".partition(".")
    return f"{whole}.{shorter}" if (shorter := places.rstrip("0")) else whole


def _direct(criterion: Criterion, count: int, aggregate: Fraction) -> Sentence:
    return say("직접 넣은 값 하나")


def _mean(criterion: Criterion, count: int, aggregate: Fraction) -> Sentence:
    return say("값 {count}개의 평균: 합 {total} ÷ {count}", count=count, total=plain(aggregate * count))


def _trimmed(criterion: Criterion, count: int, aggregate: Fraction) -> Sentence:
    trim, kept = criterion.trim, count - 2 * criterion.trim
    total = plain(aggregate * kept)
    return say(
        "값 {count}개의 최고·최저점 제외 평균: 최고 {trim}개와 최저 {trim}개를 뺀 {kept}개의 합 {total} ÷ {kept}",
        count=count,
        trim=trim,
        kept=kept,
        total=total,
    )


def _median(criterion: Criterion, count: int, aggregate: Fraction) -> Sentence:
    middle = (count + 1) // 2
    if count % 2:
        return say("값 {count}개의 중앙값: 크기순으로 {middle}번째 값", count=count, middle=middle)
    return say(
        "값 {count}개의 중앙값: 크기순으로 {middle}번째와 {next}번째 값의 평균",
        count=count,
        middle=middle,
        next=middle + 1,
    )


def _sum(criterion: Criterion, count: int, aggregate: Fraction) -> Sentence:
    return say("값 {count}개의 합계", count=count)


_AGGREGATES: Final[Mapping[str, Callable[[Criterion, int, Fraction], Sentence]]] = {
    DIRECT: _direct,
    MEAN: _mean,
    TRIMMED_MEAN: _trimmed,
    MEDIAN: _median,
    SUM: _sum,
}


_NOTHING = ""
_ZERO = say(", 모든 팀이 0이므로 0점")
_SAME = say(", 모든 팀이 같으므로 모두 배점")
_CAPPED = say(", 배점을 넘으므로 배점까지만")


def _scaling(criterion: Criterion, team: str, aggregate: Fraction, among: Spread) -> Sentence:
    value, full = plain(aggregate), str(criterion.points)
    match criterion.scale:
        case Linear(factor):
            return say("비례 환산: {value} × {factor}", value=value, factor=factor)
        case ShareOfBest():
            why = _NOTHING if among.best else _ZERO
            said = marked("최고값 대비: 배점 {full} × {value} ÷ 최고값 {best}{why}")
            return say(said, full=full, value=value, best=plain(among.best), why=why)
        case ShareOfTarget(targets):
            why = _CAPPED if aggregate > exact(targets[team]) else _NOTHING
            said = marked("목표값 대비: 배점 {full} × {value} ÷ 목표값 {target}{why}")
            return say(said, full=full, value=value, target=targets[team], why=why)
        case MinMax():
            least, best = plain(among.least), plain(among.best)
            why = _SAME if among.least == among.best else _NOTHING
            said = marked("최저·최고 사이: 배점 {full} × ({value} − 최저 {least}) ÷ (최고 {best} − 최저 {least}){why}")
            return say(said, full=full, value=value, least=least, best=best, why=why)
    return say("점수 그대로: {value}", value=value)
