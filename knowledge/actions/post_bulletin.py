from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from jobs.actions import enqueue, enqueue_each
from knowledge.actions.issue_bulletin import key_of
from knowledge.bulletins import recipients

AT_ONCE = 500
# One that could not be sent for so long is not news any more; it stands in the archive.
STALE = timedelta(days=28)


@transaction.atomic
def post_bulletin(bulletin, *, after=0, at) -> int:
    """Let the next people, in the order of their ids, be written to, and those behind them later.

    Each gets a job of their own, once: run again, it finds the jobs that are there. Returns how many there were.
    """
    if at > bulletin.at + STALE:
        return 0
    people = recipients(on=timezone.localdate(at)).filter(pk__gt=after).order_by("pk")
    next_ones = list(people.values_list("pk", flat=True)[:AT_ONCE])
    key = key_of(bulletin)
    letters = {f"{key}:{person}": {"bulletin": bulletin.pk, "person": person} for person in next_ones}
    enqueue_each("knowledge.send_bulletin", letters, at=at, once=True)
    if len(next_ones) == AT_ONCE:
        rest = {"bulletin": bulletin.pk, "after": next_ones[-1]}
        enqueue("knowledge.post_bulletin", rest, key=f"{key}:post:{next_ones[-1]}", at=at)
    return len(next_ones)
