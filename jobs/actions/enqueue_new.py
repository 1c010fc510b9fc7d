from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from jobs.models import Job
from jobs.wake import wake_on_commit


@transaction.atomic(savepoint=False)
def enqueue_new(kind: str, payloads: Mapping[str, dict[str, Any]], *, at: datetime) -> None:
    """Write down a job for each key that no job has had, waiting, running or done: {key: payload}, in two queries."""
    known = set(Job.objects.filter(key__in=payloads).values_list("key", flat=True))
    jobs = [
        Job(kind=kind, payload=payload, key=key, not_before=at) for key, payload in payloads.items() if key not in known
    ]
    Job.objects.bulk_create(jobs, ignore_conflicts=True)
    wake_on_commit()
