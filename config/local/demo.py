"""The first start: tables, and the demo that a newcomer finds in them."""

import time
from typing import TYPE_CHECKING

import psycopg
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX as UNUSABLE
from django.core.management import call_command
from django.db import connection

from bootstrap import Problem

if TYPE_CHECKING:
    from config.local.demo_story import DemoStory

PASSWORD = "simsa-demo"  # noqa: S105  (printed on purpose: it opens invented data on one's own machine)
LOCK = 7_466_209  # any number, the same for every `serve`
# A table, so that the mark lives and dies with the database that it speaks of.
MARK = "demo_loading"


def prepare(*, empty: bool, embedded: bool) -> None:
    """Migrate, and load the demo where no programme is. One `serve` at a time; an interrupted load is begun anew."""
    if not embedded:
        _fill(empty=empty)
        return
    server = {**connection.get_connection_params(), "dbname": "postgres"}
    with psycopg.connect(**server, autocommit=True) as keeper:
        keeper.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if _interrupted():
            _put_aside(keeper)
        _fill(empty=empty)


def _fill(*, empty: bool) -> None:
    from consortia.models import Programme

    if _interrupted():
        raise Problem(
            "이 데이터베이스에 예시 사업을 넣다가 중단된 적이 있습니다. 빈 데이터베이스를 지정하십시오.",
            "loading the demo into this database was interrupted before; name an empty one.",
        )
    call_command("migrate", verbosity=0, interactive=False)
    if not empty and not Programme.objects.exists():
        print("예시 사업을 넣는 중입니다. / Loading the demo programme.", flush=True)
        _execute(f"CREATE TABLE {MARK} ()")
        _load()
        _execute(f"DROP TABLE {MARK}")


def begun() -> "DemoStory":
    """The demo's story up to the opening of its round, to be told further by whoever asks for it."""
    from config.local import demo_story

    return demo_story.begun(PASSWORD)


def _load() -> None:
    from config.local.demo_story import SCENARIO, Untold
    from core.errors import Refused
    from rehearsal.document import Unusable

    try:
        begun().play_on()
    except (Unusable, Refused, Untold) as end:
        raise Problem(
            f"예시 사업({SCENARIO.name})을 넣지 못했습니다: {end}",
            f"the demo ({SCENARIO.name}) could not be loaded.",
        ) from None


def accounts() -> list[tuple[str, str]]:
    """The demo accounts that can sign in, with their roles: people of illustrative programmes only."""
    from consortia.models import Programme
    from core.models import Account

    found = []
    for programme in Programme.objects.filter(illustrative=True):
        people = Account.objects.filter(username__startswith=f"{programme.code}.", is_active=True)
        for account in people.exclude(password__startswith=UNUSABLE).prefetch_related("grants"):
            found.append((account.username, ", ".join(str(grant) for grant in account.grants.all())))
    return found


def _interrupted() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [MARK])
        return bool(cursor.fetchone()[0])


def _put_aside(keeper: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Give an interrupted load's database another name, and an empty one its place: nothing is thrown away."""
    connection.close()
    name = connection.settings_dict["NAME"]
    aside = f"{name}_interrupted_{int(time.time())}"
    try:
        keeper.execute(f'ALTER DATABASE "{name}" RENAME TO "{aside}"')
    except psycopg.errors.ObjectInUse:
        raise Problem(
            "중단된 예시 데이터를 다른 프로그램이 쓰고 있습니다. 그것을 끝내고 다시 실행하십시오.",
            "an interrupted demo load is in use by another program; end it and start again.",
        ) from None
    keeper.execute(f'CREATE DATABASE "{name}"')
    print(
        f"중단된 예시 데이터를 옮겼습니다: {aside} / An interrupted demo load was put aside as {aside}.",
        flush=True,
    )


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
