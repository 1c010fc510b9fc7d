from django.db import transaction

from knowledge.models import Approval


@transaction.atomic
def approve(revision, *, by, at) -> Approval:
    """Write down who let a revision be published later; who lets it be published last is its approver."""
    approval, _ = Approval.objects.update_or_create(
        revision_id=revision.pk, defaults={"page_id": int(revision.object_id), "approver": by, "at": at}
    )
    return approval
