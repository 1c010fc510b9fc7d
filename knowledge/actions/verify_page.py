from django.db import transaction

from evidence.actions import record
from knowledge.facets import facets_of, facts_of
from knowledge.models import Edition, Verification
from knowledge.refusals import VerificationRefused


@transaction.atomic
def verify_page(edition, *, by, at, note="") -> Verification:
    """`by` looked at the edition in force and found it still true."""
    current = Edition.objects.without_content().select_for_update().get(pk=edition.pk)
    if current.ended_at is not None:
        raise VerificationRefused(
            f"Edition {edition.number} of “{edition.title}” is no longer in force. "
            "Read the one that is, and say of that whether it is true."
        )
    page = edition.page
    verification = Verification.objects.create(page=page, edition=edition, note=note.strip(), by=by, at=at)
    record(
        "knowledge.page_verified",
        by=by,
        at=at,
        key=f"knowledge.page_verified:{verification.pk}",
        facts=facts_of(edition),
        personal={"note": verification.note} if verification.note else None,
        facets=facets_of(page),
    )
    return verification
