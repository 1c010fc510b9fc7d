from django.db import transaction
from django.utils import timezone

from competence.gathering import gather
from competence.obligations import obligations
from courses.asking import asks, in_words, is_same, reason_ids, why_ended
from courses.models import Assignment, Course
from evidence.actions import record
from people.models import Person


@transaction.atomic
def reconcile(people_ids, *, by, at) -> None:
    """Make what is assigned what the obligations of that day say; `people_ids` None: for everyone.

    What is asked and not assigned is opened; what is assigned and not asked, or asked by another day or for other
    reasons, is ended. So where nothing has changed, nothing changes.
    """
    day = timezone.localdate(at)
    people = _locked(people_ids)
    stated = obligations(gather(people_ids, on=day), on=day)
    asked = asks(stated, Course.objects.live().select_related("teaches"))
    stands = {(it.person_id, it.course_id): it for it in _standing(people_ids)}
    over = {key for key, assignment in stands.items() if not is_same(assignment, asked.get(key))}
    missing = asked.keys() - (stands.keys() - over)
    ended = _end([stands[key] for key in sorted(over)], stated, day)
    opened = _open([asked[key] for key in sorted(missing)], people, by=by, day=day)
    _record(ended, opened, people, by=by, at=at)


def _locked(people_ids) -> dict[int, Person]:
    """In one order, so that of two who come at once the second waits, and finds the first's work done."""
    people = Person.objects.select_for_update(no_key=True).order_by("pk")
    if people_ids is not None:
        people = people.filter(pk__in=people_ids)
    return {person.pk: person for person in people}


def _standing(people_ids):
    assignments = Assignment.objects.filter(until=None).select_related("course__teaches")
    return assignments if people_ids is None else assignments.filter(person__in=people_ids)


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
    told: list[tuple[str, Assignment, dict, dict]]
    told = [("courses.assignment_ended", it, {"reason": it.ended_because}, {}) for it in ended]
    # In words, the reasons name a role that the person has: that can be erased.
    told += [("courses.assigned", it, _facts_of(it), {"because": in_words(it.because)}) for it in opened]
    for kind, assignment, facts, personal in told:
        record(
            kind,
            by=by,
            at=at,
            key=f"{kind}:{assignment.pk}",
            subject=people[assignment.person_id],
            facts={"assignment": assignment.pk, "course_id": assignment.course_id} | facts,
            personal=personal,
            facets={"course": assignment.course.title, "competence": assignment.course.teaches.name},
        )


def _facts_of(assignment):
    return {"due": assignment.due.isoformat(), "because": reason_ids(assignment.because)}
