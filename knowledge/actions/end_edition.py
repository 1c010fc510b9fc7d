from django.db import transaction

from evidence.actions import record
from knowledge.actions.settle_citations import settle_citations
from knowledge.actions.settle_supersession import end_supersessions
from knowledge.facets import facets_of, facts_of
from knowledge.models import Edition


@transaction.atomic
def end_edition(page, *, by, at, because="") -> Edition | None:
    """End the current edition of a page that nothing takes the place of. None if it has none."""
    edition = page.editions.current().without_content().select_for_update().first()
    if edition is None:
        return None
    close(edition, at=at, because=because)
    record(
        "knowledge.edition_ended",
        by=by,
        at=at,
        key=f"knowledge.edition_ended:{page.number}:{edition.number}",
        facts=facts_of(edition),
        # Free text, which may name someone.
        personal={"because": because} if because else None,
        facets=facets_of(page),
    )
    settle_citations(page, [])
    end_supersessions(page, edition, by=by, at=at)
    return edition


def close(edition, *, at, because=""):
    edition.ended_at, edition.ended_because = at, because
    edition.save(update_fields=["ended_at", "ended_because"])
