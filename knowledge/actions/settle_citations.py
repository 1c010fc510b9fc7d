from django.db import transaction

from knowledge.citing import cited_by
from knowledge.models import Citation


@transaction.atomic(savepoint=False)
def settle_citations(page, parts):
    """Make the citations of a page those of its text in force: the parts of its frozen copy, none if withdrawn."""
    said = cited_by(page, parts)
    kept = set(page.citations.values_list("cited", flat=True))
    if kept - said:
        page.citations.exclude(cited__in=said).delete()
    if said - kept:
        Citation.objects.bulk_create(Citation(citing_id=page.pk, cited_id=pk) for pk in sorted(said - kept))
