from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from competence.gathering import gather
from competence.obligations import OPEN, obligations
from courses.asking import asks, in_words, is_same, reason_ids, why_ended
from courses.models import Assignment, Course
from evidence.actions import Telling, record_each
from people.models import Person

# So many at a time, that the memory does not grow with the house.
AT_ONCE = 2000


@transaction.atomic
def reconcile(people_ids, *, by, at, competences=None) -> None:
    """Make what is assigned what the obligations of that day say; `people_ids` None: for everyone. `competences`: only
    for these (ids), where nothing else can have changed.

    What is asked and not assigned is opened; what is assigned and not asked, or asked by another day or for other
    reasons, is ended. So where nothing has changed, nothing changes.
    """
    # In one order, so that of two who come at once the second waits, and finds the first's work done.
    ids = sorted(Person.objects.values_list("pk", flat=True) if people_ids is None else people_ids)
    for start in range(0, len(ids), AT_ONCE):
        _reconcile(ids[start : start + AT_ONCE], competences, by=by, at=at)


def _reconcile(ids, competences, *, by, at):
    day = timezone.localdate(at)
    people = _locked(ids)
    stated = obligations(gather(ids, on=day, competences=competences), on=day)
    stands = {(it.person_id, it.course_id): it for it in _standing(ids, competences)}
    courses = _courses(stated, stands.values())
    asked = asks(stated, [course for course in courses.values() if course.live])
    for assignment in stands.values():
        assignment.course = courses[assignment.course_id]
    over = {key for key, assignment in stands.items() if not is_same(assignment, asked.get(key))}
    missing = asked.keys() - (stands.keys() - over)
    ended = _end([stands[key] for key in sorted(over)], stated, day)
    opened = _open([asked[key] for key in sorted(missing)], people, by=by, day=day)
    _record(ended, opened, people, by=by, at=at)


def _locked(ids) -> dict[int, Person]:
    people = Person.objects.select_for_update(no_key=True).order_by("pk").filter(pk__in=ids)
    return {person.pk: person for person in people}


def _standing(ids, competences):
    assignments = Assignment.objects.filter(until=None, person__in=ids)
    return assignments if competences is None else assignments.filter(course__teaches__in=competences)


def _courses(stated, standing) -> dict[int, Course]:
    """By id, those that are assigned and those that may be: a page costs more than a row, so each is read once."""
    open_ones = {obligation.competence for obligation in stated if obligation.state in OPEN}
    there = Q(pk__in={assignment.course_id for assignment in standing}) | Q(live=True, teaches__in=open_ones)
    return {course.pk: course for course in Course.objects.filter(there).select_related("teaches")}


def _end(assignments, stated, day):
    by_competence = {(obligation.person, obligation.competence): obligation for obligation in stated}
    for assignment in assignments:
        obligation = by_competence.get((assignment.person_id, assignment.course.teaches_id))
        assignment.until = max(assignment.since, day)
        assignment.ended_because = why_ended(assignment.course, obligation)
    Assignment.objects.bulk_update(assignments, ["until", "ended_because"])
    return assignments


def _open(wanting, people, *, by, day):
    return Assignment.objects.bulk_create(
        Assignment(
            person=people[ask.person], course=ask.course, due=ask.due, because=ask.because, since=day, recorded_by=by
        )
        for ask in wanting
    )


def _record(ended, opened, people, *, by, at):
    was_ended = [_telling("courses.assignment_ended", it, people, {"reason": it.ended_because}, {}) for it in ended]
    record_each("courses.assignment_ended", was_ended, by=by, at=at)
    # In words, the reasons name a role that the person has: that can be erased.
    was_opened = [
        _telling("courses.assigned", it, people, _facts_of(it), {"because": in_words(it.because)}) for it in opened
    ]
    record_each("courses.assigned", was_opened, by=by, at=at)


def _telling(kind, assignment, people, facts, personal):
    return Telling(
        key=f"{kind}:{assignment.pk}",
        subject=people[assignment.person_id],
        facts={"assignment": assignment.pk, "course_id": assignment.course_id} | facts,
        personal=personal,
        facets={"course": assignment.course.title, "competence": assignment.course.teaches.name},
    )


def _facts_of(assignment):
    return {"due": assignment.due.isoformat(), "because": reason_ids(assignment.because)}
