"""What can be wrong with the criteria of a round, in words that an official understands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from core.sentences import Sentence, marked, say


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. `kind` is stable, a key of `SENTENCES`; `criterion` None concerns the whole tree."""

    criterion: str | None
    kind: str
    facts: dict[str, str] = field(default_factory=dict)


SENTENCES: Final[Mapping[str, str]] = {
    "duplicate_code": marked("같은 코드가 두 번 이상 쓰였습니다."),
    "reserved_code": marked("총점을 가리키는 코드이므로 쓸 수 없습니다: ‘{code}’."),
    "unknown_parent": marked("상위 항목이 없습니다: ‘{parent}’."),
    "cycle": marked("상위 항목을 따라가면 자기 자신으로 돌아옵니다({path})."),
    "parent_with_source": marked("하위 항목이 있으므로 자료(‘{source}’)를 둘 수 없습니다."),
    "parent_with_rule": marked("하위 항목의 합계이므로 집계·환산·최소 값 수(‘{rule}’)를 둘 수 없습니다."),
    "leaf_without_source": marked("하위 항목이 없으므로 자료를 정해야 합니다."),
    "points_not_positive": marked("배점({points})은 0보다 커야 합니다."),
    "children_points": marked("하위 항목 배점의 합({sum})이 배점({points})과 다릅니다."),
    "full_marks": marked("최상위 항목 배점의 합({sum})이 만점({full_marks})과 다릅니다."),
    "unknown_source": marked("알 수 없는 자료입니다: ‘{source}’."),
    "unknown_aggregate": marked("알 수 없는 집계 방식입니다: ‘{aggregate}’."),
    "unknown_scale": marked("알 수 없는 환산 방식입니다: ‘{scale}’."),
    "aggregate_for_direct": marked("점수를 직접 입력하는 항목에는 집계 방식(‘{aggregate}’)을 둘 수 없습니다."),
    "quorum_for_direct": marked("점수를 직접 입력하는 항목은 값이 하나이므로 최소 값 수({quorum})를 채울 수 없습니다."),
    "quorum_too_small": marked("최소 값 수({quorum})는 {least} 이상이어야 합니다."),
    "quorum_beyond_panel": marked("평가위원이 {panel}명이어서 최소 값 수({quorum})를 채울 수 없습니다."),
    "trim_too_small": marked("제외할 최고·최저점의 수({trim})는 1 이상이어야 합니다."),
    "trim_without_trimmed_mean": marked("최고·최저점 제외({trim})는 최고·최저점 제외 평균에서만 쓸 수 있습니다."),
    "places_out_of_range": marked("소수 자릿수({places})는 {least}부터 {most}까지여야 합니다."),
    "factor_not_positive": marked("환산 계수({factor})는 0보다 커야 합니다."),
    "target_missing": marked("‘{team}’ 팀의 목표값이 없습니다."),
    "target_for_unknown_team": marked("목표값이 있는 ‘{team}’ 팀이 이 평가에 없습니다."),
    "target_not_positive": marked("‘{team}’ 팀의 목표값({target})은 0보다 커야 합니다."),
    "not_in_the_round": marked("이 평가에 없는 항목입니다."),
    "field_fixed": marked("평가를 시작한 뒤에 바꿀 수 없습니다: ‘{called}’."),
    "value_unreadable": marked("{called}에 쓸 수 없는 값입니다: ‘{value}’."),
    "factor_missing": marked("비례 환산에는 환산 계수가 있어야 합니다."),
    "unknown_tie": marked("동점자 처리 기준이 평가항목에 없습니다: ‘{tie}’."),
}


def describe(fault: Fault) -> Sentence:
    """The fault as a sentence, led by the code of the criterion where it concerns one."""
    facts = {name: Sentence(fact) if name == "called" else fact for name, fact in fault.facts.items()}
    said = Sentence(SENTENCES[fault.kind], facts)
    return (
        said if fault.criterion is None else say("평가항목 ‘{criterion}’: {said}", criterion=fault.criterion, said=said)
    )
