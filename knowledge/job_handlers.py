from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from jobs.kinds import handles
from knowledge.actions import settle_owner_reminders
from knowledge.models import SuggestionAnswer
from people.models import Person


@handles("knowledge.remind_owner")
def remind_owner(payload, progress):
    """The mail goes out last, within the transaction: if it cannot be sent, nothing is settled."""
    with transaction.atomic():
        person = Person.objects.get(pk=payload["person"])
        told = settle_owner_reminders(person, on=timezone.localdate(), at=timezone.now())
        if told:
            _write_to(person, "What waits for you in Cairn", "owner_reminder", person=person, told=told)


@handles("knowledge.suggestion_answered")
def tell_what_became_of_it(payload, progress):
    answers = SuggestionAnswer.objects.select_related("by", "suggestion__by", "suggestion__page")
    answer = answers.get(suggestion=payload["suggestion"])
    told = {"answer": answer, "suggestion": answer.suggestion}
    _write_to(answer.suggestion.by, "Your suggestion was answered", "suggestion_answered", **told)


def _write_to(person, subject, letter, **told):
    if person.is_active and person.email:
        words = render_to_string(f"knowledge/{letter}.txt", {"base_url": settings.BASE_URL, **told})
        send_mail(subject, words, None, [person.email])
