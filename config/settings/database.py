"""The one database, by its address. PostgreSQL is the only kind."""

import sys
from typing import Any

import environ

_SESSION = "-c jit=off -c work_mem=32MB -c plan_cache_mode=force_generic_plan"
"""Compiling a statement of many expressions takes longer than running it; a round's values are grouped without a disk.

What is kept planned (`core.prepared`, the ledger's triggers) is planned once, not for each value: an array that names a
single cell PostgreSQL takes for ten, thinks the plan for all values dear, and plans each time anew.
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
