from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tabulate import tabulate

from consortia.models import Programme
from consortia.queries import local_day
from core.clock import database_now
from evaluation.queries.parity import WORDS, ParityReport, parity

HEADINGS = ["지원 항목", "팀", "수량", "기준", "단위·일", "기준 단위·일", "판정", "예외 사유"]


class Command(BaseCommand):
    """Exit 0 where support is equal but for written exceptions, 1 where something is flagged."""

    help = "한 날의 지원을 팀별로 견줍니다. 서면 예외 없이 다르거나 회수할 지원이 있으면 1로 끝납니다."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programme", help="사업 코드")
        parser.add_argument("--day", type=date.fromisoformat, help="기준일(ISO 8601), 없으면 오늘")

    def handle(self, *args: Any, **options: Any) -> None:
        programme = Programme.objects.filter(code=options["programme"]).first()
        if programme is None:
            raise CommandError(f"없는 사업입니다: {options['programme']}")
        report = parity(programme, options["day"] or local_day(programme, database_now()))
        self.stdout.write(f"{programme} · {report.round or '-'} · {report.day}")
        self.stdout.write(tabulate(_rows(report), HEADINGS))
        if report.flagged:
            raise SystemExit(1)


def _rows(report: ParityReport) -> list[list[Any]]:
    return [
        [
            line.name,
            report.teams[team],
            f"{each.number} {line.unit}",
            each.due_number,
            each.unit_days,
            each.due_unit_days,
            WORDS[each.parity],
            each.reason,
        ]
        for line in report.lines
        for team, each in line.shares.items()
    ]
