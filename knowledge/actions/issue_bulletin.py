from django.db import transaction
from django.utils import timezone

from jobs.actions import enqueue
from knowledge.bulletins import editions_of
from knowledge.models import Bulletin
from knowledge.refusals import BulletinRefused


@transaction.atomic
def issue_bulletin(month, *, at) -> Bulletin | None:
    """Gather what was new in the month that begins on that day, and have it sent. A second time finds the first's.

    None where nothing was new.
    """
    if month.day != 1 or month >= timezone.localdate(at).replace(day=1):
        raise BulletinRefused("A bulletin is of a month that is over: name its first day.")
    if not editions_of(month).filter(page__live=True).exists():
        return None
    bulletin, is_new = Bulletin.objects.get_or_create(month=month, defaults={"at": at})
    if is_new:
        enqueue("knowledge.post_bulletin", {"bulletin": bulletin.pk}, key=f"{key_of(bulletin)}:post", at=at)
    return bulletin


def key_of(bulletin) -> str:
    return f"knowledge.bulletin:{bulletin.month:%Y-%m}"
