from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from jobs.actions import enqueue
from knowledge.models import KnowledgePage, OwnerReminder, Suggestion
from knowledge.reviewing import TO_LOOK_AT
from knowledge.reviews import all_with_reviews, review_of
from people.directory import working
from people.groups import PROCESS_OWNERS
from people.models import Person

# How long a suggestion may lie before who answers it is reminded.
PATIENCE = timedelta(days=14)


@transaction.atomic
def remind_owners(*, on: date, at: datetime) -> int:
    """Let those who answer for pages be written to about what is newly due, overdue or waiting: one mail each, each
    thing once for each state. Returns to how many people. Whoever has left, or has no address, is not written to."""
    pages = [page for page in all_with_reviews(KnowledgePage.objects.all(), on=on) if _stage(page, on) in TO_LOOK_AT]
    suggestions = list(_forgotten(on))
    told = _Told(on, [page.pk for page in pages] + [about for one in suggestions if (about := _about(one))])
    needed = [
        OwnerReminder(person_id=person, page_id=page.pk, stage=_stage(page, on), since=_day(page.last_looked_at))
        for page in pages
        for person in told.who_answers_for(page.pk)
    ] + [
        OwnerReminder(person_id=person, suggestion=one, stage=OwnerReminder.Stage.WAITING, since=_day(one.at))
        for one in suggestions
        for person in told.who_answers_for(_about(one)) or told.process_owners
    ]
    known = set(OwnerReminder.objects.values_list("person_id", "page_id", "suggestion_id", "stage", "since"))
    new = [one for one in needed if key_of(one) not in known]
    OwnerReminder.objects.bulk_create(new, ignore_conflicts=True)
    people = sorted({one.person_id for one in new})
    for person in people:
        enqueue("knowledge.remind_owner", {"person": person}, key=f"knowledge.remind_owner:{person}", at=at)
    return len(people)


def key_of(reminder):
    return (reminder.person_id, reminder.page_id, reminder.suggestion_id, str(reminder.stage), reminder.since)


def _stage(page, on):
    return review_of(page, on=on).state


def _day(moment):
    return timezone.localdate(moment)


def _forgotten(on):
    midnight_after = _midnight(on - PATIENCE + timedelta(days=1))
    return Suggestion.objects.filter(answer=None, at__lt=midnight_after).defer("text")


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _about(suggestion):
    """The page whose owner answers a suggestion: the page itself, or the process of one that is missing."""
    return suggestion.page_id or suggestion.process_id


class _Told:
    """Who answers for each of some pages, of those who work here and can be written to. Four queries."""

    def __init__(self, on, pages):
        here = working(Person.objects.exclude(email=""), on=on)
        self._here = set(here.values_list("pk", flat=True))
        self.process_owners = sorted(here.filter(groups__name=PROCESS_OWNERS).values_list("pk", flat=True))
        found = KnowledgePage.objects.filter(pk__in=pages)
        self._owners = dict(found.values_list("pk", "accountable"))
        self._deputies: dict[int, set[int]] = {}
        for page, person in found.exclude(deputies=None).values_list("pk", "deputies"):
            self._deputies.setdefault(page, set()).add(person)

    def who_answers_for(self, page) -> list[int]:
        """Its owner; in their place, its deputies."""
        if self._owners.get(page) in self._here:
            return [self._owners[page]]
        return sorted(self._deputies.get(page, set()) & self._here)
