from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from jobs.kinds import handles
from knowledge import actions
from knowledge.actions import settle_owner_reminders
from knowledge.bulletins import recipients, whats_new
from knowledge.models import Bulletin, LessonLearned, LessonStep, SuggestionAnswer
from knowledge.permissions import may_see
from people.models import Person


@handles("knowledge.remind_owner")
def remind_owner(payload, progress):
    """The mail goes out last, within the transaction: if it cannot be sent, nothing is settled."""
    with transaction.atomic():
        person = Person.objects.get(pk=payload["person"])
        told = settle_owner_reminders(person, on=timezone.localdate(), at=timezone.now())
        if told:
            _write_to(person, "What waits for you in Cairn", "owner_reminder", told=told)


@handles("knowledge.suggestion_answered")
def tell_what_became_of_it(payload, progress):
    answers = SuggestionAnswer.objects.select_related("by", "suggestion__by", "suggestion__page")
    answer = answers.get(suggestion=payload["suggestion"])
    page = answer.suggestion.page
    told = {
        "answer": answer,
        "suggestion": answer.suggestion,
        "sees_page": page and may_see(answer.suggestion.by, page),
    }
    _write_to(answer.suggestion.by, "Your suggestion was answered", "suggestion_answered", **told)


@handles("knowledge.lesson_reopened")
def tell_that_it_happened_again(payload, progress):
    step = LessonStep.objects.select_related("lesson__accountable", "lesson__action_owner", "edition__page").get(
        pk=payload["step"]
    )
    subject = f"{step.lesson.number} happened again"
    for person in {step.lesson.accountable, step.lesson.action_owner} - {None}:
        if not may_see(person, step.lesson):
            continue
        again = step.edition if step.edition and may_see(person, step.edition.page) else None
        _write_to(person, subject, "lesson_reopened", lesson=step.lesson, again=again)


@handles("knowledge.lesson_entrusted")
def tell_the_facilitator(payload, progress):
    lesson = LessonLearned.objects.select_related("accountable").get(pk=payload["page"])
    if lesson.accountable and not lesson.live:
        _write_to(lesson.accountable, "A lesson for you to write up", "lesson_entrusted", lesson=lesson)


@handles("knowledge.post_bulletin")
def post_bulletin(payload, progress):
    bulletin = Bulletin.objects.get(pk=payload["bulletin"])
    actions.post_bulletin(bulletin, after=payload.get("after", 0), at=timezone.now())


@handles("knowledge.send_bulletin")
def send_bulletin(payload, progress):
    """Only to who still wants it, and only what they may see then. The same letter has the same id wherever it goes."""
    bulletin = Bulletin.objects.get(pk=payload["bulletin"])
    person = recipients(on=timezone.localdate()).filter(pk=payload["person"]).first()
    parts = whats_new(bulletin.month, person) if person else []
    if not parts:
        return
    archive = settings.BASE_URL + reverse("knowledge:bulletins")
    told = {"bulletin": bulletin, "parts": parts, "person": person, "archive": archive, "base_url": settings.BASE_URL}
    letter = EmailMultiAlternatives(
        f"What was new in {bulletin.month:%B %Y}",
        render_to_string("knowledge/bulletin_letter.txt", told),
        to=[person.email],
        headers={
            "Message-ID": f"<bulletin-{bulletin.month:%Y-%m}-{person.pk}@{urlsplit(settings.BASE_URL).hostname}>",
            "List-Unsubscribe": f"<{archive}>",
        },
    )
    letter.attach_alternative(render_to_string("knowledge/bulletin_letter.html", told), "text/html")
    letter.send()


def _write_to(person, subject, letter, **told):
    if person.is_active and person.email:
        words = render_to_string(f"knowledge/{letter}.txt", {"person": person, "base_url": settings.BASE_URL, **told})
        send_mail(subject, words, None, [person.email])
