"""Questions of this house as an export carries them away, and as an import finds them again."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Left

from courses.importing import Found, Problem
from courses.models import Question, QuestionVersion

# A question that has no identifier is carried under its first version's hash, which no other question has.
OURS = "cairn:"
HASHED = 20


@dataclass(frozen=True)
class Kept:
    """A question that is here, with its versions from the latest."""

    question: Question

    @property
    def versions(self) -> list[QuestionVersion]:
        return list(self.question.versions.all())

    @property
    def latest(self) -> QuestionVersion:
        return self.versions[0]

    @property
    def tags(self) -> list[str]:
        return sorted(tag.name for tag in self.question.tags.all())


def kept_under(identifiers: Collection[str]) -> dict[str, Kept]:
    """The questions that are here under these identifiers. So many queries, however many there are."""
    own = [each.removeprefix(OURS) for each in identifiers if each.startswith(OURS)]
    firsts = QuestionVersion.objects.filter(number=1).annotate(begins=Left("sha256", HASHED)).filter(begins__in=own)
    hashed = {f"{OURS}{begins}": pk for begins, pk in firsts.values_list("begins", "question")}
    questions = Question.objects.filter(external_id__in=list(identifiers)) | Question.objects.filter(
        pk__in=hashed.values()
    )
    found = {question.pk: Kept(question) for question in _whole(questions)}
    known = {identifier: found[pk] for identifier, pk in hashed.items()}
    return known | {kept.question.external_id: kept for kept in found.values() if kept.question.external_id}


def _whole(questions: QuerySet[Question]) -> QuerySet[Question]:
    versions = QuestionVersion.objects.select_related("tests", "stale").order_by("-number")
    # taggit has no types.
    tagged = questions.select_related("course").prefetch_related("tags")  # type: ignore[misc]
    return tagged.prefetch_related(Prefetch("versions", versions))


def carried(questions: QuerySet[Question]) -> tuple[list[Found], list[Problem]]:
    """What of them can be asked, and those that cannot: drafts, and what was withdrawn."""
    found: list[Found] = []
    problems: list[Problem] = []
    for question in _whole(questions.order_by("course", "category", "position", "pk")):
        kept = Kept(question)
        ready = next((version for version in kept.versions if not version.is_draft), None)
        if ready is None or question.withdrawn_at:
            what = "withdrawn" if question.withdrawn_at else "only a draft"
            problems.append(Problem(str(question), 0, f"It is {what}, and not exported."))
            continue
        found.append(
            Found(
                ready.says,
                name=question.name,
                category=question.category,
                tags=tuple(kept.tags),
                external_id=question.external_id or f"{OURS}{kept.versions[-1].sha256[:HASHED]}",
            )
        )
    return found, problems
