"""Who is in the house when its doors open for the first time."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from jobs.actions import run_waiting
from people.actions import add_person, appoint_administrator
from sample.actions import load_sample
from sample.signins import READERS

# What was written while loading waits a few seconds for more of its kind.
A_MOMENT = timedelta(minutes=1)


def has_people() -> bool:
    return get_user_model().objects.exists()


def make_administrator(username: str, password: str, *, at: datetime):
    person = add_person(username, first_name="", last_name="", password=password, by=None, at=at)
    return appoint_administrator(person, by=None, at=at)


def furnish(*, at: datetime, new_password: Callable[[], str]) -> dict[str, tuple[str, str]]:
    """Load the sample organisation, indexed and sealed. Returns the sign-ins: reader -> (username, password)."""
    load_sample(at=at)
    run_waiting(timezone.now() + A_MOMENT)
    sign_ins = {}
    for reader, username in READERS.items():
        password = new_password()
        person = get_user_model().objects.get(username=username)
        person.set_password(password)
        person.save(update_fields=["password"])
        sign_ins[reader] = (username, password)
    return sign_ins
