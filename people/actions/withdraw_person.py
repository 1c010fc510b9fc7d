from datetime import datetime, time, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from evidence.actions import record
from jobs.actions import enqueue
from people.actions.correct_role_holding import correct_role_holding
from people.actions.end_role import end_role
from people.models import DepartmentMembership, Person, ReportingLine, RoleHolding
from people.refusals import Refused
from people.spans import in_words


@transaction.atomic
def withdraw_person(person, *, last_day, reason, by, at) -> None:
    """They leave: what they hold ends with their last day, and so does their sign-in. Nothing is deleted."""
    if not Person.objects.filter(pk=person.pk, last_day=None).update(last_day=last_day):
        raise Refused(f"{person} has already left. Their last day is on their page.")
    person.last_day = last_day
    _refuse_later_facts(person, last_day)
    _end_holdings(person, last_day=last_day, reason=reason, by=by, at=at)
    DepartmentMembership.objects.standing().filter(person=person, until=None).update(until=last_day)
    ReportingLine.objects.standing().filter(person=person, until=None).update(until=last_day)
    ReportingLine.objects.standing().filter(manager=person, until=None).update(until=last_day)
    record(
        "people.person_withdrawn",
        by=by,
        at=at,
        key=f"people.person_withdrawn:{uuid4().hex}",
        subject=person,
        facts={"last_day": last_day.isoformat()},
        personal={"reason": reason},
    )
    _close_sign_in_after(person, last_day, at)


def _refuse_later_facts(person, last_day):
    for model in (RoleHolding, DepartmentMembership, ReportingLine):
        later = model.objects.standing().filter(person=person, since__gt=last_day).first()
        if later:
            raise Refused(f"{later} {in_words(later)}, which is after that last day. Correct that first.")


def _end_holdings(person, *, last_day, reason, by, at):
    for holding in RoleHolding.objects.standing().filter(person=person, until=None):
        end_role(holding, until=last_day, by=by, at=at, reason=reason)
    for holding in RoleHolding.objects.standing().filter(person=person, until__gt=last_day):
        correct_role_holding(holding, since=holding.since, until=last_day, reason=reason, by=by, at=at)


def _close_sign_in_after(person, last_day, at):
    midnight = timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min))
    if midnight <= at:
        Person.objects.filter(pk=person.pk).update(is_active=False)
        person.is_active = False
    else:
        enqueue(
            "people.close_sign_in",
            {"person": person.pk},
            key=f"people.close_sign_in:{person.pk}",
            at=at,
            not_before=midnight,
        )
