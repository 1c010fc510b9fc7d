from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from knowledge.models import OwnerReminder, Suggestion
from knowledge.reviews import Standing, answered_for_by, standings, with_looks
from knowledge.suggesting import waiting_for


@dataclass(frozen=True)
class Told:
    standings: list[Standing]
    suggestions: list[Suggestion]

    def __bool__(self):
        return bool(self.standings or self.suggestions)


@transaction.atomic
def settle_owner_reminders(person, *, on: date, at: datetime) -> Told:
    """Take what the person is still to be told, and give it back to be sent within the same transaction.

    What is no longer so, because it was done in the meantime, is settled without a word.
    """
    waiting = OwnerReminder.objects.select_for_update().filter(person=person, settled_at=None)
    pages = {(one.page_id, one.stage, one.since) for one in waiting}
    suggestions = {one.suggestion_id for one in waiting if one.suggestion_id}
    waiting.update(settled_at=at)
    standing = [
        one
        for one in standings(answered_for_by(person), person, on=on)
        if (one.page.pk, str(one.review.state), timezone.localdate(one.page.last_looked_at)) in pages
    ]
    still = [one for one in waiting_for(person, on=on) if one.pk in suggestions]
    return Told(with_looks(standing, person), still)
