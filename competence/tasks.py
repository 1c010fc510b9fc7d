from celery import shared_task
from django.utils import timezone

from competence.actions import remind


@shared_task
def remind_daily():
    remind(on=timezone.localdate(), at=timezone.now())
