"""Who may do what with courses and attempts. Each says no to whoever has left."""

from django.db.models import Exists, F, OuterRef, Q

from courses.models import Attempt, AttemptQuestion, Classroom, ClassroomSession, Course, PracticalAssessment
from knowledge.permissions import may_see, visible_to
from people.permissions import may_manage_people, may_see_everyone, may_write


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


def may_see_statistics(person, course) -> bool:
    """Nor while they sit a quiz elsewhere that asks a question which was asked in this one."""
    if not may_write_questions(person, course):
        return False
    asked = AttemptQuestion.objects.filter(attempt__course=course).values("version__question")
    return not Attempt.objects.open().filter(person=person, asked__version__question__in=asked).exists()


def may_see_bank(person) -> bool:
    """The list of all questions, without their right answers; those are asked for course by course."""
    return may_write(person)


def assessed_by(assessor):
    """Of what names a course and a person: what this one assesses. The course's assessor does; where none is named, or
    it is the person, whoever may write its questions. Never one's own, nor while they sit that quiz."""
    if not assessor.is_active:
        return Q(pk=None)
    theirs = Q(course__assessor=assessor)
    if may_write(assessor):
        free = Q(course__assessor=None) | Q(course__assessor=F("person"))
        theirs |= free & Q(course__in=visible_to(Course.objects.all(), assessor))
    sitting = Attempt.objects.open().filter(person=assessor)
    return theirs & ~Q(person=assessor) & ~Q(course__in=sitting.values("course"))


def attempts_to_mark(assessor):
    """Neither is shown what answers a question that they sit themselves."""
    sits = AttemptQuestion.objects.filter(attempt__person=assessor, attempt__submitted_at=None)
    asks = AttemptQuestion.objects.filter(
        attempt=OuterRef("pk"), version__question__in=sits.values("version__question")
    )
    return Attempt.objects.to_mark().filter(assessed_by(assessor), ~Exists(asks))


def may_mark(person, attempt) -> bool:
    return attempts_to_mark(person).filter(pk=attempt.pk).exists()


def may_sign_off(person, assessment) -> bool:
    return PracticalAssessment.objects.filter(assessed_by(person), pk=assessment.pk).exists()


def may_see_practical(person, assessment) -> bool:
    return may_answer(person, assessment) or may_see_everyone(person) or may_sign_off(person, assessment)


def may_hold_sessions(person, course) -> bool:
    """HR, and who teaches one of them."""
    if may_manage_people(person):
        return True
    if not person.is_active:
        return False
    rooms = Classroom.objects.filter(course=course, instructor=person)
    return rooms.exists() or ClassroomSession.objects.filter(course=course, instructor=person).exists()
