"""A course about lithium cells, as small as it can be and still be asked for, read, taken and passed."""

from itertools import count

from competence.actions import define_competence, require
from courses.actions import add_course, save_answers, start_attempt, write_question
from courses.kinds import NOTHING, WHOLE, MultipleChoice, Option, SingleChoice
from courses.responses import Posted
from knowledge.actions import acknowledge, draft_page, publish
from knowledge.models import Edition, KnowledgeBrief
from tests.scenes import NOON, TODAY, role_named

SINGLE, MULTIPLE = SingleChoice.kind, MultipleChoice.kind

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


def a_question(course, content=None, *, at=NOON, question=None, tests=None, passage="", **said):
    """Single choice, of which the first option is right, but for what is `said` otherwise."""
    return write_question(
        content or a_choice(**said), course=course, question=question, tests=tests, passage=passage, by=None, at=at
    )


def a_choice(
    kind=SINGLE,
    stem="How full is a cell that is stored?",
    options=(("About half", True, "Yes, half."), ("Full", False, "No, full cells age."), ("Empty", False, "")),
    explanation="",
):
    """`options` are (text, is it right, feedback)."""
    told = tuple(Option(text, WHOLE if right else NOTHING, feedback) for text, right, feedback in options)
    if kind == SINGLE:
        return SingleChoice(stem=stem, explanation=explanation, options=told)
    return MultipleChoice(stem=stem, explanation=explanation, options=told, is_whole=True)


def asked_for(course, *, role="Packer", due_days=30, since=TODAY, at=NOON, **more):
    return require(role_named(role), course.teaches, since=since, due_days=due_days, **more, by=None, at=at)


def read_all(course, person, *, at=NOON):
    for edition in Edition.objects.current_for(course.readings.values("page")).values():
        acknowledge(edition, by=person, at=at)


def an_attempt(course, person, *, at=NOON):
    read_all(course, person, at=at)
    return start_attempt(course, by=person, at=at)


def answers_of(attempt, *, right=None):
    """{pk of AttemptQuestion: response}: the first `right` questions answered right, the other choices wrong."""
    return {
        question.pk: right_to(question) if right is None or place < right else wrong_to(question)
        for place, question in enumerate(attempt.asked.select_related("version"))
    }


def right_to(asked):
    return asked.version.says.right()


def wrong_to(asked):
    right = asked.version.says.right()["chosen"]
    return {"chosen": [next(place for place in range(len(asked.version.says.options)) if place not in right)]}


def save(asked, response, *, by, at=NOON):
    """As a page that has just been loaded saves it."""
    return save_answers(asked.attempt, [Posted(asked, response, asked.saves)], by=by, at=at)
