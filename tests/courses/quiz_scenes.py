"""A course about lithium cells, as small as it can be and still be asked for, read, taken and passed."""

from itertools import count

from competence.actions import define_competence, require
from courses.actions import add_course, start_attempt, write_question
from courses.answers import right_options
from courses.models import QuestionVersion
from knowledge.actions import acknowledge, draft_page, publish
from knowledge.models import Edition, KnowledgeBrief
from tests.scenes import NOON, TODAY, role_named

SINGLE, MULTIPLE = QuestionVersion.Kind

_numbers = count(1)


def a_brief(title="Storing lithium cells", body="Store cells at 40 to 60 % charge."):
    page = draft_page(KnowledgeBrief, title=f"{title} {next(_numbers)}", body=body, by=None, at=NOON)
    publish(page, by=None, at=NOON, change_summary="First edition.", training_impact="test")
    return page


def a_course(*, teaches=None, readings=(), questions=2, pass_percent=80, at=NOON, **fields):
    """With so many single-choice questions, of which the first option is right."""
    number = f"{next(_numbers):04}"
    teaches = teaches or define_competence(f"Handling lithium cells {number}", validity_months=12, by=None, at=at)
    course = add_course(
        title=f"Lithium cells {number}",
        teaches=teaches,
        readings=readings,
        pass_percent=pass_percent,
        by=None,
        at=at,
        **fields,
    )
    for place in range(1, questions + 1):
        a_question(course, stem=f"How full is a cell that is stored? ({place})", at=at)
    return course


def a_question(course, *, at=NOON, **fields):
    told = {
        "kind": SINGLE,
        "stem": "How full is a cell that is stored?",
        "options": [("About half", True, "Yes, half."), ("Full", False, "No, full cells age."), ("Empty", False, "")],
    }
    return write_question(course, **(told | fields), by=None, at=at)


def asked_for(course, *, role="Packer", due_days=30, since=TODAY, at=NOON):
    return require(role_named(role), course.teaches, since=since, due_days=due_days, by=None, at=at)


def read_all(course, person, *, at=NOON):
    for edition in Edition.objects.current_for(course.readings.values("page")).values():
        acknowledge(edition, by=person, at=at)


def an_attempt(course, person, *, at=NOON):
    read_all(course, person, at=at)
    return start_attempt(course, by=person, at=at)


def answers_of(attempt, *, right=None):
    """{pk of AttemptQuestion: option ids}: the first `right` questions answered right, the others wrong."""
    answers = {}
    for place, question in enumerate(attempt.asked.all()):
        wanted = right_options(question.version)
        everything = {option.pk for option in question.version.options.all()}
        answers[question.pk] = sorted(wanted if right is None or place < right else {min(everything - wanted)})
    return answers
