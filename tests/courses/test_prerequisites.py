import pytest

from competence.actions import define_competence
from courses.actions import add_course
from courses.models import Course
from courses.prerequisites import never_begun
from people.refusals import Refused
from tests.courses.quiz_scenes import a_course
from tests.scenes import NOON


@pytest.mark.parametrize(
    ("courses", "stuck"),
    [
        ({}, set()),
        ({1: ("a", set())}, set()),
        ({1: ("a", {"b"})}, set()),  # nothing teaches b: it is shown elsewhere
        ({1: ("a", {"a"})}, {1}),
        ({1: ("a", {"b"}), 2: ("b", set())}, set()),
        ({1: ("a", {"b"}), 2: ("b", {"a"})}, {1, 2}),
        ({1: ("a", {"b"}), 2: ("b", {"c"}), 3: ("c", {"a"})}, {1, 2, 3}),
        ({1: ("a", {"b"}), 2: ("b", {"a"}), 3: ("b", set())}, set()),  # b can be learned without a
        ({1: ("a", {"b"}), 2: ("b", {"b"})}, {1, 2}),
    ],
)
def test_a_course_that_nobody_could_begin_is_found(courses, stuck):
    assert never_begun(courses) == stuck


@pytest.mark.django_db
def test_a_circle_is_refused_and_names_the_other_course():
    told = {"by": None, "at": NOON}
    one, other, third = (define_competence(name, **told) for name in ("One", "Other", "Third"))
    first = a_course(teaches=one, needs=[other])
    with pytest.raises(Refused, match=f"taught only by “{first.title}”, which waits for it"):
        add_course(title="Back again", teaches=other, needs=[one], **told)
    with pytest.raises(Refused, match="taught only by itself"):
        add_course(title="Itself", teaches=third, needs=[third], **told)
    assert Course.objects.count() == 1
