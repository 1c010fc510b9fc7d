from django.db import transaction

from knowledge.actions.open_edition import write_down
from knowledge.models import Edition, Reading
from knowledge.refusals import AcknowledgementRefused
from knowledge.signals import edition_acknowledged


@transaction.atomic
def acknowledge(edition, *, by, at) -> Reading:
    """`by` says that they have read and understood the edition in force. A second time finds the first."""
    page = edition.page
    current = Edition.objects.without_content().select_for_update().get(pk=edition.pk)
    if current.ended_at is not None or not page.live:
        raise AcknowledgementRefused(
            f"Edition {edition.number} of “{edition.title}” is no longer in force. "
            "Read the one that is, and acknowledge that."
        )
    reading = write_down(edition, Reading.Kind.ACKNOWLEDGED, by=by, at=at)
    edition_acknowledged.send(Edition, reading=reading, by=by, at=at)
    return reading
