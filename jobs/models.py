from django.db import models
from django.db.models import Q


class JobQuerySet(models.QuerySet):
    def waiting(self, at):
        """Jobs that may start at `at`: not finished, not given up, and claimed by nobody whose lease still runs."""
        return self.filter(
            Q(claimed_until=None) | Q(claimed_until__lt=at),
            finished_at=None,
            given_up_at=None,
            not_before__lte=at,
        )


class Job(models.Model):
    """Something that must happen after a commit, written in the transaction that needs it.

    A handler may be run twice (a crash after its work and before `finished_at`), so each handler is idempotent.
    """

    kind = models.CharField(max_length=100)
    payload = models.JSONField(default=dict)
    # Two waiting jobs with one key are one job. A claimed job no longer counts: what it has read may be old.
    key = models.CharField(max_length=255)
    created_at = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, editable=False)
    given_up_at = models.DateTimeField(null=True, editable=False)
    problem = models.TextField(blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(claimed_at=None), name="jobs_one_waiting_job_a_key")
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=Q(finished_at=None, given_up_at=None),
                name="jobs_unfinished",
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"
