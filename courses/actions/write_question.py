import secrets
from typing import Any

from django.db import transaction
from django.db.models import Max

from courses.anchors import Anchor
from courses.kinds import Content, encoded, sha256_of
from courses.models import Course, Question, QuestionVersion
from evidence.actions import record
from knowledge.facets import facts_of
from people.refusals import Refused


@transaction.atomic
def write_question(
    content: Content,
    *,
    course=None,
    question=None,
    tests=None,
    passage="",
    is_draft=False,
    tags=None,
    by,
    at,
    **filed,
) -> QuestionVersion:
    """A new question, at the end of the course's quiz or in the bank, or a new version of `question`; saved unchanged,
    it stays as it is.

    `tests` is the page, and `passage` the id of the passage in it, that it asks about. A draft is kept and not drawn.
    `filed`: name, category, competence, difficulty and external_id, and `tags`, where they are to change.
    """
    content.check()
    if course:
        Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    question, before = _revised(question, course) if question else (_placed(course), None)
    _file(question, filed, tags)
    anchor = Anchor.of(tests, passage)
    if before and _is_same(before, content, anchor, is_draft):
        return before
    number = before.number + 1 if before else 1
    version = _write(content, question, anchor, number=number, is_draft=is_draft, by=by, at=at)
    _record(version, question, by=by, at=at)
    return version


def _revised(question, course):
    question = Question.objects.select_for_update(of=("self",)).select_related("course").get(pk=question.pk)
    if course and question.course_id != course.pk:
        raise Refused("That question belongs to another course. Open it there.")
    if question.withdrawn_at:
        raise Refused("That question has been withdrawn. Write a new one instead.")
    return question, question.versions.latest_versions().select_related("stale").get()


def _placed(course):
    last = course.questions.aggregate(last=Max("position"))["last"] or 0 if course else 0
    return Question.objects.create(course=course, position=last + 1 if course else 0)


def _file(question: Question, filed: dict[str, Any], tags) -> None:
    changed = [name for name, value in filed.items() if getattr(question, name) != value]
    for name in changed:
        setattr(question, name, filed[name])
    if changed:
        question.save(update_fields=changed)
    if tags is not None and set(question.tags.names()) != set(tags):
        question.tags.set(tags)


def _is_same(before: QuestionVersion, content: Content, anchor: Anchor, is_draft: bool) -> bool:
    """A version whose passage has changed is confirmed by another that says the same of the new text."""
    if before.is_draft != is_draft or hasattr(before, "stale"):
        return False
    return before.says == content and anchor.is_of(before)


def _write(content, question, anchor, *, number, is_draft, by, at):
    nonce = secrets.token_hex(16)
    return QuestionVersion.objects.create(
        question=question,
        number=number,
        kind=content.kind,
        stem=content.stem,
        possible=content.possible,
        content=content.as_json(),
        sheet=encoded(content.sheet()),
        is_draft=is_draft,
        tests=anchor.page,
        tests_edition=anchor.edition,
        passage=anchor.passage,
        passage_sha256=anchor.sha256,
        nonce=nonce,
        sha256=sha256_of(content, nonce),
        written_by=by,
        written_at=at,
    )


def _record(version, question, *, by, at):
    record(
        "courses.question_written",
        by=by,
        at=at,
        key=f"courses.question_written:{version.pk}",
        facts={
            "course_id": question.course_id,
            "question": question.pk,
            "version": version.number,
            "sha256": version.sha256,
            "tests_edition": version.tests_edition and facts_of(version.tests_edition),
        },
        facets={"course": question.course.title} if question.course else {},
    )
