from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction

from knowledge.actions.end_edition import end_edition
from knowledge.models import Edition
from knowledge.refusals import WithdrawalRefused


@transaction.atomic
def withdraw_page(page, *, reason, by, at) -> Edition:
    """Take a page out of use. It, its editions and what was learned from them are kept."""
    if not reason.strip():
        raise WithdrawalRefused(f"Say why “{page.title}” is withdrawn.")
    edition = end_edition(page, by=by, at=at, because=reason.strip())
    if edition is None:
        raise WithdrawalRefused(f"“{page.title}” has no edition in force, so there is nothing to withdraw.")
    UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
    return edition
