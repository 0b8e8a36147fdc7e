from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from appeals.states import APPEAL
from consortia.states import APPLICATION, CALL
from core.models.decision import DECISION
from evaluation.states import CRITERIA, ROUND

INTRODUCTION = """# Lifecycles

Made from the tables of steps in the code by `manage.py lifecycles`; a test compares them. The same tables give the
buttons that an official sees and the database triggers that refuse every other step, whoever writes.
"""
# In the order of the story; this package is the lowest that knows all of them.
LIFECYCLES = {
    "A round (단계평가)": ROUND,
    "A version of a round's criteria (평가기준)": CRITERIA,
    "A decision of two people (결재)": DECISION,
    "An appeal (이의신청)": APPEAL,
    "A call (추가 공모)": CALL,
    "An application (응모)": APPLICATION,
}


class Command(BaseCommand):
    """Prints docs/lifecycles.md, so that no diagram is ever drawn by hand."""

    help = "상태 전이표를 그림(Markdown, mermaid)으로 출력합니다."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("ko"):
            drawn = [f"## {title}\n\n```mermaid\n{table.diagram()}\n```\n" for title, table in LIFECYCLES.items()]
        self.stdout.write("\n".join([INTRODUCTION, *drawn]), ending="")
