from datetime import UTC, datetime

import pytest

from people.actions import add_person, join_group
from people.groups import EXPERTS, PROCESS_OWNERS

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def member(username, *groups):
    person = add_person(username, first_name=username.title(), last_name="Aster", by=None, at=NOON)
    for group in groups:
        join_group(person, group, by=None, at=NOON)
    return person


@pytest.fixture
def reader(db):
    return member("rosa")


@pytest.fixture
def expert(db):
    return member("emil", EXPERTS)


@pytest.fixture
def process_owner(db):
    return member("petra", PROCESS_OWNERS)


@pytest.fixture
def administrator(db):
    person = member("ada")
    person.is_superuser = person.is_staff = True
    person.save()
    return person
