from datetime import date, datetime

from django.db import transaction

from jobs.actions import enqueue
from people.actions.run_import import run_import
from people.models import PeopleImport, Person
from people.refusals import Refused

# Lines that one can wait for at a page.
MOST_AT_ONCE = 2000


def job_key(sent: PeopleImport) -> str:
    return f"people.import:{sent.pk}"


@transaction.atomic
def start_import(sent: PeopleImport, *, best_effort: bool, on: date, by: Person, at: datetime) -> None:
    """A small file is imported at once, a large one by a job."""
    locked = PeopleImport.objects.select_for_update().get(pk=sent.pk)
    if locked.started_at:
        raise Refused("This file is being imported already, or was. Send it again to import it again.")
    locked.best_effort, locked.started_at = best_effort, at
    locked.save(update_fields=["best_effort", "started_at"])
    content = bytes(locked.content)
    if max(content.count(b"\n"), content.count(b"\r")) <= MOST_AT_ONCE:
        run_import(locked, on=on, at=at)
    else:
        enqueue("people.import", {"import": sent.pk, "on": on.isoformat()}, key=job_key(sent), at=at)
