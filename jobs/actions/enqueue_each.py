from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from jobs.models import Job
from jobs.wake import wake_on_commit

AT_ONCE = 1000


@transaction.atomic(savepoint=False)
def enqueue_each(kind: str, jobs: Mapping[str, dict[str, Any]], *, at: datetime, once: bool = False) -> None:
    """As `enqueue`, for many jobs of a kind, {key: payload}, in two statements a thousand. What waits already stays.

    `once`: nor is there another for a key that ever had one, running or done.
    """
    keys = list(jobs)
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        # Locked until the commit, so that no worker takes them before what they must see is there.
        there = Job.objects.select_for_update().filter(key__in=some)
        there = there if once else there.filter(claimed_at=None)
        known = set(there.values_list("key", flat=True))
        Job.objects.bulk_create(
            (Job(kind=kind, payload=jobs[key], key=key, not_before=at) for key in some if key not in known),
            ignore_conflicts=True,
        )
    if keys:
        wake_on_commit()
