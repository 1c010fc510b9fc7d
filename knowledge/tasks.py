from celery import shared_task
from django.utils import timezone

from knowledge import actions


@shared_task
def publish_due():
    actions.publish_due(at=timezone.now())


@shared_task
def remind_owners():
    actions.remind_owners(on=timezone.localdate(), at=timezone.now())
