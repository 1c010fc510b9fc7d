from django.utils import timezone

from courses.actions import reconcile
from jobs.kinds import handles
from people.models import Person

# Small enough that a writer waits no longer than a moment.
AT_ONCE = 200


@handles("courses.reconcile_everyone")
def reconcile_everyone(payload, progress):
    everyone = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(everyone), AT_ONCE):
        reconcile(everyone[first : first + AT_ONCE], by=None, at=timezone.now())
        progress(min(first + AT_ONCE, len(everyone)), len(everyone))
