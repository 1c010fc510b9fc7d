from django.db import transaction
from django.utils import timezone

from knowledge.models import BulletinOptOut


@transaction.atomic
def opt_out_of_bulletin(person, *, by, at) -> BulletinOptOut:
    """They no longer get it by mail; a second time finds the first."""
    facts = BulletinOptOut.objects.select_for_update()
    fact, _ = facts.get_or_create(
        person=person, until=None, defaults={"since": timezone.localdate(at), "recorded_by": by}
    )
    return fact
