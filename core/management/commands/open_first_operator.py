import sys
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from core.actors import machine
from core.clock import database_now
from core.errors import Refused
from core.models import Account, RoleGrant
from core.operations.accounts import open_account, set_password
from core.roles import Role


class Command(BaseCommand):
    """The one account that no operator can give. Every other is opened in the panel, by somebody who is named."""

    help = "첫 시스템 운영자의 계정을 엽니다. 비밀번호는 묻거나, 표준 입력의 첫 줄에서 읽습니다."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="계정")
        parser.add_argument("name", help="이름")

    def handle(self, *args: Any, **options: Any) -> None:
        if RoleGrant.objects.filter(role=Role.OPERATOR, account__is_active=True).exists():
            raise CommandError("시스템 운영자가 이미 있습니다. 다른 계정은 그 사람이 화면에서 엽니다.")
        username, name = options["username"], options["name"]
        password = getpass("비밀번호: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            account = Account(username=username, name_ko=name, name_en=name)
            account.validate_constraints()
            validate_password(password, account)
        except ValidationError as wrong:
            raise CommandError("\n".join(wrong.messages)) from wrong
        actor, now = machine("command"), database_now()
        names = {"username": username, "name_ko": name, "name_en": name}
        try:
            with transaction.atomic():
                account = open_account(**names, role=Role.OPERATOR, actor=actor, now=now)
                set_password(account=account, password=password, actor=actor, now=now)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{username} 계정을 열었습니다.")
