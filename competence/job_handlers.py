from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from competence.actions import settle_reminders
from competence.evaluation_history import lessons_of
from competence.evaluations import follow
from competence.models import EvaluationPlan
from competence.permissions import evaluations_visible_to
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


@handles("competence.evaluation_reopened")
def tell_that_it_is_to_be_evaluated_again(payload, progress):
    """Nothing of what its evaluator may not see; and nothing, if it has been evaluated by now."""
    today = timezone.localdate()
    plans = EvaluationPlan.objects.filter(evaluation=payload["evaluation"], corrected_by=None)
    person = plans.select_related("evaluator").get().evaluator
    found = follow(evaluations_visible_to(person).filter(pk=payload["evaluation"]), on=today)
    recurred = [again for one in found for again in one.standing.recurred if again.step == payload["step"]]
    if not (recurred and person.email):
        return
    (lesson,) = lessons_of(recurred, person)
    told = {"person": person, "one": found[0], "pages": lesson.pages, "base_url": settings.BASE_URL}
    words = render_to_string("competence/evaluation_reopened.txt", told)
    send_mail("To be evaluated again: it happened again", words, None, [person.email])
