import json
import sys
from argparse import ArgumentTypeError
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NoReturn

from celery import current_app
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from core.clock import database_now
from core.errors import Refused
from core.wording import told
from evaluation.rules.criteria import describe
from rehearsal.document import Unusable
from rehearsal.play import Played, play, unexpected
from rehearsal.report import report
from rehearsal.scenario import Scenario
from rehearsal.schema import read
from rehearsal.scratch import scratch_database
from rehearsal.stage import Stage, set_stage, unknown_years, unreachable
from rehearsal.table import events_line, tables, years_line

UNUSABLE = 2
UNEXPECTED = 1


def _event_number(text: str) -> int:
    """A number of events, none included; of a negative one nobody could say at which event to stop."""
    if not text.isdecimal():
        raise ArgumentTypeError(f"0 이상의 정수여야 합니다: {text}")
    return int(text)


class Command(BaseCommand):
    """Plays a scenario file through the operations that everybody else uses.

    Exit 0 when every event ended as the file says, 1 when one did not, 2 when the file cannot be used.
    """

    help = "시나리오 파일을 실제와 같은 절차로 예행합니다. 따로 만든 데이터베이스에서 진행하고 끝나면 지웁니다."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="시나리오 파일(YAML)")
        parser.add_argument("--json", metavar="OUT", help="결과 보고서를 쓸 파일, -는 표준 출력")
        parser.add_argument("--keep", action="store_true", help="실제 데이터베이스에 남깁니다")
        parser.add_argument("--until", type=_event_number, metavar="N", help="N번째 사건까지만 진행합니다")

    def handle(self, *args: Any, **options: Any) -> None:
        out = self.stderr if options["json"] == "-" else self.stdout
        out.style_func = None
        try:
            scenario = read(Path(options["file"]))
        except Unusable as unusable:
            self._unusable(f"{options['file']}: {unusable}")
        if not options["keep"]:
            # What is rehearsed must not ring the real workers.
            current_app.conf.broker_url = "memory://"
        with nullcontext() if options["keep"] else scratch_database():
            if options["keep"]:
                call_command("migrate", verbosity=0, interactive=False)
            stage = self._set(scenario)
            if warning := years_line(unknown_years(scenario)):
                self.stderr.write(warning)
            for code, fault in unreachable(stage):
                self.stderr.write(f"주의: {code} {told(describe(fault))}")
            played = play(scenario, stage, options["until"], lambda each: out.write(events_line(each)))
            reported = report(scenario, stage, played)
        out.write(tables(reported))
        self._write(options["json"], reported)
        self._end(played, out)

    def _set(self, scenario: Scenario) -> Stage:
        """All of the stage or nothing: a programme that exists already is left alone."""
        now = scenario.events[0].at if scenario.events else database_now()
        try:
            with transaction.atomic():
                return set_stage(scenario, now)
        except Refused as refusal:
            self._unusable(f"{scenario.path}: {refusal}")

    def _unusable(self, message: str) -> NoReturn:
        sys.stderr.write(f"{message}\n")
        raise SystemExit(UNUSABLE)

    def _write(self, where: str | None, reported: dict[str, Any]) -> None:
        if where is None:
            return
        body = json.dumps(reported, ensure_ascii=False, indent=1)
        if where == "-":
            sys.stdout.write(f"{body}\n")
            return
        try:
            Path(where).write_text(f"{body}\n", encoding="utf-8")
        except OSError as error:
            self._unusable(f"{where}: 보고서를 쓸 수 없습니다({error.strerror}).")

    def _end(self, played: list[Played], out: Any) -> None:
        first = next(unexpected(played), None)
        if first is None:
            out.write(f"사건 {len(played)}개가 모두 예상대로 끝났습니다.")
            return
        sys.stderr.write(f"{first.cause}\n")
        raise SystemExit(UNEXPECTED)
