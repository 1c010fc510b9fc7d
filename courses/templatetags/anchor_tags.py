"""What ties questions to passages, on the pages of courses and of others."""

from dataclasses import dataclass
from random import Random

from django import template
from django.utils import timezone

from courses.choosing import can_be_passed, chosen
from courses.permissions import may_write_questions
from courses.renewing import Delta, delta_for
from courses.to_look_at import to_look_at
from courses.untested import course_for, untested_in
from knowledge.models import Edition, KnowledgeBrief
from people.permissions import may_write

register = template.Library()


@dataclass(frozen=True)
class Offer:
    """A quiz about what changed, instead of the whole."""

    delta: Delta
    questions: int
    instead_of: int


@register.simple_tag(takes_context=True)
def delta_offered(context, course, steps) -> Offer | None:
    """None where the whole quiz is asked."""
    person = context["request"].user
    delta = delta_for(course, person, steps, on=timezone.localdate())
    if delta is None:
        return None
    # What is drawn at random is drawn again when it starts: so many, and not always the same.
    about_it = chosen(course, person, Random(0), places=delta.places)  # noqa: S311
    whole = chosen(course, person, Random(0))  # noqa: S311
    return Offer(delta, len(about_it), len(whole)) if can_be_passed(about_it) else None


@register.inclusion_tag("courses/untested.html", takes_context=True)
def untested_passages(context, page):
    """On a brief, for those who write questions: where no course has it read, they write one for the bank."""
    person = context["request"].user
    if not (page.pk and isinstance(page, KnowledgeBrief) and may_write(person)):
        return {}
    edition = Edition.objects.current_for([page.pk]).get(page.pk)
    if edition is None:
        return {}
    untested, passages = untested_in(edition)
    course = course_for(page, person) if untested else None
    writes = bool(untested) and may_write_questions(person, course)
    return {"page": page, "untested": untested, "passages": passages, "course": course, "may_write": writes}


@register.inclusion_tag("courses/stale_questions.html", takes_context=True)
def stale_questions(context):
    """On the work list of an owner."""
    return {"versions": to_look_at(context["request"].user).defer("content", "sheet", "stale__edition__content")}
