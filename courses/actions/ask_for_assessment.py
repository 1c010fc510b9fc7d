from django.db import transaction
from django.utils import timezone

from courses.facets import facets_for
from courses.kinds import encoded
from courses.models import PracticalAssessment, PracticalTask
from courses.prerequisites import check_prerequisites
from courses.progress import progress_in, progress_of
from courses.stages import Stage
from evidence.actions import record
from people.models import Person
from people.refusals import Refused


@transaction.atomic
def ask_for_assessment(task: PracticalTask, *, by, at) -> PracticalAssessment:
    """“I am ready”: the task as it stands now waits for the assessor. Two clicks at once ask once."""
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    asked = PracticalAssessment.objects.filter(course=task.course, step=task.key, person=by)
    if waiting := asked.waiting().first():
        return waiting
    _check(task, by, timezone.localdate(at))
    assessment = PracticalAssessment.objects.create(
        course=task.course,
        step=task.key,
        person=by,
        title=task.title,
        instructions=task.instructions,
        rubric=encoded(task.criteria),
        pass_percent=task.pass_percent,
        at=at,
    )
    record(
        "courses.assessment_asked",
        by=by,
        at=at,
        key=f"courses.assessment_asked:{assessment.pk}",
        subject=by,
        facts={"assessment": assessment.pk, "course_id": task.course_id, "title": task.title},
        facets=facets_for(by.pk, task.course, on=timezone.localdate(at)),
    )
    return assessment


def _check(task, person, day):
    if not task.course.live:
        raise Refused(f"The course “{task.course.title}” is no longer offered.")
    check_prerequisites(task.course, person, on=day)
    if reason := progress_in(task.course, person, on=day).why_closed(Stage.PRACTICALS):
        raise Refused(reason)
    anew = progress_of([task.course], person, on=day, stages=[Stage.PRACTICALS], anew=True)[task.course_id]
    if any(step.is_done for step in anew.steps if step.of == task):
        raise Refused("Your assessor has signed this task off.")
