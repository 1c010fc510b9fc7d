from datetime import datetime
from typing import Any

from django.db import transaction

from jobs.models import Job
from jobs.wake import wake_on_commit


@transaction.atomic(savepoint=False)
def enqueue(kind: str, payload: dict[str, Any], *, key: str, at: datetime, not_before: datetime | None = None) -> Job:
    """Write down, in the caller's transaction, that a job is to be run once that is committed.

    A job with the same key that still waits is this job: it is locked until the commit, so that no worker can take it
    before what it must see is there.
    """
    waiting = Job.objects.select_for_update().filter(key=key, claimed_at=None)
    job = waiting.first()
    if job is None:
        new = Job(kind=kind, payload=payload, key=key, not_before=not_before or at)
        Job.objects.bulk_create([new], ignore_conflicts=True)  # another transaction may have written it a moment ago
        job = waiting.get()
    if job.not_before <= at:  # what may not start yet is found by the sweep
        wake_on_commit()
    return job
