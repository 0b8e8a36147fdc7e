"""The one database, by its address. PostgreSQL is the only kind."""

import sys
from typing import Any

import environ

_SESSION = "-c jit=off -c work_mem=32MB"
"""Compiling a statement of many expressions takes longer than running it; a round's values are grouped without a disk.
"""


def database_at(address: str) -> dict[str, Any]:
    """Django's settings for a database, beside what the address itself asks for (a socket's folder, a certificate).

    The server keeps no statement planned but those that ask for it (`core.prepared`), however often one is asked.
    """
    settings: dict[str, Any] = environ.Env.db_url_config(address)
    settings["ATOMIC_REQUESTS"] = False
    options = settings.setdefault("OPTIONS", {})
    options.setdefault("options", _SESSION)
    options["prepare_threshold"] = sys.maxsize
    return settings
