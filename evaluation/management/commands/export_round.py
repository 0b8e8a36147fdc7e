from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.actors import machine
from core.clock import database_now
from core.errors import Refused
from evaluation.operations.exporting import export_round
from evaluation.queries.lookup import round_at


class Command(BaseCommand):
    help = "발표한 결과를 남이 다시 계산해 볼 수 있는 묶음(zip) 하나로 내보냅니다. 안의 verify.py가 대조합니다."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", help="단계평가: 사업.단계, 또는 하나뿐이면 단계 코드")
        parser.add_argument("--snapshot", type=int, metavar="번호", help="순위표 번호. 없으면 가장 최근에 발표한 것")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE.zip")

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path = options["out"]
        part = out.with_name(f"{out.name}.part")
        try:
            with part.open("wb") as target:
                snapshot = export_round(
                    round_at(options["round"]),
                    target,
                    number=options["snapshot"],
                    actor=machine("export"),
                    now=database_now(),
                )
            part.replace(out)
        except (Refused, OSError) as fault:
            part.unlink(missing_ok=True)
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{out}: {snapshot} · {snapshot.digest}")
