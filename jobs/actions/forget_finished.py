from datetime import datetime, timedelta

from django.db import transaction

from jobs.models import Job

KEPT = timedelta(days=30)


@transaction.atomic
def forget_finished(*, at: datetime) -> int:
    """Delete what was finished more than 30 days ago. Jobs given up stay until someone has looked at them."""
    deleted, _ = Job.objects.filter(finished_at__lt=at - KEPT).delete()
    return deleted
