from django.db import transaction
from django.utils.text import Truncator, slugify

from jobs.actions import enqueue
from knowledge.actions.draft_page import draft_page
from knowledge.models import LessonLearned, Significance, TrainingImpact
from knowledge.permissions import may_see
from knowledge.refusals import ReportRefused

Reporting = LessonLearned.Reporting
LONGEST_TITLE = 80


@transaction.atomic
def report_lesson(
    what_happened,
    *,
    title="",
    process=None,
    reporting=Reporting.OPEN,
    facilitator=None,
    recurrence_of=None,
    by,
    at,
    **fields,
) -> LessonLearned:
    """A lesson as a reader tells it, submitted for publication, or given to a facilitator who finishes it.

    `by` asks, and is kept only where they report by name: otherwise nothing that is written here knows of them.
    """
    _check(what_happened, reporting, facilitator, recurrence_of, by)
    author = {Reporting.OPEN: by, Reporting.ANONYMOUS: None, Reporting.FACILITATED: facilitator}[reporting]
    title = title.strip() or Truncator(" ".join(what_happened.split())).chars(LONGEST_TITLE)
    lesson = draft_page(
        LessonLearned,
        title=title,
        slug="" if slugify(title) else f"lesson-{at:%Y%m%d%H%M%S%f}",
        what_happened=what_happened,
        reporting=reporting,
        recurrence_of=recurrence_of,
        processes=[process] if process else [],
        accountable=facilitator if reporting == Reporting.FACILITATED else process and process.accountable,
        change_summary="Reported.",
        significance=Significance.MAJOR,
        training_impact=TrainingImpact.READ,
        by=author,
        at=at,
        **fields,
    )
    if reporting == Reporting.FACILITATED:
        enqueue("knowledge.lesson_entrusted", {"page": lesson.pk}, key=f"knowledge.lesson_entrusted:{lesson.pk}", at=at)
    else:
        lesson.get_workflow().start(lesson, author)
    return lesson


def _check(what_happened, reporting, facilitator, recurrence_of, by):
    if not what_happened.strip():
        raise ReportRefused("Say what happened. All else can be added later.")
    if reporting == Reporting.FACILITATED and (facilitator is None or not facilitator.is_active):
        raise ReportRefused("Choose who writes it up with you: a facilitator who works here.")
    if recurrence_of is not None and not (recurrence_of.live and may_see(by, recurrence_of)):
        raise ReportRefused("The lesson that this repeats is no longer published. Choose another, or none.")
