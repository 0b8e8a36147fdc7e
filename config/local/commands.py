"""Runs one command of Django, `serve` or `screenshots`, with a database under it when it needs one."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import execute_from_command_line

from config.local import given, postgres

# These read code only. Every other command gets a database: a new one must not fail because a list was forgotten.
WITHOUT_DATABASE = {
    "help", "--help", "-h", "version", "--version", "check", "collectstatic", "compilemessages", "diffsettings",
    "findstatic", "lifecycles", "makemessages", "makemigrations", "spectacular", "startapp", "startproject",
}  # fmt: skip
LOCAL = {"config.settings.local", "config.settings.test"}


@contextmanager
def database() -> Iterator[str]:
    """DATABASE_URL as given, or that of the embedded server, which runs as long as the block."""
    if url := given.present():
        given.check(url)
        yield url
        return
    with postgres.running() as url:
        os.environ["DATABASE_URL"] = url
        try:
            yield url
        finally:
            del os.environ["DATABASE_URL"]


def run(argv: list[str]) -> int:
    """One command line. Only the local settings may mean the embedded server: production must name its database."""
    command = argv[1] if len(argv) > 1 else "help"
    if command == "serve":
        from config.local.serve import serve

        return serve(argv[2:])
    if command == "screenshots":
        from config.local.pictures import screenshots

        return screenshots(argv[2:])
    if (command in WITHOUT_DATABASE and "--database" not in argv) or {"--help", "-h"} & set(argv):
        warnings.filterwarnings("ignore", "Got an error checking a consistent migration history")
        execute_from_command_line(argv)
    elif os.environ["DJANGO_SETTINGS_MODULE"] not in LOCAL:
        execute_from_command_line(argv)
    else:
        with database():
            execute_from_command_line(argv)
    return 0
