from celery import shared_task
from django.utils import timezone

from jobs.actions import forget_finished, run_next


@shared_task
def run_jobs():
    """Run what waits until nothing does."""
    while run_next(at=timezone.now()):
        pass


@shared_task
def sweep():
    """Find what a lost wake-up, a dead worker or a pause between tries has left, and run it."""
    forget_finished(at=timezone.now())
    run_jobs()
