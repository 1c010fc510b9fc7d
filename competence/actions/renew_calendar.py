import secrets
from datetime import datetime

from django.db import transaction

from competence.models import CalendarKey
from people.models import Person


@transaction.atomic
def renew_calendar(person: Person, *, at: datetime) -> CalendarKey:
    """A new address for someone's dates. The one before it, if there was one, leads nowhere from now on."""
    told = {"token": secrets.token_urlsafe(32), "made_at": at}
    key, _ = CalendarKey.objects.update_or_create(person=person, defaults=told)
    return key
