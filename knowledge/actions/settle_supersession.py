from django.db import transaction

from evidence.actions import record
from knowledge.facets import facets_of, facts_of
from knowledge.models import TAKEN, Supersession
from knowledge.supersession import refuse_circle


@transaction.atomic(savepoint=False)
def settle_supersession(decision, edition, *, by, at):
    """Make what a decision stands in the place of what its edition says: nothing, before it is accepted."""
    said = {old.pk: old for old in decision.supersedes.all()} if decision.status in TAKEN else {}
    standing = {row.old_id: row for row in _replaced_by(decision)}
    _end([row for old, row in standing.items() if old not in said], edition, by=by, at=at)
    new = [old for pk, old in said.items() if pk not in standing]
    if not new:
        return
    refuse_circle(decision, new)
    for old in new:
        Supersession.objects.create(old=old, new=decision, edition=edition, at=at)
        _record("knowledge.decision_superseded", old, edition, by=by, at=at)


@transaction.atomic(savepoint=False)
def end_supersessions(page, edition, *, by, at):
    """A decision that is withdrawn stands in the place of none."""
    _end(_replaced_by(page), edition, by=by, at=at)


def _replaced_by(page):
    return list(Supersession.objects.standing().filter(new=page.pk).select_related("old"))


def _end(rows, edition, *, by, at):
    for row in rows:
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        _record("knowledge.supersession_ended", row.old, edition, by=by, at=at)


def _record(kind, old, edition, *, by, at):
    new = edition.page.number
    record(
        kind,
        by=by,
        at=at,
        key=f"{kind}:{old.number}:{new}:{edition.number}",
        facts=facts_of(edition) | {"superseded": old.number, "superseded_title": old.title},
        facets=facets_of(edition.page) | {"page": [new, old.number]},
    )
