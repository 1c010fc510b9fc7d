from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from competence.actions import settle_reminders
from jobs.kinds import handles
from people.models import Person


@handles("competence.remind")
def send_reminder(payload, progress):
    """The mail goes out last, within the transaction: if it cannot be sent, nothing is settled.

    If the worker dies between the mail and the commit, it goes out again, under the same Message-ID.
    """
    with transaction.atomic():
        person = Person.objects.get(pk=payload["person"])
        digest = settle_reminders(person, on=timezone.localdate(), at=timezone.now())
        if digest and person.is_active and person.email:
            words = render_to_string(
                "competence/reminder.txt", {"person": person, "digest": digest, "base_url": settings.BASE_URL}
            )
            headers = {"Message-ID": f"<reminder.{digest.name}@{urlsplit(settings.BASE_URL).hostname}>"}
            EmailMessage("What is asked of you in Cairn", words, None, [person.email], headers=headers).send()
