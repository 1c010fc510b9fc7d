from celery import shared_task
from django.utils import timezone

from jobs.actions import enqueue


@shared_task
def reconcile_everyone():
    """Each night: a date that has come changes what is asked, and nobody acts to announce it."""
    enqueue("courses.reconcile_everyone", {}, key="courses.reconcile_everyone", at=timezone.now())
