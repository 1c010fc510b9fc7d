from django.utils import timezone

from competence.learners import learned_older
from courses.actions import reconcile, submit_attempt
from courses.models import Attempt
from jobs.kinds import handles
from knowledge.models import Edition
from people.models import Person

# Small enough that a writer waits no longer than a moment.
AT_ONCE = 200


@handles("courses.reconcile_everyone")
def reconcile_everyone(payload, progress):
    _reconcile(list(Person.objects.order_by("pk").values_list("pk", flat=True)), progress)


@handles("courses.ask_learners_again")
def ask_learners_again(payload, progress):
    _reconcile(learned_older(Edition.objects.get(pk=payload["edition"])), progress)


@handles("courses.close_attempt")
def close_attempt(payload, progress):
    """Its time is over: what was saved by then is graded."""
    attempt = Attempt.objects.get(pk=payload["attempt"])
    if attempt.submitted_at is None:
        submit_attempt(attempt, by=None, at=timezone.now())


def _reconcile(people, progress):
    for first in range(0, len(people), AT_ONCE):
        reconcile(people[first : first + AT_ONCE], by=None, at=timezone.now())
        progress(min(first + AT_ONCE, len(people)), len(people))
