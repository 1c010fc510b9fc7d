"""What sets a rule aside, or shows a competence otherwise than by a course: each written down once, with its reason."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from competence.actions import (
    correct_proof,
    count_as,
    define_competence,
    end_equivalence,
    end_participation,
    end_waiver,
    record_proof,
    require,
    set_validity,
    take_part,
    waive,
)
from competence.gathering import gather
from competence.models import Competence, Equivalence, Participation, Proof, Waiver
from competence.obligations import obligations
from competence.renewal import Mode
from evidence.models import Entry
from knowledge.actions import draft_page
from knowledge.models import Process
from people.actions import correct_leave, end_leave, record_leave
from people.models import LeaveOfAbsence
from people.refusals import Refused
from tests.scenes import NOON, TODAY, hire, role_named

pytestmark = pytest.mark.django_db

TOLD = {"by": None, "at": NOON}
LONG_AGO = date(2020, 1, 1)
LATER = TODAY + timedelta(days=60)


@pytest.fixture
def soldering():
    return define_competence("Soldering", validity_months=12, **TOLD)


@pytest.fixture
def ada():
    return hire(role="Fitter", since=LONG_AGO)


@pytest.fixture
def asked(soldering, ada):
    return require(role_named("Fitter"), soldering, since=date(2026, 1, 1), **TOLD)


def state_of(person, on=TODAY):
    return [one.state.value for one in obligations(gather([person.pk], on=on), on=on)]


def entries(kind):
    return Entry.objects.filter(key__startswith=f"{kind}:").count()


def show(person, competence, *, on=TODAY, basis=Proof.Basis.COURSE, reference="attempt 1", **more):
    return record_proof(person, competence, basis=basis, reference=reference, on=on, **more, **TOLD)


def test_what_is_waived_is_not_asked_until_its_last_day(asked, ada, soldering):
    assert state_of(ada) == ["overdue"]
    waive(ada, soldering, since=TODAY, until=LATER, reason="Abroad", **TOLD)
    assert state_of(ada) == state_of(ada, LATER) == ["waived"]
    assert state_of(ada, LATER + timedelta(days=1)) == ["overdue"]
    assert entries("competence.waived") == 1


def test_a_waiver_that_has_no_end_or_helps_its_author_or_overlaps_is_refused(ada, soldering):
    span = {"since": TODAY, "reason": "x"}
    with pytest.raises(Refused, match="until when"):
        waive(ada, soldering, until=None, **span, **TOLD)
    with pytest.raises(Refused, match="of themselves"):
        waive(ada, soldering, until=LATER, **span, by=ada, at=NOON)
    with pytest.raises(Refused, match="before the first"):
        waive(ada, soldering, until=LONG_AGO, **span, **TOLD)
    waive(ada, soldering, until=LATER, **span, **TOLD)
    with pytest.raises(Refused, match="already"):
        waive(ada, soldering, until=LATER, **span, **TOLD)
    assert Waiver.objects.count() == entries("competence.waived") == 1


def test_a_waiver_ends_sooner_by_a_new_fact(asked, ada, soldering):
    waiver = waive(ada, soldering, since=TODAY, until=LATER, reason="Abroad", **TOLD)
    with pytest.raises(Refused, match="anyway"):
        end_waiver(waiver, until=LATER, reason="x", **TOLD)
    shorter = end_waiver(waiver, until=TODAY, reason="Came back", **TOLD)
    assert shorter.corrects == waiver
    assert shorter.reason == "Abroad"
    assert state_of(ada, TODAY + timedelta(days=1)) == ["overdue"]
    with pytest.raises(Refused, match="already been changed"):
        end_waiver(waiver, until=TODAY, reason="x", **TOLD)


def test_a_proof_of_an_equivalent_answers_until_that_ends(asked, ada, soldering):
    welding = define_competence("Welding", **TOLD)
    show(ada, welding)
    equivalence = count_as(welding, soldering, since=TODAY, because="The same hands", **TOLD)
    assert state_of(ada) == ["competent"]
    end_equivalence(equivalence, until=TODAY, reason="Other wire", **TOLD)
    assert state_of(ada, TODAY + timedelta(days=1)) == ["overdue"]
    with pytest.raises(Refused, match="only once"):
        end_equivalence(equivalence, until=LATER, reason="x", **TOLD)
    assert entries("competence.counted_as") == entries("competence.counted_as_ended") == 1


def test_an_equivalent_that_makes_no_sense_is_refused(soldering):
    known = define_competence("The policy", kind=Competence.Kind.AWARENESS, **TOLD)
    said = {"since": TODAY, "because": "x", **TOLD}
    with pytest.raises(Refused, match="itself"):
        count_as(soldering, soldering, **said)
    with pytest.raises(Refused, match="awareness"):
        count_as(known, soldering, **said)
    count_as(soldering, known, **said)
    with pytest.raises(Refused, match="already"):
        count_as(soldering, known, **said)
    assert Equivalence.objects.count() == 1


def test_who_takes_part_in_a_process_is_asked_for_what_it_asks(ada, soldering):
    process = draft_page(Process, title="Repair", by=ada, at=NOON)
    require(process, soldering, since=LONG_AGO, **TOLD)
    assert state_of(ada) == []
    participation = take_part(role_named("Fitter"), process, since=LONG_AGO, **TOLD)
    with pytest.raises(Refused, match="already"):
        take_part(role_named("Fitter"), process, since=TODAY, **TOLD)
    assert state_of(ada) == ["overdue"]
    end_participation(participation, until=TODAY, **TOLD)
    assert state_of(ada, TODAY + timedelta(days=1)) == []
    with pytest.raises(Refused, match="only once"):
        end_participation(participation, until=LATER, **TOLD)
    assert (
        Participation.objects.count() == entries("competence.took_part") == entries("competence.took_part_until") == 1
    )


def test_another_validity_holds_for_proofs_given_from_then(ada, soldering):
    proof = show(ada, soldering)
    set_validity(soldering, since=LATER, mode=Mode.FROM_COMPLETION, months=6, because="The wire changed", **TOLD)
    later = show(ada, soldering, on=LATER, reference="attempt 2")
    assert proof.until == date(2027, 3, 2)
    assert later.until == date(2026, 11, 1)
    assert list(Proof.objects.standing()) == [proof, later]
    with pytest.raises(Refused, match="stands already"):
        set_validity(soldering, since=TODAY, mode=Mode.NONE, because="x", **TOLD)


def test_another_validity_counts_issued_proofs_anew_if_told_so(ada, soldering):
    proof = show(ada, soldering)
    named = show(ada, soldering, basis=Proof.Basis.CERTIFICATE, reference="4711", until=LATER)
    set_validity(
        soldering,
        since=TODAY + timedelta(days=1),
        mode=Mode.FROM_COMPLETION,
        months=6,
        because="The wire changed",
        issued_too=True,
        **TOLD,
    )
    corrected = Proof.objects.get(corrects=proof)
    assert corrected.until == date(2026, 9, 2)
    assert corrected.corrected_because == "The wire changed"
    assert named in Proof.objects.standing()  # it says its own end


def test_a_rule_that_is_not_whole_is_refused(soldering):
    for rule, sentence in (({"mode": Mode.FIXED}, "one month"), ({"mode": Mode.CALENDAR}, "which day")):
        with pytest.raises(Refused, match=sentence), transaction.atomic():
            set_validity(soldering, since=LATER, because="x", **rule, **TOLD)
    assert soldering.validities.count() == 1


def test_a_proof_is_corrected_by_a_new_one_and_the_first_stays_readable(asked, ada, soldering):
    proof = show(ada, soldering, basis=Proof.Basis.CERTIFICATE, issuer="TÜV", file=ContentFile(b"%PDF-", "a.pdf"))
    corrected = correct_proof(proof, since=TODAY, until=LATER, reason="typo", **TOLD)
    assert (corrected.issuer, corrected.file.name) == ("TÜV", proof.file.name)
    assert state_of(ada, LATER + timedelta(days=1)) == ["overdue"]
    with pytest.raises(Refused, match="already been corrected"):
        correct_proof(proof, since=TODAY, until=None, reason="x", **TOLD)
    correct_proof(corrected, since=TODAY, until=LATER, reason="forged", void=True, **TOLD)
    assert state_of(ada) == ["overdue"]
    proof.refresh_from_db()
    assert proof.until == date(2027, 3, 2)
    assert entries("competence.proof_corrected") == 2


def test_an_acknowledgement_shows_awareness_and_no_competence(ada, soldering):
    with pytest.raises(Refused, match="no competence"):
        show(ada, soldering, basis=Proof.Basis.ACKNOWLEDGED)
    known = define_competence("The policy", kind=Competence.Kind.AWARENESS, **TOLD)
    assert show(ada, known, basis=Proof.Basis.ACKNOWLEDGED).pk


def test_practice_is_signed_by_another_than_the_person(ada, soldering):
    for assessor in (None, ada):
        with pytest.raises(Refused, match="Someone else"):
            show(ada, soldering, basis=Proof.Basis.PRACTICE, assessor=assessor)
    ben = hire("Ben")
    assert show(ada, soldering, basis=Proof.Basis.PRACTICE, assessor=ben).assessor == ben


@pytest.mark.databases
def test_the_database_refuses_practice_signed_by_the_person_and_experience_without_a_reason(ada, soldering):
    plain = {"person": ada, "competence": soldering, "since": TODAY, "renewal_window_days": 30}
    for basis, about in (("practice", {"assessor": ada}), ("practice", {}), ("experience", {"because": ""})):
        with pytest.raises(IntegrityError), transaction.atomic():
            Proof.objects.create(**plain, basis=basis, reference=basis, **about)


def test_experience_needs_a_reason_and_another_who_accepts_it(ada, soldering):
    with pytest.raises(Refused, match="why"):
        show(ada, soldering, basis=Proof.Basis.EXPERIENCE)
    said = {"basis": Proof.Basis.EXPERIENCE, "reference": "x", "on": TODAY, "because": "Ten years"}
    with pytest.raises(Refused, match="their own"):
        record_proof(ada, soldering, **said, by=ada, at=NOON)
    assert record_proof(ada, soldering, **said, **TOLD).because == "Ten years"


def test_a_certificate_keeps_its_own_end_and_its_file(ada, soldering, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    certificate = {"basis": Proof.Basis.CERTIFICATE, "reference": "4711", "issuer": "TÜV"}
    proof = show(ada, soldering, until=LATER, file=ContentFile(b"%PDF-1.7", "a.pdf"), **certificate)
    assert (proof.until, proof.counted_from) == (LATER, {})
    assert proof.file.read() == b"%PDF-1.7"
    with pytest.raises(Refused, match="before it was given"):
        show(ada, soldering, until=LONG_AGO, **(certificate | {"reference": "4712"}))


def test_nothing_is_overdue_within_a_leave_and_its_days_are_not_counted(asked, ada):
    leave = record_leave(ada, since=date(2026, 1, 10), **TOLD)
    assert state_of(ada) == ["away"]
    end_leave(leave, until=TODAY, **TOLD)
    assert state_of(ada, TODAY + timedelta(days=1)) == ["due"]
    with pytest.raises(Refused, match="correct it"):
        end_leave(leave, until=LATER, **TOLD)


def test_two_leaves_do_not_share_a_day_and_one_that_never_was_counts_for_nothing(asked, ada):
    leave = record_leave(ada, since=date(2026, 1, 10), until=LATER, **TOLD)
    other = record_leave(ada, since=LATER + timedelta(days=1), **TOLD)
    with pytest.raises(Refused, match="on leave"):
        record_leave(ada, since=TODAY, **TOLD)
    with pytest.raises(Refused, match="as well"):
        correct_leave(leave, since=TODAY, until=other.since, **TOLD)
    correct_leave(leave, since=TODAY, until=LATER, void=True, **TOLD)
    assert list(LeaveOfAbsence.objects.standing()) == [other]
    assert state_of(ada) == ["overdue"]
    with pytest.raises(Refused, match="already been corrected"):
        correct_leave(leave, since=TODAY, until=LATER, **TOLD)
