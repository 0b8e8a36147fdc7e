from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.actors import actor_of
from core.clock import database_now
from core.errors import Refused
from core.models import Account
from evaluation.operations.importing import import_responses
from evaluation.queries.lookup import round_at
from evaluation.readers.uploads import panel


class Command(BaseCommand):
    """Exit 0 where the responses stand, now or before; 1 with every fault by its line where nothing was brought in."""

    help = "사용자 응답 파일(CSV 또는 XLSX)을 한 단계에 반영합니다. 하나라도 틀리면 아무것도 반영하지 않습니다."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", help="단계(사업.단계)")
        parser.add_argument("file", type=Path, help="파일")
        parser.add_argument("--by", required=True, help="반영하는 담당 공무원의 계정")
        parser.add_argument("--key", default="", help="묶음 번호, 없으면 내용의 요약값")

    def handle(self, *args: Any, **options: Any) -> None:
        account, path = Account.objects.filter(username=options["by"], is_active=True).first(), options["file"]
        if account is None:
            raise CommandError(f"없는 계정입니다: {options['by']}")
        facts = {"key": options["key"], "file": path.name, "actor": actor_of(account), "now": database_now()}
        try:
            with path.open("rb") as stream:
                brought = import_responses(round_at(options["round"]), panel(stream, path.name), **facts)
        except OSError as fault:
            raise CommandError(f"파일을 열 수 없습니다: {path}") from fault
        except Refused as refused:
            raise CommandError("\n".join(refused.facts.get("faults", [str(refused)]))) from refused
        self.stdout.write(f"{brought}: 응답 {brought.size:,}개, 요약값 {brought.digest}")
