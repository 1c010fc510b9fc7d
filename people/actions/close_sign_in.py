from django.db import transaction

from people.models import Person


@transaction.atomic
def close_sign_in(person_id, *, on) -> None:
    """After their last day. The entry was written when the day was set."""
    Person.objects.filter(pk=person_id, last_day__lt=on).update(is_active=False)
