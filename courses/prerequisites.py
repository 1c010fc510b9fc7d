"""What must be held before a course is begun, and that no course waits for itself."""

from collections.abc import Mapping
from datetime import date

from competence.gathering import gather
from competence.models import Competence
from competence.obligations import standing_proofs
from courses.models import Course, Prerequisite
from people.refusals import Refused


def held_by(person, competences: set[int], *, on: date) -> set[int]:
    """Those of `competences` that they can show on that day, by a proof or an equivalent."""
    shown = standing_proofs(gather([person.pk], on=on, competences=competences), on=on)
    return {
        competence
        for (_, competence), standing in shown.items()
        if competence in competences and (standing.until is None or standing.until >= on)
    }


def prerequisites_of(course: Course, person, *, on: date) -> list[tuple[Competence, bool]]:
    """Each with whether they hold it."""
    needed = [it.competence for it in course.prerequisites.select_related("competence")]
    held = held_by(person, {it.pk for it in needed}, on=on) if needed else set()
    return [(competence, competence.pk in held) for competence in needed]


def why_not_begun(prerequisites: list[tuple[Competence, bool]]) -> str:
    missing = ", ".join(f"“{competence}”" for competence, is_held in prerequisites if not is_held)
    return f"This course needs {missing}. Show that first." if missing else ""


def check_prerequisites(course: Course, person, *, on: date) -> None:
    if reason := why_not_begun(prerequisites_of(course, person, on=on)):
        raise Refused(reason)


def never_begun(courses: Mapping[int, tuple[int, set[int]]]) -> set[int]:
    """Of {course: (what it teaches, what it needs)}, those that nobody can begin, for what they need is taught only by
    courses that wait for them. Pure."""
    waiting = dict(courses)
    while True:
        still_taught = {teaches for teaches, _ in waiting.values()}
        can_begin = {pk for pk, (_, needs) in waiting.items() if not needs & still_taught}
        if not can_begin:
            return set(waiting)
        reached = {courses[pk][0] for pk in can_begin}
        waiting = {pk: told for pk, told in waiting.items() if told[0] not in reached}


def check_no_circle(course: Course, teaches: int, needs: set[int]) -> None:
    """As if `course` taught and needed these."""
    told: dict[int, tuple[int, set[int]]] = {pk: (taught, set()) for pk, taught in _taught()}
    for pk, needed in Prerequisite.objects.filter(course__live=True).values_list("course", "competence"):
        told[pk][1].add(needed)
    before = never_begun({pk: it for pk, it in told.items() if pk != course.pk})
    stuck = never_begun(told | {course.pk or 0: (teaches, needs)}) - before
    if stuck:
        others = Course.objects.filter(pk__in=stuck - {course.pk}).order_by("title").values_list("title", flat=True)
        by_way = ", ".join(f"“{title}”" for title in others)
        raise Refused(
            f"Nobody could begin this course: what must be held first is taught only by {by_way or 'itself'}"
            f"{', which waits for it' if by_way else ''}. Take out a competence that must be held first."
        )


def _taught():
    return Course.objects.filter(live=True).values_list("pk", "teaches")
