from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from people.facts import DatedFact, UnlessVoidQuerySet


class Person(AbstractUser):
    """Someone who works here, and their sign-in. Withdrawn (is_active False), never deleted."""

    employee_number = models.CharField(max_length=40, blank=True)
    # Set once, when they leave; their sign-in ends with this day.
    last_day = models.DateField(null=True, editable=False)

    class Meta(AbstractUser.Meta):
        verbose_name = "person"
        verbose_name_plural = "people"
        ordering = ["last_name", "first_name", "username"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee_number"],
                condition=~Q(employee_number=""),
                name="people_person_one_employee_number",
            )
        ]

    def __str__(self):
        return self.get_full_name() or self.username

    @cached_property
    def group_names(self):
        """Read once for each instance, so once a request; actions that change it forget it."""
        return frozenset(self.groups.values_list("name", flat=True))


class Department(models.Model):
    name = models.CharField(max_length=120, unique=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class JobRole(models.Model):
    """What someone does here, as far as it asks for competence (ISO 9001 7.2 a)."""

    name = models.CharField(max_length=120, unique=True)
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Imported(models.Model):
    """A fact that may come from another system, which then also says when it ends."""

    source = models.CharField(max_length=20, blank=True, editable=False)

    class Meta:
        abstract = True


class DepartmentMembership(DatedFact, Imported):
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="memberships")
    # A correction that says: this was never so.
    void = models.BooleanField(default=False)

    objects: ClassVar = UnlessVoidQuerySet.as_manager()

    def __str__(self):
        return f"{self.person} in {self.department}"


class ReportingLine(DatedFact, Imported):
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reporting_lines")
    manager = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="report_lines")

    class Meta(DatedFact.Meta):
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(person=models.F("manager")), name="people_nobody_reports_to_themselves"
            ),
        ]

    def __str__(self):
        return f"{self.person} reports to {self.manager}"


class RoleHolding(DatedFact, Imported):
    """That someone does a job, from its first day to its last."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    role = models.ForeignKey(JobRole, on_delete=models.PROTECT, related_name="holdings")
    # Why it ended, or why it corrects another: each said once, by whoever wrote it down.
    ended_because = models.CharField(max_length=200, blank=True)
    corrected_because = models.CharField(max_length=200, blank=True)
    # A correction that says: this was never so.
    void = models.BooleanField(default=False)

    objects: ClassVar = UnlessVoidQuerySet.as_manager()

    class Meta(DatedFact.Meta):
        indexes = [models.Index(fields=["role", "since"], name="people_role_holders")]

    def __str__(self):
        return f"{self.person} as {self.role}"


class LeaveOfAbsence(DatedFact):
    """That someone is away for a time. Why is nobody's business here, and is not kept."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leaves")
    # A correction that says: this was never so.
    void = models.BooleanField(default=False)

    objects: ClassVar = UnlessVoidQuerySet.as_manager()

    def __str__(self):
        return f"{self.person} away"


class PeopleImport(models.Model):
    """A file that HR has sent, and what became of it: for its sender alone, for a day. No media address serves it."""

    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    name = models.CharField(max_length=200)
    # Empty once it is imported.
    content = models.BinaryField()
    # {field: title of its column}. None: as the columns' names say.
    mapping = models.JSONField(null=True)
    best_effort = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict)
    # The rows that were left out, as CSV.
    failed = models.TextField(blank=True)

    def __str__(self):
        return self.name
