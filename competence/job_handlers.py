from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from competence.actions import settle_reminders
from jobs.kinds import handles
from people.models import Person


@handles("competence.remind")
def send_reminder(payload, progress):
    """The mail goes out last, within the transaction: if it cannot be sent, nothing is settled."""
    with transaction.atomic():
        person = Person.objects.get(pk=payload["person"])
        cells = settle_reminders(person, on=timezone.localdate(), at=timezone.now())
        if cells and person.is_active and person.email:
            words = render_to_string(
                "competence/reminder.txt", {"person": person, "cells": cells, "base_url": settings.BASE_URL}
            )
            send_mail("What is asked of you in Cairn", words, None, [person.email])
