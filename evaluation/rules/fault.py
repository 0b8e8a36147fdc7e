"""What can be wrong with the criteria of a round, in words that an official understands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. `kind` is stable, a key of `SENTENCES`; `criterion` None concerns the whole tree."""

    criterion: str | None
    kind: str
    facts: dict[str, str] = field(default_factory=dict)


SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "duplicate_code": ("같은 코드가 두 번 이상 쓰였습니다.", "The code is used more than once."),
    "reserved_code": (
        "‘{code}’은(는) 총점을 가리키는 코드이므로 쓸 수 없습니다.",
        "The code “{code}” stands for the total and cannot be used.",
    ),
    "unknown_parent": ("상위 항목 ‘{parent}’이(가) 없습니다.", "There is no criterion “{parent}” to stand under."),
    "cycle": (
        "상위 항목을 따라가면 자기 자신으로 돌아옵니다({path}).",
        "The criteria above it lead back to itself ({path}).",
    ),
    "parent_with_source": (
        "하위 항목이 있으므로 입력 방식(‘{source}’)을 둘 수 없습니다.",
        "Criteria stand under it, so it cannot have a source (“{source}”).",
    ),
    "parent_with_rule": (
        "하위 항목의 합계이므로 집계·환산·정족수(‘{rule}’)를 둘 수 없습니다.",
        "It is the sum of the criteria under it, so it cannot have a rule of its own (“{rule}”).",
    ),
    "leaf_without_source": (
        "하위 항목이 없으므로 입력 방식이 있어야 합니다.",
        "No criteria stand under it, so it needs a source.",
    ),
    "points_not_positive": ("배점({points})은 0보다 커야 합니다.", "Its points ({points}) must be more than 0."),
    "children_points": (
        "하위 항목 배점의 합({sum})이 배점({points})과 다릅니다.",
        "The points under it sum to {sum}, not to its {points}.",
    ),
    "full_marks": (
        "최상위 항목 배점의 합({sum})이 만점({full_marks})과 다릅니다.",
        "The points of the top level sum to {sum}, not to the full marks of {full_marks}.",
    ),
    "unknown_source": ("알 수 없는 입력 방식입니다: ‘{source}’.", "No source is called “{source}”."),
    "unknown_aggregate": ("알 수 없는 집계 방식입니다: ‘{aggregate}’.", "No aggregate is called “{aggregate}”."),
    "unknown_scale": ("알 수 없는 환산 방식입니다: ‘{scale}’.", "No scale is called “{scale}”."),
    "aggregate_for_direct": (
        "점수를 직접 입력하는 항목에는 집계 방식(‘{aggregate}’)을 둘 수 없습니다.",
        "Its points are entered directly, so there is nothing to aggregate (“{aggregate}”).",
    ),
    "quorum_for_direct": (
        "점수를 직접 입력하는 항목은 값이 하나이므로 정족수 {quorum}을(를) 채울 수 없습니다.",
        "Its points are entered directly as one value, so a quorum of {quorum} can never be met.",
    ),
    "quorum_too_small": (
        "정족수({quorum})는 {least} 이상이어야 합니다.",
        "Its quorum ({quorum}) must be at least {least}.",
    ),
    "trim_too_small": (
        "제외할 최고·최저점의 수({trim})는 1 이상이어야 합니다.",
        "It must leave out at least 1 highest and 1 lowest value, not {trim}.",
    ),
    "trim_without_trimmed_mean": (
        "최고·최저점 제외({trim})는 절사평균에서만 쓸 수 있습니다.",
        "Only a trimmed mean leaves out values ({trim}); its aggregate is “{aggregate}”.",
    ),
    "places_out_of_range": (
        "소수 자릿수({places})는 {least}부터 {most}까지여야 합니다.",
        "Its decimal places ({places}) must lie between {least} and {most}.",
    ),
    "factor_not_positive": ("환산 계수({factor})는 0보다 커야 합니다.", "Its factor ({factor}) must be more than 0."),
    "target_missing": ("‘{team}’ 팀의 목표값이 없습니다.", "The team “{team}” has no target."),
    "target_for_unknown_team": (
        "목표값이 있는 ‘{team}’ 팀이 이 평가에 없습니다.",
        "The team “{team}” has a target but does not take part.",
    ),
    "target_not_positive": (
        "‘{team}’ 팀의 목표값({target})은 0보다 커야 합니다.",
        "The target of the team “{team}” ({target}) must be more than 0.",
    ),
    "not_in_the_round": ("이 평가에 없는 항목입니다.", "The round has no such criterion."),
    "field_fixed": (
        "‘{called}’은(는) 평가를 시작한 뒤에 바꿀 수 없습니다.",
        "“{field}” cannot change once the round is open.",
    ),
    "value_unreadable": (
        "{called}에 쓸 수 없는 값입니다: ‘{value}’.",
        "“{value}” cannot be the value of “{field}”.",
    ),
    "factor_missing": ("비례 환산에는 환산 계수가 있어야 합니다.", "A linear scale needs a factor."),
    "unknown_tie": (
        "동점자 처리 기준 ‘{tie}’이(가) 평가항목에 없습니다.",
        "Ties are to be broken by “{tie}”, which is not a criterion.",
    ),
}


def describe(fault: Fault) -> tuple[str, str]:
    """The fault as a Korean and an English sentence, led by the code of the criterion where it concerns one."""
    korean, english = (sentence.format(**fault.facts) for sentence in SENTENCES[fault.kind])
    if fault.criterion is None:
        return korean, english
    return f"평가항목 ‘{fault.criterion}’: {korean}", f"Criterion “{fault.criterion}”: {english}"


def shown(value: Decimal) -> str:
    """A number as a fact: without an exponent, and without the zeros that a column of a database may add."""
    return f"{value.normalize():f}"
