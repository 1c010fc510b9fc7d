from datetime import UTC, datetime

import pytest

from evidence.models import Listing
from evidence.words import lines_of
from knowledge.actions import draft_page, publish
from knowledge.models import KnowledgeBrief
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


def change(summary="New.", impact="read"):
    return {"change_summary": summary, "significance": "major", "training_impact": impact}


@pytest.fixture
def brief(expert):
    return draft_page(KnowledgeBrief, title="Reading a strap", body="Look at it.", tags=["strap"], by=expert, at=NOON)


@pytest.fixture
def published(brief, process_owner, expert):
    publish(brief, by=process_owner, author=expert, at=NOON, **change())
    return brief


def form_of(**fields):
    """What a browser sends for a page that is written in the admin."""
    return {
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        "impact_reason": "",
        "review_months": "12",
        "tags": "",
        **fields,
    }


def words_of_entry(entry):
    """As the audit room tells it."""
    (line,) = lines_of(Listing.objects.filter(entry=entry.pk))
    return line.words
