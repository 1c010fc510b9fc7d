from datetime import timedelta

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from courses.actions import withdraw_question
from knowledge.actions import close_lesson, draft_page, publish, validate_lesson
from knowledge.changes import address_of, change_of, seen_by
from knowledge.models import LessonLearned
from knowledge.refusals import LessonStepRefused
from people.groups import EXPERTS
from tests.courses.quiz_scenes import a_course, a_question
from tests.scenes import NOON, hire

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def course():
    return a_course(questions=1)


def write_again(course, at):
    question = course.questions.get()
    return a_question(course, question=question, stem="Anew?", at=at)


def test_a_lesson_is_closed_through_a_question_that_was_written_anew(course):
    expert = hire(groups=["Experts"])
    lesson = draft_page(LessonLearned, title="It fell", what_happened="x", by=expert, at=NOON)
    publish(lesson, by=None, author=expert, at=NOON + DAY, change_summary="First.", training_impact="read")
    validate_lesson(lesson, by=expert, at=NOON + DAY)
    reference = f"{course.slug}/1"
    with pytest.raises(LessonStepRefused, match="older"):
        close_lesson(lesson, through=change_of("question", reference, expert), by=expert, at=NOON + 2 * DAY)
    write_again(course, NOON + 2 * DAY)
    step = close_lesson(lesson, through=change_of("question", reference, expert), by=expert, at=NOON + 3 * DAY)
    assert step.change_words == f"A question of “{course.title}”, version 2"
    assert address_of("question", step.change_reference).endswith(f"#question-{course.questions.get().pk}")


def test_from_the_lesson_one_comes_to_the_question(course, client):
    client.force_login(hire(groups=["Experts"]))
    address = reverse("knowledge:change", args=["question", f"{course.slug}/1"])
    response = client.get(address)
    assert response.url.startswith(reverse("courses:questions", args=[course.pk]))
    assert client.get(reverse("knowledge:change", args=["nothing", "1"])).status_code == 404


@pytest.mark.parametrize(
    "reference",
    ["", "999999", "x", "/x", "no-course/1", "{slug}/0", "{slug}/2", "{slug}/x", "{slug}/99999999999", "{slug}"],
)
def test_what_is_not_there_is_not_found(course, reference):
    assert address_of("question", reference.format(slug=course.slug)) is None


def test_a_withdrawn_question_is_no_change_but_one_that_was_named_is_still_found():
    expert = hire(groups=[EXPERTS])
    course = a_course(questions=2)
    first, second = course.questions.all()
    named = change_of("question", f"{course.slug}/1", expert).reference
    withdraw_question(first, reason="Old.", by=None, at=NOON + DAY)
    assert change_of("question", f"{course.slug}/1", expert).reference == str(second.pk)
    assert change_of("question", f"{course.slug}/2", expert) is None
    assert address_of("question", named).endswith(f"#question-{first.pk}")


def test_a_question_of_a_course_that_is_kept_from_someone_is_not_there_for_them(course):
    expert = hire(groups=[EXPERTS])
    reference = f"{course.slug}/1"
    found = change_of("question", reference, expert)
    assert seen_by(expert, [("question", found.reference)])
    PageViewRestriction.objects.create(page=course.page_ptr, restriction_type="groups")
    assert change_of("question", reference, expert) is None
    assert not seen_by(expert, [("question", found.reference)])
