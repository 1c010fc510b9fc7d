from django.db import transaction

from competence.gathering import gather
from competence.models import Proof
from competence.obligations import obligations
from competence.renewal import ASK_WHEN, Earned, Rule, inputs, last_day
from competence.signals import competence_changed
from evidence.actions import record
from knowledge.facets import facts_of
from people.holdings import department_of, roles_of
from people.models import Person
from people.refusals import Refused


@transaction.atomic
def record_proof(
    person, competence, *, basis, reference, editions=(), on, level=1, until=None, by, at, **about
) -> Proof:
    """Idempotent: one proof for one reference. `editions` are the exact texts that it rests on.

    `until` is what a certificate says of itself; else it follows from the validity of the competence on the day `on`.
    `about`: issuer, file, assessor and because, as the basis asks for them.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    told = {"person": person, "competence": competence, "basis": basis, "reference": reference}
    proof = Proof.objects.filter(**told, corrects=None).first()
    if proof:
        return proof
    _check(competence, basis, on, until)
    _check_basis(person, basis, about, by)
    validity = competence.validity_on(on)
    earned = _earned(person, competence, validity.rule, on)
    proof = Proof.objects.create(
        **told,
        **about,
        since=on,
        until=until or last_day(validity.rule, earned),
        level=level,
        counted_from={} if until else inputs(validity.rule, earned),
        renewal_window_days=validity.window_days,
        recorded_by=by,
    )
    proof.editions.add(*editions)
    _record(proof, editions, by=by, at=at)
    competence_changed.send(Proof, fact=proof, people=[person.pk], by=by, at=at)
    return proof


def _check(competence, basis, on, until):
    if basis == Proof.Basis.ACKNOWLEDGED and not competence.is_awareness:
        raise Refused(
            f"{competence} is a competence: an acknowledgement shows that someone is aware of something, and no "
            "competence. Record an assessment, observed practice, a certificate or accepted experience."
        )
    if until and until < on:
        raise Refused(f"That certificate ended on {until:%-d %B %Y}, before it was given. Check its dates.")


def _check_basis(person, basis, about, by):
    assessor = about.get("assessor")
    if basis == Proof.Basis.PRACTICE and (assessor is None or assessor.pk == person.pk):
        raise Refused(f"Someone else has to see {person} do it, and to sign for that.")
    if basis == Proof.Basis.EXPERIENCE and not about.get("because"):
        raise Refused("Say why their experience is accepted.")
    if basis == Proof.Basis.EXPERIENCE and by is not None and by.pk == person.pk:
        raise Refused("Nobody accepts their own experience. Let someone else in HR do it.")


def _earned(person, competence, rule: Rule, on) -> Earned:
    """What the end is counted from; only what the rule looks at is asked for."""
    if rule.mode not in ASK_WHEN:
        return Earned(on)
    earlier = Proof.objects.standing().filter(person=person, competence=competence, since__lte=on)
    spans = list(earlier.values_list("since", "until"))
    stated = obligations(gather([person.pk], on=on), on=on)
    asked = next((one.because[0].by for one in stated if one.competence == competence.pk), None)
    return Earned(
        on,
        asked_by=asked,
        first=min((since for since, _ in spans), default=None),
        last_until=max((until for _, until in spans if until), default=None),
    )


def _record(proof, editions, *, by, at):
    # Free text: the number of a certificate, who gave it, why experience is accepted.
    personal = {"reference": proof.reference, "issuer": proof.issuer, "because": proof.because}
    record(
        "competence.proof_recorded",
        by=by,
        at=at,
        key=f"competence.proof_recorded:{proof.pk}",
        subject=proof.person,
        facts=_facts_of(proof, editions),
        personal={name: value for name, value in personal.items() if value},
        facets=_facets_of(proof),
    )


def _facts_of(proof, editions):
    return {
        "proof": proof.pk,
        "basis": str(proof.basis),
        "level": proof.level,
        "since": proof.since.isoformat(),
        "until": proof.until and proof.until.isoformat(),
        "counted_from": proof.counted_from,
        "window_days": proof.renewal_window_days,
        "editions": [facts_of(edition) for edition in sorted(editions, key=lambda edition: edition.pk)],
    }


def _facets_of(proof):
    department = department_of(proof.person_id, on=proof.since)
    facets = {"competence": proof.competence.name, "role": roles_of(proof.person_id, on=proof.since)}
    return facets | ({"department": department.name} if department else {})
