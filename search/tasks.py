from celery import shared_task
from django.utils import timezone

from jobs.actions import enqueue
from search.actions import forget_queries


@shared_task
def look_after_index():
    """Once a day: whatever an update lost, the index holds again."""
    now = timezone.now()
    enqueue("search.reconcile", {}, key="search.reconcile", at=now)
    forget_queries(at=now)
