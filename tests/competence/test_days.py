"""Which day it is: of an hour near midnight, of the days on which clocks change, and across the ends of years."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from competence.actions import define_competence, remind, require
from competence.gathering import gather
from competence.models import Reminder
from competence.obligations import obligations
from competence.obligations.spans import days_after
from people.actions import grant_role
from tests.scenes import hire, role_named

pytestmark = pytest.mark.django_db

LOCAL_DAYS = [
    # a moment in UTC; where the house is; its day there
    ("2026-03-02T23:30", "Europe/Berlin", "2026-03-03"),
    ("2026-03-02T22:59", "Europe/Berlin", "2026-03-02"),
    ("2026-07-02T22:30", "Europe/Berlin", "2026-07-03"),
    ("2026-12-31T23:30", "Europe/Berlin", "2027-01-01"),
    ("2026-12-31T23:30", "America/New_York", "2026-12-31"),
    ("2027-01-01T04:30", "America/New_York", "2026-12-31"),
    ("2028-02-28T23:30", "Europe/Berlin", "2028-02-29"),
    ("2028-02-29T23:30", "Europe/Berlin", "2028-03-01"),
    ("2027-02-28T23:30", "Europe/Berlin", "2027-03-01"),
    ("2026-03-28T23:30", "Europe/Berlin", "2026-03-29"),  # the night in which an hour is missing
    ("2026-03-29T22:30", "Europe/Berlin", "2026-03-30"),
    ("2026-10-24T22:30", "Europe/Berlin", "2026-10-25"),  # the night that has one twice
    ("2026-10-25T22:30", "Europe/Berlin", "2026-10-25"),
    ("2026-03-02T23:30", "Asia/Kathmandu", "2026-03-03"),
    ("2026-03-02T23:30", "UTC", "2026-03-02"),
]


@pytest.mark.parametrize(("moment", "zone", "expected"), LOCAL_DAYS)
def test_a_competence_is_defined_on_the_day_that_it_is_where_the_house_is(moment, zone, expected):
    with timezone.override(ZoneInfo(zone)):
        at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        competence = define_competence("Soldering", by=None, at=at)
    assert competence.validities.get().since == date.fromisoformat(expected)


DUE = [
    # the role from; within days; due on
    ("2026-12-15", 30, "2027-01-14"),
    ("2026-12-31", 1, "2027-01-01"),
    ("2026-12-31", 0, "2026-12-31"),
    ("2027-01-01", 365, "2028-01-01"),
    ("2028-01-01", 365, "2028-12-31"),
    ("2028-02-28", 1, "2028-02-29"),
    ("2027-02-28", 1, "2027-03-01"),
    ("2028-02-29", 366, "2029-03-01"),
    ("2026-03-28", 2, "2026-03-30"),  # over the day that has 23 hours
    ("2026-10-24", 2, "2026-10-26"),  # and the one that has 25
]


@pytest.mark.parametrize(("since", "within", "expected"), DUE)
def test_what_is_asked_is_due_so_many_days_later_whatever_lies_between(since, within, expected):
    soldering = define_competence("Soldering", by=None, at=at_noon(date(2020, 1, 1)))
    require(
        role_named("Fitter"),
        soldering,
        since=date(2020, 1, 1),
        due_days=within,
        by=None,
        at=at_noon(date(2020, 1, 1)),
    )
    first = date.fromisoformat(since)
    grant_role(hire(), role_named("Fitter"), since=first, by=None, at=at_noon(first))
    (one,) = obligations(gather(on=first), on=first)
    assert one.due == date.fromisoformat(expected) == days_after(first, within)


@pytest.mark.parametrize("due", ["2026-03-29", "2026-10-25", "2027-01-01", "2028-02-29"])
def test_each_is_reminded_once_on_each_day_that_counts(due):
    """Run each night at half past two, an hour that on one of these days is not there, and on one is there twice."""
    due = date.fromisoformat(due)
    first = due - timedelta(days=30)
    competence = define_competence("Soldering", by=None, at=at_noon(first))
    require(role_named("Fitter"), competence, since=first, due_days=30, by=None, at=at_noon(first))
    grant_role(hire(), role_named("Fitter"), since=first, by=None, at=at_noon(first))
    zone = ZoneInfo("Europe/Berlin")
    with timezone.override(zone):
        for number in range(-9, 3):
            for fold in (0, 1):
                night = datetime(*(due + timedelta(days=number)).timetuple()[:3], 2, 30, fold=fold, tzinfo=zone)
                at = night.astimezone(UTC)
                remind(on=timezone.localdate(at), at=at)
    stages = list(Reminder.objects.filter(due=due).order_by("pk").values_list("stage", flat=True))
    assert stages == ["asked", "soon", "today", "overdue"]


def at_noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
