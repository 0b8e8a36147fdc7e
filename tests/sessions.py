"""Who else is on this database, as PostgreSQL tells it."""

from django.db import connection


def waiting_sessions() -> int:
    """How many sessions on this database wait for a lock."""
    return _counted("wait_event_type = 'Lock'")


def other_sessions() -> int:
    """How many programs but this one are on this database. Who has left has handed in what he counted."""
    return _counted("backend_type = 'client backend' AND pid <> pg_backend_pid()")


def _counted(whom: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # a transaction sees the same activity again otherwise
        cursor.execute(f"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND {whom}")
        return int(cursor.fetchone()[0])
