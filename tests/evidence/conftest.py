from datetime import UTC, datetime

import pytest
from django.db import connection

from evidence import triggers
from evidence.actions import record, seal
from evidence.kinds import Kind, register
from people.models import Person

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

register(
    Kind("tests.met", words="{subject} met {whom} in {place}", personal=("whom",), facets=("department", "process"))
)


@pytest.fixture
def ada(db):
    return Person.objects.create_user("ada", first_name="Ada", last_name="Byron")


@pytest.fixture(autouse=True)
def signing_key(settings, tmp_path):
    settings.EVIDENCE_SIGNING_KEY = tmp_path / "signing_key.pem"
    return settings.EVIDENCE_SIGNING_KEY


@pytest.fixture
def unguarded(db):
    """A database whose triggers someone has removed: they come back with the rollback."""
    triggers.remove(connection)


def met(subject=None, number=1, **changes):
    told = {
        "by": None,
        "at": NOON,
        "key": f"tests.met:{number}",
        "facts": {"place": "York"},
        "personal": {"whom": "Charles"},
    }
    return record("tests.met", subject=subject, **(told | changes))


def sealed(count, subject=None, first=1):
    """So many entries, in the log."""
    entries = [met(subject, number) for number in range(first, first + count)]
    seal(at=datetime.now(UTC))
    return entries
