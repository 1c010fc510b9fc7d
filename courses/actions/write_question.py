import secrets

from django.db import transaction
from django.db.models import Max

from courses.content import Content
from courses.models import Course, Option, Question, QuestionVersion
from evidence.actions import record
from knowledge.facets import facts_of
from knowledge.models import Edition
from people.refusals import Refused


@transaction.atomic
def write_question(
    course, *, kind, stem, options, explanation="", tests=None, question=None, by, at
) -> QuestionVersion:
    """A new question at the end of the quiz, or a new version of `question`; saved unchanged, it stays as it is.

    `options` are (text, is it right, feedback).
    """
    content = Content.of(kind, stem, explanation, options)
    content.check()
    Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    question, before = _revised(question, course) if question else (_place_at_the_end(course), None)
    if before and Content.of_version(before) == content and before.tests == tests:
        return before
    version = _write(content, question, number=before.number + 1 if before else 1, tests=tests, by=by, at=at)
    record(
        "courses.question_written",
        by=by,
        at=at,
        key=f"courses.question_written:{version.pk}",
        facts={
            "course_id": course.pk,
            "question": question.pk,
            "version": version.number,
            "sha256": version.sha256,
            "tests_edition": version.tests_edition and facts_of(version.tests_edition),
        },
        facets={"course": course.title},
    )
    return version


def _revised(question, course):
    question = Question.objects.get(pk=question.pk)
    if question.course_id != course.pk:
        raise Refused("That question belongs to another course. Open it there.")
    if question.withdrawn_at:
        raise Refused("That question has been withdrawn. Write a new one instead.")
    return question, question.versions.latest_versions().get()


def _place_at_the_end(course):
    last = course.questions.aggregate(last=Max("position"))["last"] or 0
    return Question.objects.create(course=course, position=last + 1)


def _write(content, question, *, number, tests, by, at):
    nonce = secrets.token_hex(16)
    version = QuestionVersion.objects.create(
        question=question,
        number=number,
        kind=content.kind,
        stem=content.stem,
        explanation=content.explanation,
        tests=tests,
        tests_edition=Edition.objects.current_for([tests.pk]).get(tests.pk) if tests else None,
        nonce=nonce,
        sha256=content.sha256(nonce),
        written_by=by,
        written_at=at,
    )
    Option.objects.bulk_create(
        Option(version=version, position=position, text=it.text, is_right=it.is_right, feedback=it.feedback)
        for position, it in enumerate(content.options, start=1)
    )
    return version
