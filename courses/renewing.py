"""Whether an edition alone asks someone again who has passed a course, and about what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from competence.gathering import gather
from competence.models import Proof
from competence.obligations import standing_proofs
from courses.anchors import passages_in
from courses.delta import Place, asking_again, changed_places
from courses.models import Attempt, Certificate, Course
from courses.readings import ReadingStep
from knowledge.models import TrainingImpact


@dataclass(frozen=True)
class Delta:
    """What changed since a proof was given that is still good but for that."""

    renews: Proof
    places: frozenset[Place]
    titles: list[str]


def delta_for(course: Course, person, steps: Sequence[ReadingStep], *, on: date) -> Delta | None:
    """`steps`: what is read now. Whose proof no edition could have shortened costs one query."""
    if not _may_be_asked_again(course, person):
        return None
    facts = gather([person.pk], on=on, competences=[course.teaches_id])
    standing = standing_proofs(facts, on=on).get((person.pk, course.teaches_id))
    pages = asking_again(standing, facts.changes, on)
    if standing is None or not pages:
        return None
    proof = Proof.objects.get(pk=standing.proof.id)
    if not _was_passed(proof, course, person):
        return None
    learned = {edition.page_id: edition for edition in proof.editions.order_by("number")}
    read = {step.page.pk: step.edition for step in steps}
    # Of a text that they never learned all is new; one that the course no longer reads, it cannot ask about.
    if not pages <= read.keys() <= learned.keys():
        return None
    places = changed_places(
        {page: passages_in(learned[page]).values() for page in pages},
        {page: passages_in(read[page]).values() for page in pages},
    )
    return Delta(proof, places, sorted(read[page].title for page in pages))


def standing_of(proof: Proof) -> Proof | None:
    """As it was corrected since; None where it was declared void."""
    while correction := Proof.objects.filter(corrects=proof).first():
        proof = correction
    return None if proof.void else proof


def proof_of(attempt: Attempt) -> Proof | None:
    """What passing it proved, as that stands now."""
    proofs = Proof.objects.standing().filter(person=attempt.person_id, competence=attempt.teaches_id)
    return proofs.filter(basis=Proof.Basis.COURSE, reference__endswith=f", attempt {attempt.pk}").first()


def _may_be_asked_again(course, person) -> bool:
    proofs = Proof.objects.standing().filter(person=person, competence=course.teaches_id, basis=Proof.Basis.COURSE)
    return proofs.filter(
        editions__page__editions__number__gt=F("editions__number"),
        editions__page__editions__training_impact=TrainingImpact.TEST,
    ).exists()


def _was_passed(proof: Proof, course: Course, person) -> bool:
    """By this course, with a certificate or by another quiz about what changed: another course asks otherwise."""
    if proof.basis != Proof.Basis.COURSE or proof.competence_id != course.teaches_id:
        return False
    if Certificate.objects.filter(course=course, person=person, proof__reference=proof.reference).exists():
        return True
    partial = Attempt.objects.filter(course=course, person=person, renews__isnull=False).values_list("pk", flat=True)
    return any(proof.reference.endswith(f", attempt {pk}") for pk in partial)
