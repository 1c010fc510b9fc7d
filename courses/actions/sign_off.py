from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from courses.actions.complete_course import complete_course
from courses.certificates import check_not_used
from courses.facets import facets_for
from courses.grading import as_fact
from courses.kinds import worth_of_levels
from courses.models import PracticalAssessment, SignOff
from evidence.actions import record
from evidence.models import Entry
from people.models import Person
from people.refusals import Refused


@transaction.atomic
def sign_off(assessment: PracticalAssessment, *, levels: Sequence[int], comment="", by, at) -> SignOff:
    """What an assessor saw, by the rubric. Signed again, the later look counts, until a certificate rests on it."""
    assessments = PracticalAssessment.objects.select_related("course__teaches", "person")
    assessment = assessments.select_for_update(of=("self",)).get(pk=assessment.pk)
    if assessment.person_id == by.pk:
        raise Refused("Nobody signs off their own task. Let another assessor do it.")
    Person.objects.select_for_update(no_key=True).get(pk=assessment.person_id)
    before = assessment.sign_off
    if before:
        check_not_used(assessment.course, assessment.person, before.at)
    worth = worth_of_levels(assessment.criteria, levels)
    signed = SignOff.objects.create(
        assessment=assessment,
        assessor=by,
        levels=list(levels),
        worth=worth,
        passed=worth * 100 >= assessment.pass_percent,
        comment=comment.strip(),
        at=at,
        corrects=before,
    )
    _record(signed, assessment, by=by, at=at)
    if signed.passed:
        complete_course(assessment.course, assessment.person, by=by, at=at)
    return signed


def _record(signed, assessment, *, by, at):
    before = signed.corrects_id
    record(
        "courses.signed_off",
        by=by,
        at=at,
        key=f"courses.signed_off:{signed.pk}",
        subject=assessment.person,
        facts={
            "assessment": assessment.pk,
            "course_id": assessment.course_id,
            "title": assessment.title,
            "levels": signed.levels,
            "worth": as_fact(signed.worth),
            "pass_percent": assessment.pass_percent,
            "outcome": "passed" if signed.passed else "not passed",
        },
        personal={"comment": signed.comment} if signed.comment else {},
        facets=facets_for(assessment.person_id, assessment.course, on=timezone.localdate(at)),
        corrects=Entry.objects.filter(key=f"courses.signed_off:{before}").first() if before else None,
    )
