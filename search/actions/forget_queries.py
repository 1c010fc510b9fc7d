from datetime import datetime, timedelta

from django.db import transaction

from search.models import QueryLog

KEPT = timedelta(days=365)


@transaction.atomic
def forget_queries(*, at: datetime) -> int:
    """Delete what was searched for more than a year ago."""
    deleted, _ = QueryLog.objects.filter(at__lt=at - KEPT).delete()
    return deleted
