from django.db import transaction

from evidence.actions import record
from knowledge.facets import facets_of, facts_of
from knowledge.lessons import STATES, next_states, state_of
from knowledge.models import Edition, KnowledgePage, LessonLearned, LessonStep
from knowledge.refusals import LessonStepRefused

LONGEST_WORDS = LessonStep._meta.get_field("change_words").max_length


@transaction.atomic
def take_lesson_step(lesson: LessonLearned, state, *, note="", edition=None, change=None, by, at) -> LessonStep:
    """One step of a lesson and its entry, if such a step may be taken now. The verbs say what each asks besides."""
    steps = steps_of(lesson)
    before = state_of(steps)
    if state not in next_states(before, is_positive=lesson.is_positive):
        raise LessonStepRefused(
            f"{lesson.number} is “{STATES[before]}”, so it cannot become “{STATES[state]}” now. Load its page again."
        )
    if not lesson.live:
        raise LessonStepRefused(f"{lesson.number} is not published. Publish it first.")
    if steps and at < steps[-1].at:
        raise LessonStepRefused(f"{lesson.number} has a step of a later date: {steps[-1].at:%-d %B %Y}.")
    return write_step(lesson, state, before=before, note=note, edition=edition, change=change, by=by, at=at)


def steps_of(lesson) -> list[LessonStep]:
    """Its steps, while nobody else can take one."""
    KnowledgePage.objects.select_for_update().filter(pk=lesson.pk).values("pk").first()
    return list(lesson.steps_taken.select_related("edition"))


def write_step(lesson, state, *, before, note="", edition=None, change=None, by, at) -> LessonStep:
    step = LessonStep.objects.create(
        lesson=lesson,
        state=state,
        note=note,
        edition=edition,
        change_kind=change.kind if change else "",
        change_reference=change.reference if change else "",
        change_words=change.words[:LONGEST_WORDS] if change else "",
        by=by,
        at=at,
    )
    # The text that the step is about.
    text = Edition.objects.without_content().filter(page=lesson.pk).latest("number")
    record(
        f"knowledge.lesson_{state}",
        by=by,
        at=at,
        key=f"knowledge.lesson_{state}:{step.pk}",
        facts=facts_of(text) | {"before": STATES[before]} | _change(step),
        # Free text, which may name someone.
        personal={"note": note} if note else None,
        facets=facets_of(lesson),
    )
    return step


def _change(step) -> dict:
    if step.edition:
        return {"change": str(step.edition), "changes": [facts_of(step.edition)]}
    if step.change_kind:
        return {"change": step.change_words, "change_reference": f"{step.change_kind}:{step.change_reference}"}
    return {}
