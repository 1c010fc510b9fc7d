"""What people have shown outside courses: recorded, corrected, and the files of certificates."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from competence import actions, forms
from competence.certificates import type_of
from competence.models import Proof
from competence.permissions import may_assess, may_assess_person, may_steer
from competence.views.changing import ChangeOfCompetence
from people.changing import ChangeForm
from people.directory import working
from people.models import Person
from people.permissions import may_see_person, people_visible_to
from people.refusals import Refused


class ChangeOfPerson(ChangeForm):
    is_allowed = staticmethod(may_steer)
    person: Person

    def find(self):
        self.person = get_object_or_404(Person, pk=self.kwargs["pk"])

    def about(self):
        return self.person

    def back(self):
        return reverse("people:person", args=[self.person.pk])

    def get_initial(self):
        return {"on": timezone.localdate()}


class RecordCertificate(ChangeOfPerson):
    form_class = forms.CertificateForm
    heading = "Record a certificate"
    button = "Record it"

    def act(self, data, *, by, at):
        number = data.pop("number")
        reference = number or f"{data['issuer']}, {data['on']:%-d %B %Y}"
        return _recorded(self.person, data, Proof.Basis.CERTIFICATE, reference, by=by, at=at)


class RecordExperience(ChangeOfPerson):
    form_class = forms.ExperienceForm
    heading = "Accept experience"
    button = "Accept it"

    def act(self, data, *, by, at):
        reference = f"accepted on {data['on']:%-d %B %Y}"
        return _recorded(self.person, data, Proof.Basis.EXPERIENCE, reference, by=by, at=at)


class RecordPractice(ChangeOfPerson):
    """Of someone whose record one may see."""

    form_class = forms.PracticeForm
    heading = "Record observed practice"
    button = "Sign for it"

    @staticmethod
    def is_allowed(person):
        return person.is_active

    def find(self):
        """The same answer whether there is no such person, or none that this reader may sign for."""
        today, reader = timezone.localdate(), self.request.user
        person = people_visible_to(reader, on=today).filter(pk=self.kwargs["pk"]).first()
        if person is None or not may_assess_person(reader, person, on=today):
            raise PermissionDenied
        self.person = person

    def act(self, data, *, by, at):
        return _observed(self.person, data, by=by, at=at)


class Observe(ChangeOfCompetence):
    """The same of a competence: an expert may see someone at work whose record is none of their business."""

    form_class = forms.ObservedForm
    heading = "Record practice that you observed"
    button = "Sign for it"

    def is_allowed(self, person):
        return may_assess(person)

    def get_initial(self):
        return {"on": timezone.localdate()}

    def act(self, data, *, by, at):
        today = timezone.localdate(at)
        person = person_named(data.pop("who"), on=today)
        if not may_assess_person(by, person, on=today):
            raise Refused("Nobody signs for themselves. Ask someone else who has seen you do it.")
        return _observed(person, {**data, "competence": self.competence}, by=by, at=at)


def person_named(words: str, *, on) -> Person:
    known = Q(username__iexact=words) | Q(email__iexact=words) | Q(employee_number__iexact=words)
    found = list(working(Person.objects.filter(known), on=on)[:2])
    if len(found) != 1:
        raise Refused(f"“{words}” is the username, e-mail address or number of nobody here, or of several people.")
    return found[0]


def _observed(person, data, *, by, at) -> str:
    reference = f"seen by {by} on {data['on']:%-d %B %Y}"
    return _recorded(person, {**data, "assessor": by}, Proof.Basis.PRACTICE, reference[:200], by=by, at=at)


def _recorded(person, data, basis, reference, *, by, at) -> str:
    """A proof is recorded once for a reference: what is there already is said, lest a file be lost without a word."""
    competence = data.pop("competence")
    if data["on"] > timezone.localdate(at):
        raise Refused(f"{data['on']:%-d %B %Y} is still to come. Record it when it has been shown.")
    same = Proof.objects.filter(person=person, competence=competence, basis=basis, reference=reference)
    if same.exists():
        raise Refused(f"{competence}: “{reference}” is recorded for {person} already. Correct that one instead.")
    proof = actions.record_proof(person, competence, basis=basis, reference=reference, **data, by=by, at=at)
    until = f"until {proof.until:%-d %B %Y}" if proof.until else "without an end"
    return f"{person} has shown {competence}. It holds {until}."


class CorrectProof(ChangeOfPerson):
    form_class = forms.CorrectProofForm
    button = "Write down how it was"

    def find(self):
        proofs = Proof.objects.standing().select_related("person", "competence")
        self.proof = get_object_or_404(proofs, pk=self.kwargs["pk"])
        self.person = self.proof.person
        self.heading = f"Correct what they showed: {self.proof.competence}"

    def get_initial(self):
        return {"since": self.proof.since, "until": self.proof.until}

    def act(self, data, *, by, at):
        actions.correct_proof(self.proof, **data, by=by, at=at)
        return "It is revoked." if data["void"] else "It is corrected. The log keeps what was written before."


@require_safe
@never_cache
def certificate(request, pk):
    """To whoever may see the person, and only to keep: nothing that was uploaded is shown within this site."""
    proof = Proof.objects.select_related("person").exclude(file="").filter(pk=pk).first()
    if proof is None or not may_see_person(request.user, proof.person, on=timezone.localdate()):
        raise PermissionDenied
    name = str(proof.file.name)
    try:
        file = proof.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    ending = name.rpartition(".")[2]
    response = FileResponse(
        file, as_attachment=True, filename=f"certificate-{proof.pk}.{ending}", content_type=type_of(name)
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
