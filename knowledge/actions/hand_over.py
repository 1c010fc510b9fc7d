from django.db import transaction
from django.db.models import Q

from evidence.actions import record
from knowledge.facets import facets_of
from knowledge.handing_over import MAY_END
from knowledge.models import HandOver, KnowledgePage, LessonLearned
from knowledge.permissions import may_see
from knowledge.refusals import HandOverRefused
from people.models import Person

Duty = HandOver.Duty
# Of what of a page each duty is a field, and how one who has it is called.
FIELDS = {Duty.OWNER: "accountable", Duty.DEPUTY: "deputies", Duty.EXPERT: "experts", Duty.ACTION: "action_owner"}


@transaction.atomic
def hand_over(page, duty, *, giver, taker, by, at, because="") -> HandOver:
    """Let `taker` have what `giver` had of a page; None as taker: nobody any more, which `because` explains.

    No edition is made, for the text stays as it is: the frozen copies say who it was in their day, this row who it is
    since. What waits as a draft or for its day is changed too, or its publication would bring the giver back. A giver
    of None gives an owner to a page that has none.
    """
    page = KnowledgePage.objects.select_for_update().get(pk=page.pk)
    _check(page, duty, giver, taker, because)
    if duty in MAY_END:
        _change_list(page, FIELDS[duty], giver, taker)
    else:
        model = LessonLearned if duty == Duty.ACTION else KnowledgePage
        model.objects.filter(pk=page.pk).update(**{FIELDS[duty]: taker})
    _change_drafts(page, duty, giver, taker)
    handed = HandOver.objects.create(
        page=page, duty=duty, giver=giver, taker=taker, because=because.strip(), by=by, at=at
    )
    _record(handed)
    return handed


def _check(page, duty, giver, taker, because):
    what = f"{Duty(duty).label.lower()} of “{page.title}”"
    if (giver.pk if giver else None) not in holders(page, duty):
        raise HandOverRefused(f"{giver or 'Nobody'} is no longer {what}. Someone may have handed it over meanwhile.")
    if taker is None:
        if duty not in MAY_END:
            raise HandOverRefused(f"Someone must be {what}. Choose who.")
        if not because.strip():
            raise HandOverRefused(f"Say why nobody need be {what} any more.")
        return
    taker = Person.objects.get(pk=taker.pk)
    if not taker.is_active or taker.last_day:
        raise HandOverRefused(f"{taker} has left or is leaving, and cannot become {what}. Choose someone who stays.")
    if taker.pk in holders(page, duty):
        raise HandOverRefused(f"{taker} already is {what}. Choose someone else.")
    if not may_see(taker, page):
        raise HandOverRefused(f"{taker} may not see “{page.title}”, and cannot become its {Duty(duty).label.lower()}.")


def holders(page, duty) -> set[int | None]:
    """The ids of those who have a duty of a page; {None} where there can be one and is none."""
    if duty == Duty.ACTION:
        return set(LessonLearned.objects.filter(pk=page.pk).values_list("action_owner", flat=True))
    if duty == Duty.OWNER:
        return {page.accountable_id}
    return set(getattr(page, FIELDS[duty]).values_list("pk", flat=True))


def _change_list(page, field, giver, taker):
    """Of the rows alone: the list of a page in hand would write all of them, as it found them."""
    rows = getattr(KnowledgePage, field).through.objects.filter(knowledgepage=page)
    if taker:
        rows.filter(person=giver).update(person=taker)
    else:
        rows.filter(person=giver).delete()


def _change_drafts(page, duty, giver, taker):
    field, old, new = FIELDS[duty], giver and giver.pk, taker and taker.pk
    to_come = Q(pk__gte=page.live_revision_id or 0) | Q(approved_go_live_at__isnull=False)
    for revision in page.revisions.filter(to_come):
        value = revision.content.get(field)
        if isinstance(value, list):
            changed = [new if one == old else one for one in value if one != old or new]
            changed = list(dict.fromkeys(changed))
        else:
            changed = new if value == old else value
        if changed != value:
            page.revisions.filter(pk=revision.pk).update(content=revision.content | {field: changed})


def _record(handed):
    record(
        "knowledge.handed_over",
        by=handed.by,
        at=handed.at,
        key=f"knowledge.handed_over:{handed.pk}",
        subject=handed.taker or handed.giver,
        facts={
            "page": handed.page.number,
            "title": handed.page.title,
            "duty": handed.get_duty_display(),
            "hand_over": handed.pk,
        },
        personal={"giver": str(handed.giver or "nobody"), "taker": str(handed.taker or "nobody")}
        | ({"because": handed.because} if handed.because else {}),
        facets=facets_of(handed.page) | ({"person": [str(handed.giver.pk)]} if handed.giver else {}),
    )
