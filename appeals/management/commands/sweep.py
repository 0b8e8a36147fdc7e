from typing import Any

from django.core.management.base import BaseCommand

from appeals.sweeps import sweep, tell
from core.actors import machine
from core.clock import database_now


class Command(BaseCommand):
    """The second bell beside Celery's beat: a system timer may call this every minute."""

    help = "지금 처리할 것을 모두 처리합니다(이의신청 종료, 추가 공모 개시와 마감, 순위 재계산, 기한 알림)."

    def handle(self, *args: Any, **options: Any) -> None:
        actor, now = machine("command"), database_now()
        try:
            swept = sweep(actor=actor, now=now)
        finally:
            told = tell(actor=actor, now=now)
        for name, found in {**vars(swept), "told": told}.items():
            self.stdout.write(f"{name}: {found}")
