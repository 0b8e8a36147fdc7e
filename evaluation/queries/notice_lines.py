"""The lines of a notice, and the sentences that are the same in every one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from evaluation.states import Outcome

OUTCOMES = {
    Outcome.ADVANCED: "다음 단계에 진출합니다.",
    Outcome.GATE_FAILED: "점수는 진출 순위 안에 들었으나 요건을 충족하지 못하여 진출하지 못합니다.",
    Outcome.BELOW_FLOOR: "진출 순위 안에 들었으나 총점이 진출 하한점에 미치지 못하여 진출하지 못합니다.",
    Outcome.ELIMINATED: "진출 순위 안에 들지 못하여 진출하지 못합니다.",
    Outcome.WITHDRAWN: "참여를 철회하여 순위를 매기지 않았습니다.",
}
# Administrative Procedures Act art. 26: who decides tells whether there is a remedy, how and until when.
REMEDIES = (
    (
        "행정심판: 처분이 있음을 알게 된 날부터 90일 이내, 처분이 있었던 날부터 180일 이내에 청구할 수 있습니다"
        "(「행정심판법」 제27조제1항·제3항)."
    ),
    (
        "행정소송(취소소송): 처분이 있음을 안 날부터 90일 이내, 처분이 있은 날부터 1년 이내에 제기할 수 있습니다"
        "(「행정소송법」 제20조)."
    ),
    (
        "이의신청을 하였으면 그 결과를 통지받은 날부터 90일 이내에 행정심판이나 행정소송을 제기할 수 있습니다"
        "(「행정기본법」 제36조제4항)."
    ),
)
WHERE = "심사 시스템의 이의신청 화면"
ON_PAPER = "담당자에게 서면으로 제출"


@dataclass(frozen=True)
class Score:
    """A criterion's line: `depth` 0 is the top level; figures are text with their own places."""

    name: str
    depth: int
    most: str
    points: str | None


@dataclass(frozen=True)
class GateLine:
    """A gate with its verdict and reason; "판정 없음" where none was needed."""

    name: str
    verdict: str
    reason: str


@dataclass(frozen=True)
class LatePaper:
    """A paper that came too late: received, kept, and not considered, with the reason."""

    title: str
    received: str
    reason: str


@dataclass(frozen=True)
class Change:
    """One thing that a correction changed, before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class NoticeContent:
    """Everything that a notice says, in words and figures as they are printed; the paper and the page show the same.

    `dated` is the moment of the announcement, which the file bears as its date. Where the team has waived, `waived`
    stands in place of how and until when it may object.
    """

    title: str
    programme: str
    mark: str
    legal_basis: str
    round: str
    team: str
    number: str
    dated: datetime
    announced: str
    arrived: str
    outcome: str
    reason: str
    total: str | None
    most: str
    rank: str | None
    scores: Sequence[Score]
    gates: Sequence[GateLine]
    late_papers: Sequence[LatePaper]
    replaces: str | None
    changes: Sequence[Change]
    change_reason: str
    waived: str
    until: str
    grounds: Sequence[str]
    not_grounds: Sequence[str]
    where: str
    on_paper: str
    officer: str
    remedies: Sequence[str]
    snapshot: int
    digest: str
    ledger_head: str | None
