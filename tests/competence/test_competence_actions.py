from datetime import date

import pytest
from django.urls import reverse

from competence.actions import acknowledge_awareness, define_competence, end_requirement, record_proof, require
from competence.models import Competence, Proof, Requirement
from competence.renewal import derived_again
from competence.signals import competence_changed
from evidence.models import Entry
from people.refusals import Refused
from tests.scenes import NOON, TODAY, hire, hold, role_named

pytestmark = pytest.mark.django_db

MARCH_31 = date(2026, 3, 31)


@pytest.fixture
def soldering():
    return define_competence("Soldering", validity_months=12, by=None, at=NOON)


@pytest.fixture
def changes():
    """What competence_changed told: each fact, and whom it may concern."""
    told = []

    def hear(sender, fact, people, by, at, **kwargs):
        told.append((fact, people))

    competence_changed.connect(hear)
    yield told
    competence_changed.disconnect(hear)


def entries(kind):
    return Entry.objects.filter(key__startswith=f"competence.{kind}:")


def show(person, competence, *, reference="course 1, attempt 1", on=TODAY):
    return record_proof(
        person,
        competence,
        basis=Proof.Basis.COURSE,
        reference=reference,
        editions=[],
        on=on,
        by=None,
        at=NOON,
    )


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": "soldering"}, "already a competence named"),
        ({"name": "Welding", "validity_months": 0}, "at least one month"),
    ],
)
def test_a_competence_that_makes_no_sense_is_refused(soldering, given, sentence):
    with pytest.raises(Refused, match=sentence):
        define_competence(**given, by=None, at=NOON)


@pytest.mark.databases
def test_a_requirement_concerns_those_who_hold_the_role_from_its_first_day_on(soldering, changes):
    fitter = role_named("Fitter")
    now, later, over = hire(), hire("Ben"), hire("Cleo")
    hold(now, "Fitter")
    hold(later, "Fitter", since=date(2027, 1, 1))
    hold(over, "Fitter", since=date(2025, 1, 1), until=date(2025, 12, 31))
    requirement = require(fitter, soldering, since=TODAY, by=None, at=NOON)
    assert changes == [(requirement, [now.pk, later.pk])]
    assert entries("required").count() == 1


def test_a_role_asks_for_a_competence_once_at_a_time(soldering):
    fitter = role_named("Fitter")
    require(fitter, soldering, since=TODAY, until=MARCH_31, by=None, at=NOON)
    with pytest.raises(Refused, match="already asks for Soldering from 2 March 2026 to 31 March 2026"):
        require(fitter, soldering, since=MARCH_31, by=None, at=NOON)
    require(fitter, soldering, since=date(2026, 4, 1), by=None, at=NOON)


@pytest.mark.databases
def test_the_last_day_of_a_requirement_is_set_once(soldering, changes):
    ada = hire(role="Fitter", since=TODAY)
    requirement = require(role_named("Fitter"), soldering, since=TODAY, by=None, at=NOON)
    end_requirement(requirement, until=MARCH_31, by=None, at=NOON, reason="done by the robot")
    with pytest.raises(Refused, match="set only once"):
        end_requirement(Requirement.objects.get(), until=TODAY, by=None, at=NOON, reason="again")
    assert Requirement.objects.get().until == MARCH_31
    assert changes[-1][1] == [ada.pk]
    assert entries("requirement_ended").count() == 1


@pytest.mark.databases
def test_a_proof_is_recorded_once_for_one_reference(soldering, changes):
    ada = hire()
    first, second = show(ada, soldering), show(ada, soldering)
    assert first == second
    assert len(changes) == 1
    assert entries("proof_recorded").count() == 1


def test_another_reference_is_another_proof(soldering):
    ada = hire()
    show(ada, soldering)
    show(ada, soldering, reference="course 1, attempt 2", on=MARCH_31)
    assert Proof.objects.filter(person=ada).count() == 2


def test_a_proof_keeps_the_rule_that_it_was_given_under(soldering):
    proof = show(hire(), soldering)
    soldering.validities.update(months=6, window_days=5)
    proof.refresh_from_db()
    assert (proof.counted_from["months"], proof.renewal_window_days, proof.until) == (12, 30, date(2027, 3, 2))
    assert proof.until == derived_again(proof.counted_from)


def an_awareness(description="What we promise, and what follows where we break it."):
    kind = Competence.Kind.AWARENESS
    return define_competence("Quality policy", kind=kind, description=description, by=None, at=NOON)


def test_people_say_themselves_that_they_are_aware_of_something_once_a_day():
    person, policy = hire(), an_awareness()
    first = acknowledge_awareness(policy, by=person, at=NOON)
    assert acknowledge_awareness(policy, by=person, at=NOON) == first
    assert (first.basis, first.since, first.person) == (Proof.Basis.ACKNOWLEDGED, TODAY, person)


def test_nobody_acknowledges_a_competence_or_what_says_nothing(soldering):
    for competence, sentence in ((soldering, "does not say yet"), (an_awareness(" "), "does not say yet")):
        with pytest.raises(Refused, match=sentence):
            acknowledge_awareness(competence, by=hire(), at=NOON)
    described = define_competence("Riveting", description="Of panels.", by=None, at=NOON)
    with pytest.raises(Refused, match="shows that someone is aware of something, and no competence"):
        acknowledge_awareness(described, by=hire(), at=NOON)
    assert not Proof.objects.exists()


def test_awareness_has_no_levels_that_could_be_asked():
    policy = an_awareness()
    with pytest.raises(Refused, match="has no levels"):
        require(role_named("Packer"), policy, since=TODAY, level=2, by=None, at=NOON)
    assert not policy.requirements.exists()


def test_what_one_must_be_aware_of_is_acknowledged_on_its_page(client):
    person, policy = hire(role="Packer"), an_awareness()
    require(role_named("Packer"), policy, since=TODAY, by=None, at=NOON)
    client.force_login(person)
    assert "Read and acknowledge it" in client.get("/learning/").content.decode()
    page = reverse("competence:competence", args=[policy.pk])
    assert "I have read this" in client.get(page).content.decode()
    client.post(reverse("competence:acknowledge", args=[policy.pk]))
    assert Proof.objects.get().person == person
    assert "Read and acknowledge it" not in client.get("/learning/").content.decode()
