from django.db import transaction

from evidence.actions import record
from knowledge.facets import facets_of, facts_of
from knowledge.models import Reading


@transaction.atomic
def open_edition(edition, *, by, at) -> Reading:
    """`by` had the edition on screen: that it was read is another fact, and that it was understood a third."""
    return write_down(edition, Reading.Kind.OPENED, by=by, at=at)


def write_down(edition, kind, *, by, at) -> Reading:
    reading, is_new = Reading.objects.get_or_create(edition=edition, person=by, kind=kind, defaults={"at": at})
    if is_new:
        record(
            f"knowledge.edition_{kind}",
            by=by,
            at=at,
            key=f"knowledge.edition_{kind}:{reading.pk}",
            subject=by,
            facts=facts_of(edition),
            facets=facets_of(edition.page),
        )
    return reading
