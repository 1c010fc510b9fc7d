"""The tests marked `databases` once more, on PostgreSQL, where one lets us in."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

psycopg = pytest.importorskip("psycopg")

SERVERS = [
    os.environ.get("CAIRN_TEST_POSTGRESQL", ""),
    "postgres://postgres@127.0.0.1:5432/postgres",
    "postgres:///postgres",
]


def reachable_server():
    for address in filter(None, SERVERS):
        try:
            psycopg.connect(address, connect_timeout=2).close()
        except psycopg.OperationalError:
            continue
        return address
    return None


def test_what_is_said_of_databases_holds_on_postgresql():
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        pytest.skip("this is that run")
    address = reachable_server()
    if address is None:
        pytest.skip("no PostgreSQL server lets us in at 127.0.0.1:5432 (CAIRN_TEST_POSTGRESQL names another)")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_XDIST")}
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-m", "databases", "-q", "--create-db"],
        cwd=settings.BASE_DIR,
        env={**environment, "DATABASE_URL": address},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout[-5000:] + result.stderr[-2000:]
