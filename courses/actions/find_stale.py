from django.db import transaction

from courses.anchors import passages_in
from courses.models import QuestionVersion, Stale
from courses.staleness import Fate, fate_of
from evidence.actions import record
from knowledge.facets import facts_of
from knowledge.models import Edition, TrainingImpact


@transaction.atomic(savepoint=False)
def find_stale(edition: Edition, *, by, at) -> list[Stale]:
    """No attempt that starts from now on is given what asks about a passage that this edition changed, or has no more:
    not before someone has confirmed or rewritten it. A page that no question tests costs one query.
    """
    drawn = QuestionVersion.objects.drawn().filter(tests=edition.page_id).defer("content", "sheet")
    versions = list(drawn.select_related("question__course").order_by("pk"))
    if not versions:
        return []
    passages = passages_in(edition)
    asks_for_test = edition.training_impact == TrainingImpact.TEST
    fates = {version: fate_of(version, passages, asks_for_test=asks_for_test) for version in versions}
    doubted = {version: fate for version, fate in fates.items() if fate}
    if doubted:
        _record(doubted, edition, by=by, at=at)
    return Stale.objects.bulk_create(Stale(version=version, edition=edition, at=at) for version in doubted)


def _record(doubted: dict[QuestionVersion, Fate], edition, *, by, at):
    courses = {version.question.course for version in doubted if version.question.course}
    record(
        "courses.question_stale",
        by=by,
        at=at,
        key=f"courses.question_stale:{edition.pk}",
        facts={"edition": facts_of(edition), "questions": [_told(*one) for one in doubted.items()]}
        | {"title": edition.title, "count": len(doubted)},
        facets={"course": sorted(course.title for course in courses)} if courses else {},
    )


def _told(version: QuestionVersion, fate: Fate) -> dict[str, str | int | None]:
    return {
        "course_id": version.question.course_id,
        "question": version.question_id,
        "version": version.number,
        "passage": version.passage,
        "fate": str(fate),
    }
