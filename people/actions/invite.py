from django.db import transaction

from jobs.actions import enqueue
from people.refusals import Refused


@transaction.atomic
def invite(person, *, by, at) -> None:
    """Write to them with a link to choose a password. It is made when the mail is sent, and never stored."""
    if not person.email:
        raise Refused(f"{person} has no e-mail address, so no invitation can be sent.")
    enqueue("people.invite", {"person": person.pk}, key=f"people.invite:{person.pk}", at=at)
