from celery import shared_task
from django.utils import timezone

from knowledge import actions
from knowledge.bulletins import month_before


@shared_task
def publish_due():
    actions.publish_due(at=timezone.now())


@shared_task
def issue_bulletin():
    actions.issue_bulletin(month_before(timezone.localdate()), at=timezone.now())


@shared_task
def remind_owners():
    actions.remind_owners(on=timezone.localdate(), at=timezone.now())


@shared_task
def assess_risks():
    actions.assess_risks(on=timezone.localdate(), by=None, at=timezone.now())
