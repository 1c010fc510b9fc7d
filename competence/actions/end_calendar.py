from django.db import transaction

from competence.models import CalendarKey
from people.models import Person


@transaction.atomic
def end_calendar(person: Person) -> None:
    CalendarKey.objects.filter(person=person).delete()
