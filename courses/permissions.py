"""Who may do what with courses and attempts. Each says no to whoever has left."""

from courses.models import Attempt
from knowledge.permissions import may_see
from people.permissions import may_see_everyone, may_write


def is_sitting(person, course) -> bool:
    """While someone has an attempt open on a course, none of its answers may reach them, from anywhere."""
    return Attempt.objects.open().filter(person=person, course=course).exists()


def may_answer(person, attempt) -> bool:
    return person.is_active and attempt.person_id == person.pk


def may_see_result(person, attempt) -> bool:
    """An open attempt is its owner's alone."""
    if may_answer(person, attempt):
        return True
    return attempt.submitted_at is not None and may_see_everyone(person)


def may_see_answers(person, attempt) -> bool:
    return (
        attempt.submitted_at is not None and may_see_result(person, attempt) and not is_sitting(person, attempt.course)
    )


def may_write_questions(person, course) -> bool:
    return may_write(person) and not is_sitting(person, course) and may_see(person, course)
