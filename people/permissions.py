"""Who may do what. Each asks one thing, and says no to whoever has no sign-in or has left."""

from functools import cached_property

from django.utils import timezone

from people.groups import AUDITORS, EXPERTS, HR, PROCESS_OWNERS
from people.models import Person, ReportingLine


def in_group(person, name):
    return person.is_active and name in person.group_names


def is_expert(person):
    return in_group(person, EXPERTS)


def is_process_owner(person):
    return in_group(person, PROCESS_OWNERS)


def is_hr(person):
    return in_group(person, HR)


def is_auditor(person):
    return in_group(person, AUDITORS)


def is_administrator(person):
    return person.is_active and person.is_superuser


def may_write(person):
    return is_administrator(person) or is_expert(person) or is_process_owner(person)


def may_manage_people(person):
    return is_administrator(person) or is_hr(person)


def may_see_everyone(person):
    return may_manage_people(person) or is_auditor(person)


def manages_someone(person, *, on):
    return person.is_active and ReportingLine.objects.on(on).filter(manager_id=person.pk).exists()


def people_visible_to(viewer, *, on):
    """Everyone to HR, auditors and administrators; to anyone else themselves and their reports of that day."""
    if not viewer.is_active:
        return Person.objects.none()
    if may_see_everyone(viewer):
        return Person.objects.all()
    reports = ReportingLine.objects.on(on).filter(manager_id=viewer.pk).values("person_id")
    return Person.objects.filter(pk=viewer.pk) | Person.objects.filter(pk__in=reports)


def may_see_person(viewer, person, *, on):
    return people_visible_to(viewer, on=on).filter(pk=person.pk).exists()


class May:
    """What the reader of a page may do, for templates: each is asked once, and only if the page asks."""

    def __init__(self, person):
        self._person = person

    @cached_property
    def write(self):
        return may_write(self._person)

    @cached_property
    def manage_people(self):
        return may_manage_people(self._person)

    @cached_property
    def see_everyone(self):
        return may_see_everyone(self._person)

    @cached_property
    def lead(self):
        return manages_someone(self._person, on=timezone.localdate())

    @cached_property
    def see_matrix(self):
        return self.see_everyone or self.lead

    @cached_property
    def audit(self):
        return is_auditor(self._person) or is_administrator(self._person)

    @cached_property
    def administer(self):
        return is_administrator(self._person)
