"""`manage.py remove_stray_files`: take away stored files that no row speaks of, left where a process died."""

from typing import Any

from django.core.management.base import BaseCommand

from core.attachments.strays import remove_strays
from core.clock import database_now


class Command(BaseCommand):
    """Remove files older than a day that belong to no attachment. Run it daily, from a system timer."""

    help = "Remove stored files that no attachment speaks of."

    def handle(self, *args: Any, **options: Any) -> None:
        for name in remove_strays(database_now()):
            self.stdout.write(name)
