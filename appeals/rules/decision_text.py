"""The decision of an appeal as a text. Plain Python."""

from dataclasses import dataclass

REMEDIES = """이 결정에 불복하는 경우에는 결정을 통지받은 날부터 90일 이내에 행정심판 또는 행정소송을 제기할 수 있습니다
(「행정기본법」 제36조제4항).
- 행정심판: 처분이 있음을 알게 된 날부터 90일, 처분이 있었던 날부터 180일 이내에 처분청이나 행정심판위원회에
  청구합니다(「행정심판법」 제23조·제27조).
- 행정소송(취소소송): 처분이 있음을 안 날부터 90일, 처분이 있은 날부터 1년 이내에 관할 법원에 제기합니다
  (「행정소송법」 제20조). 행정심판을 거치지 않아도 됩니다(같은 법 제18조제1항)."""
"""Notice of remedies: owed with every decision (Administrative Procedures Act art. 26, Administrative Appeals Act
art. 58). After an objection the ninety days run from notice of its outcome (General Act on Public Administration
art. 36(4))."""


@dataclass(frozen=True)
class Decided:
    """What a decision says of itself. `correcting`: a correction of the result follows from it."""

    programme: str
    number: str
    filed: str
    team: str
    about: str
    ground: str
    outcome: str
    reason: str
    decided: str
    correcting: bool


def decision_text(said: Decided) -> str:
    """The text: what was asked, what was decided and why (Administrative Procedures Act art. 23), and what remains."""
    correcting = "이 결정에 따라 결과를 정정하며, 정정한 결과는 따로 통지합니다.\n" if said.correcting else ""
    return f"""이의신청 결정서

사업: {said.programme}
접수번호: {said.number} ({said.filed} 접수)
신청인: {said.team}
대상: {said.about}
신청 사유: {said.ground}

1. 결정
{said.outcome}
{correcting}
2. 이유
{said.reason}

3. 불복 방법
{REMEDIES}

결정일: {said.decided}
"""
