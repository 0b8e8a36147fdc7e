"""The notice of a call as a text with blanks: plain Python, no database."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from core.sentences import Sentence, marked

BLANKS = (
    *("사업명", "공모 계기", "자리 수", "공고 기간", "접수 시작", "접수 마감", "응모 자격", "지원 조건", "제출 서류"),
    *("평가위원", "선정 기준", "최초 공모 조건", "법적 근거", "단축 사유"),
)
"""What stands between braces in a template, and is filled in when the call opens."""

ELIGIBLE = {
    "eliminated": marked("이번 단계에서 진출하지 못한 정예팀"),
    "earlier_applicants": marked("이전 공모에 응모한 컨소시엄"),
    "newcomers": marked("새로 응모하는 컨소시엄"),
}

TERMS = {"gpu": "GPU", "data": marked("데이터"), "designation": marked("명칭")}
"""What the terms of a call are called; others go by the name under which they were written."""

DECISION_RULE = (
    "평가위원 전원(의견을 내지 않은 위원 포함)의 과반이 기준 충족을 인정한 팀을 선정합니다. "
    "그런 팀이 없으면 선정하지 않으며, 응모한 팀이 하나여도 같은 기준으로 평가합니다."
)

DEFAULT_TEMPLATE = """{사업명} 추가 공모 공고

{공모 계기}에 따라 다음과 같이 추가 공모를 실시합니다.

1. 선정 규모: {자리 수}개 팀
2. 접수 기간: {접수 시작}부터 {접수 마감} (공고 기간 {공고 기간}일)
{단축 사유}
3. 응모 자격
{응모 자격}
4. 지원 조건
{지원 조건}
5. 최초 공모의 조건
{최초 공모 조건}
6. 제출 서류
{제출 서류}
7. 평가위원: {평가위원}
8. 선정 기준: {선정 기준}
9. 법적 근거: {법적 근거}

접수는 마감 시각에 끝나며, 그 전에 시작하였더라도 마감 시각까지 제출이 끝나지 않은 응모는 받지 않습니다.
"""

_BLANK = re.compile(r"\{([^{}\n]*)\}")


def unknown_blanks(template: str) -> list[str]:
    """The blanks of a template that nothing fills."""
    return sorted(set(_BLANK.findall(template)) - set(BLANKS))


def filled(template: str, words: Mapping[str, str]) -> str:
    """The template with its blanks filled, once: what is filled in is never read as a template again.

    A line of which nothing is left is dropped.
    """
    lines = []
    for line in template.splitlines():
        full = _BLANK.sub(lambda blank: words[blank[1]], line)
        if full.strip() or not line.strip():
            lines.append(full.rstrip())
    return "\n".join(lines).strip() + "\n"


def eligible_words(groups: Sequence[str]) -> list[Sentence]:
    """Who may answer the call, in the words of its notice."""
    return [Sentence(ELIGIBLE.get(group, group)) for group in groups]


def terms_words(terms: Mapping[str, Any]) -> list[Sentence]:
    """The terms without their exceptions, a line each; those that are not set are left out."""
    names = [*TERMS, *sorted(set(terms) - {*TERMS, "exceptions"})]
    return [
        Sentence("{name}: {terms}", {"name": Sentence(TERMS.get(name, name)), "terms": terms[name]})
        for name in names
        if terms.get(name)
    ]


def listed(items: Sequence[object], nothing: str) -> str:
    """The items as a list, or the words for none."""
    return "\n".join(f"- {item}" for item in items) or nothing
