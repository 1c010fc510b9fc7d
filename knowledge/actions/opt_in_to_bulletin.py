from django.db import transaction
from django.utils import timezone

from knowledge.models import BulletinOptOut


@transaction.atomic
def opt_in_to_bulletin(person, *, by, at) -> None:
    """They get it by mail again."""
    for fact in BulletinOptOut.objects.select_for_update().filter(person=person, until=None):
        fact.until = max(fact.since, timezone.localdate(at))
        fact.save(update_fields=["until"])
