"""Races run on the embedded server, those for locks also on the PostgreSQL that DATABASE_URL names.

That one is a real service, and they are marked for it. One input's place is kept by a constraint: races for it are run
on the embedded server alone.
"""

import pytest
from django.db import connection

from tests.races.together import ledger_damage


@pytest.fixture(params=["embedded", pytest.param("real", marks=pytest.mark.services)])
def server(request, transactional_db):
    """Where the race is run; whatever happened in it, the ledger is intact in the end."""
    if request.param == "real" and connection.settings_dict["HOST"].startswith("/"):
        pytest.skip("DATABASE_URL names no server of its own")
    yield request.param
    assert ledger_damage() is None


@pytest.fixture
def embedded(transactional_db):
    """The server of the run; in the end too its ledger is intact."""
    yield
    assert ledger_damage() is None
