import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from core.ledger.verifier import anchor, report, verify


class Command(BaseCommand):
    help = "원장의 사슬과 모든 행을 대조합니다. 온전하면 0, 손상이 있으면 처음 것을 밝히고 1로 끝납니다."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="결과를 JSON으로 적습니다.")
        parser.add_argument(
            "--anchor",
            action="append",
            default=[],
            type=anchor,
            metavar="NUMBER:HEAD",
            help="밖에 보관한 머리값과 대조합니다. 여러 번 줄 수 있습니다.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        connection.ensure_connection()
        verdict = verify(connection.connection, options["anchor"])
        if options["json"]:
            sentence = " / ".join(verdict.damage.sentences) if verdict.damage else ""
            facts = {"intact": verdict.damage is None, **asdict(verdict), "sentence": sentence}
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
        else:
            self.stdout.write(report(verdict))
        if verdict.damage is not None:
            raise SystemExit(1)
