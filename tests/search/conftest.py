from datetime import UTC, datetime

import pytest
from django.utils import timezone

from jobs.actions import run_waiting
from knowledge.actions import draft_page, open_house, publish
from knowledge.models import KnowledgeBrief
from people.actions import add_person, join_group

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def index(settings, tmp_path):
    """An index of its own for each test, written by jobs as in a running house."""
    path = tmp_path / "index"
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backend", "PATH": path, "LANGUAGE": "en"}}
    settings.TASKS = {"default": {"BACKEND": "jobs.tasks_backend.JobsBackend"}}
    return path


@pytest.fixture
def house(db):
    return open_house(by=None, at=NOON)


@pytest.fixture
def write(house):
    """Write a page and publish it, and let the worker index it."""

    def write(title, body="", *, kind=KnowledgeBrief, live=True, tags=(), **fields):
        if "body" in {field.name for field in kind._meta.get_fields()}:
            fields["body"] = body
        page = draft_page(kind, title=title, by=None, at=NOON, tags=tags, **fields)
        if live:
            publish(
                page,
                by=None,
                at=NOON,
                change_summary="First edition.",
                training_impact="none",
                impact_reason="It is new.",
            )
        work()
        return page

    return write


def work():
    return run_waiting(timezone.now())


def member(username, *groups, superuser=False):
    person = add_person(username, first_name=username.title(), last_name="Aster", by=None, at=NOON)
    for group in groups:
        join_group(person, group, by=None, at=NOON)
    if superuser:
        person.is_superuser = person.is_staff = True
        person.save()
    return person


@pytest.fixture
def reader(db):
    return member("rosa")


@pytest.fixture
def administrator(db):
    return member("ada", superuser=True)
