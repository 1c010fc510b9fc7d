from celery import shared_task
from django.utils import timezone

from people.actions import forget_imports


@shared_task
def forget_files():
    forget_imports(at=timezone.now())
