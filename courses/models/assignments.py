from django.conf import settings
from django.db import models
from django.db.models import Q

from courses.models.courses import Course
from people.facts import DatedFact


class Assignment(DatedFact):
    """That someone has been asked to take a course, and why: what the obligations said, stored when they said it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="assignments")
    due = models.DateField()
    # The facts behind it, by their ids and in words, as courses/asking.py writes them.
    because = models.JSONField(default=list)
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta(DatedFact.Meta):
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "course"],
                condition=Q(until=None),
                name="courses_one_open_assignment",
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.course}"
