from django import template
from django.db.models import Exists, OuterRef
from django.utils import timezone

from knowledge import reviews as asking
from knowledge.handing_over import in_hand_of, open_hand_overs
from knowledge.models import KnowledgePage
from knowledge.permissions import may_hand_over, may_see_all_reviews
from knowledge.reviewing import State
from knowledge.suggesting import waiting_for

register = template.Library()

TONES = {State.VERIFIED: "ok", State.DUE: "warn", State.OVERDUE: "bad", State.UNOWNED: "neutral"}


@register.filter
def state_tone(state):
    return TONES[state]


@register.simple_tag
def review_of(page, reader):
    """How a published page stands, what it rests on and has changed, and whether `reader` may verify it.

    One query, and those for what changed only for who may verify it.
    """
    today = timezone.localdate()
    theirs = Exists(asking.answered_for_by(reader).filter(pk=OuterRef("pk")))
    pages = KnowledgePage.objects.filter(pk=page.pk).annotate(is_theirs=theirs)
    found = asking.with_reviews(pages, on=today).first()
    if found is None:
        return None
    verifies = found.is_theirs or may_see_all_reviews(reader)
    looks = asking.looks_for([found], reader).get(page.pk, []) if verifies else []
    return {"page": found, "review": asking.review_of(found, on=today), "looks": looks, "may_verify": verifies}


@register.inclusion_tag("knowledge/parts/waits_for_you.html")
def waits_for_you(reader):
    """One line: how many of one's pages are to be looked at, how many suggestions wait, and who has to hand over."""
    today = timezone.localdate()
    return {
        "pages": asking.count_to_look_at(reader, on=today),
        "suggestions": waiting_for(reader, on=today).count(),
        "leavers": len(open_hand_overs(reader)) if may_hand_over(reader) else 0,
    }


@register.inclusion_tag("knowledge/parts/hands_over.html")
def hands_over(person, reader):
    leaves = person.last_day or not person.is_active
    if not leaves or not may_hand_over(reader):
        return {}
    return {"in_hand": in_hand_of([person], reader)[0]}
