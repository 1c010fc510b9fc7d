from django.db import transaction
from django.utils import timezone

from competence.actions import record_proof
from competence.models import Proof
from courses.certificates import LONGEST_TITLE, new_code, written
from courses.facets import facets_for
from courses.models import Attempt, Certificate
from courses.progress import Progress, progress_of
from courses.stages import PROVING
from evidence.actions import record
from knowledge.models import Edition
from people.models import Person


@transaction.atomic(savepoint=False)
def complete_course(course, person, *, by, at) -> Certificate | None:
    """After each step that proves something: with the last, the proof and its certificate. None where one is missing.

    What the proof changes is assigned anew in this transaction, for it announces itself (courses/receivers.py). It
    counts from the day on which the last was shown, whenever that was marked.
    """
    # Of two last steps at once the second waits, and sees the first.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    today = timezone.localdate(at)
    progress = progress_of([course], person, on=today, stages=PROVING, anew=True)[course.pk]
    if not progress.is_shown:
        return None
    attempt = next((step.latest for step in progress.steps if isinstance(step.latest, Attempt)), None)
    code = new_code()
    proof = record_proof(
        person,
        (attempt or course).teaches,
        basis=Proof.Basis.COURSE,
        reference=f"{course.title[:LONGEST_TITLE]}, certificate {written(code)}",
        editions=_editions(course, person, attempt),
        on=max(timezone.localdate(step.at) for step in progress.steps if step.at),
        by=by,
        at=at,
    )
    certificate = Certificate.objects.create(
        code=code, person=person, course=course, title=course.title, proof=proof, attempt=attempt, issued_at=at
    )
    _record(certificate, progress, by=by, at=at)
    return certificate


def _editions(course, person, attempt) -> list[Edition]:
    """Of an attempt, those that it was taken on; without a quiz, those that they have acknowledged of its readings."""
    rested = Edition.objects.filter(attempts=attempt) if attempt else _acknowledged(course, person)
    return list(rested.without_content().select_related("page").order_by("pk"))


def _acknowledged(course, person):
    current = Edition.objects.current_for(course.readings.values("page"))
    return Edition.objects.filter(
        pk__in=[edition.pk for edition in current.values()], readings__person=person, readings__kind="acknowledged"
    )


def _record(certificate, progress: Progress, *, by, at):
    """The code itself is no fact of the log: whoever has it may ask for the name."""
    record(
        "courses.certificate_issued",
        by=by,
        at=at,
        key=f"courses.certificate_issued:{certificate.pk}",
        subject=certificate.person,
        facts={
            "certificate": certificate.pk,
            "course_id": certificate.course_id,
            "proof": certificate.proof_id,
            "attempt": certificate.attempt_id,
            "steps": [
                {"step": step.stage.name.lower(), "shown": step.at.isoformat()} for step in progress.steps if step.at
            ],
        },
        facets=facets_for(
            certificate.person_id, certificate.course, certificate.proof.competence, on=timezone.localdate(at)
        ),
    )
