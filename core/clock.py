"""The clock of the doors. Nothing below a door reads one: rules and operations take `now`."""

from datetime import datetime

from django.db import connection


def database_now() -> datetime:
    """The database's time, which every process shares; application machines drift apart."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now
