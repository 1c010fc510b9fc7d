"""What this room shows of effectiveness on the pages of others."""

from collections import Counter

from django import template
from django.utils import timezone

from competence.effectiveness import State
from competence.evaluations import evaluated_by, follow, with_a_day
from competence.permissions import evaluations_visible_to, may_steer
from knowledge.handing_over import leavers
from knowledge.permissions import answers_for
from people.permissions import may_see_everyone

register = template.Library()


@register.inclusion_tag("competence/evaluations_to_do.html", takes_context=True)
def evaluations_to_do(context):
    """What whoever reads the page has to evaluate now."""
    return {"evaluations": evaluated_by(context["request"].user, on=timezone.localdate())}


@register.inclusion_tag("competence/evaluations_left.html", takes_context=True)
def evaluations_left(context):
    """Beside what those who leave have in hand: the trainings that they were to evaluate."""
    return {"evaluations": with_a_day(leavers().values("pk"), context["request"].user, on=timezone.localdate())}


@register.inclusion_tag("competence/evaluations_of.html", takes_context=True)
def evaluations_of(context, competence):
    """On the page of a competence: those that the reader may see."""
    reader = context["request"].user
    evaluations = evaluations_visible_to(reader).filter(competence=competence)
    return {
        "competence": competence,
        "evaluations": follow(evaluations, on=timezone.localdate()),
        "may_plan": may_steer(reader),
    }


@register.inclusion_tag("competence/evaluations_on.html", takes_context=True)
def evaluations_on(context, process):
    """On the page of a process, in numbers, and to whoever answers for it the way to plan one."""
    reader = context["request"].user
    if process.pk is None:  # a preview that is not saved
        return {}
    may_plan = may_steer(reader) or answers_for(reader, process)
    if not (may_plan or may_see_everyone(reader)):
        return {}
    found = follow(evaluations_visible_to(reader).filter(process=process.pk), on=timezone.localdate())
    numbers = Counter(one.standing.state for one in found)
    return {
        "process": process,
        "total": len(found) - numbers[State.WITHDRAWN],
        "overdue": numbers[State.OVERDUE],
        "reopened": numbers[State.REOPENED],
        "may_plan": may_plan,
    }
