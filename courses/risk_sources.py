"""Which pages a question tests, for what is told of knowledge at risk."""

from courses.models import CourseReading, QuestionVersion
from knowledge.models import Section
from knowledge.risk_sources import Tests, register_tests
from knowledge.risks import Act


def tests_of(pages) -> Tests:
    """By the quizzes that can be taken. What a course reads can have its question there."""
    asked = QuestionVersion.objects.drawn().filter(question__course__live=True, tests__in=pages.values("pk"))
    read = CourseReading.objects.filter(course__live=True, page__in=pages.values("pk")).order_by("-course")
    shelf = Section.objects.filter(slug="courses").values_list("pk", flat=True).first()
    return Tests(
        tested=set(asked.values_list("tests", flat=True)),
        acts={
            page: Act("Write a question on it", "courses:write-question", course)
            for page, course in read.values_list("page", "course")
        },
        otherwise=Act("Have a course read it", "wagtailadmin_explore", shelf) if shelf else None,
    )


register_tests(tests_of)
