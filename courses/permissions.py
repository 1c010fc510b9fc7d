"""Who may do what with courses and attempts. Each says no to whoever has left."""

from django.db.models import Q

from courses.models import Attempt
from knowledge.permissions import may_see
from people.permissions import may_see_everyone, may_write


def is_sitting(person, course) -> bool:
    """While someone has an attempt open that asks a question of the course (None: of the bank), none of its answers may
    reach them, from anywhere."""
    asks = Q(asked__version__question__course=course)
    return Attempt.objects.open().filter(asks | Q(course=course) if course else asks, person=person).exists()


def is_asked_again(person, attempt) -> bool:
    """Whether someone sits a quiz that asks a question of this attempt."""
    questions = attempt.asked.values("version__question")
    return Attempt.objects.open().filter(person=person, asked__version__question__in=questions).exists()


def may_answer(person, attempt) -> bool:
    return person.is_active and attempt.person_id == person.pk


def may_see_result(person, attempt) -> bool:
    """An open attempt is its owner's alone."""
    if may_answer(person, attempt):
        return True
    return attempt.submitted_at is not None and may_see_everyone(person)


def may_see_answers(person, attempt) -> bool:
    return (
        attempt.submitted_at is not None
        and may_see_result(person, attempt)
        and not is_sitting(person, attempt.course)
        and not is_asked_again(person, attempt)
    )


def may_foresee(person, page) -> bool:
    """What an edition of a page would ask, in numbers; whom by name, says people/permissions.py."""
    reads_all = may_see_everyone(person) and page.live
    return (may_write(person) or reads_all) and may_see(person, page)


def may_write_questions(person, course) -> bool:
    """`course` None: those of the bank."""
    return may_write(person) and not is_sitting(person, course) and (course is None or may_see(person, course))


def may_see_bank(person) -> bool:
    """The list of all questions, without their right answers; those are asked for course by course."""
    return may_write(person)


def may_mark(person, attempt) -> bool:
    """The course's assessor; where none is named, whoever may write its questions. Never one's own."""
    if not person.is_active or attempt.person_id == person.pk or attempt.submitted_at is None:
        return False
    course = attempt.course
    return course.assessor_id == person.pk if course.assessor_id else may_write_questions(person, course)
