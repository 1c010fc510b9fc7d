from django import template
from django.utils import timezone

from knowledge.alike import alike_to_draft
from knowledge.lesson_forms import CloseForm, SeenForm, StepForm
from knowledge.lesson_history import history_of
from knowledge.lessons import STATES, TONES, is_overdue
from knowledge.models import LessonState
from knowledge.weighing import lessons_to_weigh
from knowledge.whys import branches_of, with_depths

register = template.Library()

FORMS = {
    LessonState.VALIDATED: StepForm,
    LessonState.ACTIONED: CloseForm,
    LessonState.VERIFIED: SeenForm,
    LessonState.REOPENED: SeenForm,
}


@register.simple_tag(takes_context=True)
def lesson_history(context, lesson):
    """Asked once for each page that is served, whichever of its blocks asks first."""
    if not hasattr(lesson, "history"):
        lesson.history = history_of(lesson, context["request"].user, on=timezone.localdate())
    return lesson.history


@register.simple_tag(takes_context=True)
def step_form(context, lesson, state):
    return FORMS[state](lesson, context["request"].user, auto_id=f"{state}_%s")


@register.filter
def why_branches(whys):
    """Of the whys of a lesson: see knowledge/whys.py."""
    return branches_of(with_depths(whys))


@register.filter
def branches(placed):
    """Of a "tree" as a frozen copy keeps it: [[depth, text], …]."""
    return branches_of(placed)


@register.filter
def state_word(state):
    return STATES[state]


@register.filter
def state_tone(state):
    return TONES[state]


@register.filter
def action_overdue(lesson):
    """Of one read with its state."""
    return is_overdue(lesson.state, lesson.action_due, on=timezone.localdate(), is_positive=lesson.is_positive)


# Panels of the editor see nothing but themselves, so that these are given who reads.


@register.simple_tag
def alike_pages(page, reader):
    return alike_to_draft(page, reader)


@register.simple_tag
def weighed_lessons(decision, reader):
    """(lesson, its mark or None) for each that those who decide should have before their eyes."""
    marks = {mark.lesson_id: mark for mark in decision.lesson_marks.all()}
    return [(lesson, marks.get(lesson.pk)) for lesson in lessons_to_weigh(decision.processes.all(), reader)]
