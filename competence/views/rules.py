"""HR's forms about what is asked of whom, and for how long a proof holds."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from competence import actions, forms
from competence.actions.set_validity import counted_anew, issued
from competence.gathering import gather
from competence.models import Equivalence, Participation, Requirement, Validity
from competence.models.requirements import GROUNDS
from competence.obligations import Ground
from competence.obligations import Requirement as Asking
from competence.obligations.spans import days_after
from competence.permissions import may_steer
from competence.previewing import preview
from competence.proposing import with_ends, with_participation, with_requirement, without_requirement
from competence.simulating import simulate
from competence.validities import check, in_words
from competence.views.changing import Change, ChangeOfCompetence
from competence.views.previewed import Previewed
from people.spans import check_span

# For the examples beside a rule: within how many days it is asked for, where nobody has said so.
DUE_DAYS = 30


class Require(Previewed, ChangeOfCompetence):
    form_class = forms.RequirementForm

    def find(self):
        super().find()
        self.ground = self.kwargs.get("ground", "role")
        if self.ground not in GROUNDS:
            raise Http404
        self.heading = f"Let a {self.ground} ask for it"

    def get_form_kwargs(self):
        about = {"competence": self.competence, "ground": self.ground, "reader": self.request.user}
        return {**super().get_form_kwargs(), **about}

    def get_initial(self):
        return {"since": timezone.localdate()}

    def previews(self, data):
        check_span(data["since"], data["until"])
        on = max(data["since"], timezone.localdate())
        place, asked = Ground(self.ground, data["ground"].pk), self.competence.pk
        now = gather(on=on, competences=[asked], grounds=[place])
        proposed = Asking(
            0,
            place,
            asked,
            data["since"],
            data["due_days"],
            data["until"],
            data.get("level", 1),
            self.competence.is_awareness,
        )
        newcomers = proposed._replace(newcomers_only=True)
        of_newcomers = preview(now, with_requirement(now, newcomers), on=on)
        return of_newcomers, preview(now, with_requirement(now, proposed), on=on)

    def act(self, data, *, by, at):
        ground, reach = data.pop("ground"), data.pop("reach")
        requirement = actions.require(ground, self.competence, **data, newcomers_only=reach == "new", by=by, at=at)
        return f"The {self.ground} {ground} asks for it from {requirement.since:%-d %B %Y}."


class EndRequirement(Previewed):
    form_class = forms.EndForm
    button = "End it"

    def find(self):
        requirements = Requirement.objects.select_related("role", "department", "process", "competence")
        self.requirement = get_object_or_404(requirements, pk=self.kwargs["pk"])
        self.competence = self.requirement.competence
        self.heading = f"The {self.requirement.ground_kind} {self.requirement.ground} asks for it no longer"

    def previews(self, data):
        """On the first day on which it is not asked for any more."""
        on = max(days_after(data["until"], 1), timezone.localdate())
        now = gather(on=on, competences=[self.requirement.competence_id])
        return [preview(now, without_requirement(now, self.requirement.pk), on=on)]

    def act(self, data, *, by, at):
        actions.end_requirement(self.requirement, **data, by=by, at=at)
        return (
            f"The {self.requirement.ground_kind} {self.requirement.ground} asks for it until {data['until']:%-d %B %Y}."
        )


class SetValidity(Previewed, ChangeOfCompetence):
    form_class = forms.ValidityForm
    heading = "Set another validity"

    def get_initial(self):
        today = timezone.localdate()
        now = self.competence.validity_on(today)
        kept = {name: getattr(now, name) for name in ("mode", "months", "month", "day", "window_days", "minimum_days")}
        return {"since": today, **kept}

    def _proposed(self, data) -> Validity:
        rule = {name: value for name, value in data.items() if name != "reach"}
        return Validity(competence=self.competence, **rule)

    def previews(self, data):
        validity = self._proposed(data)
        check(validity)
        on = max(validity.since, timezone.localdate())
        now = gather(on=on, competences=[self.competence.pk])
        ends = {proof.pk: counted_anew(proof, validity)[0] for proof in issued(self.competence, on=validity.since)}
        self.counted_anew = sum(proof.id in ends and ends[proof.id] != proof.until for proof in now.proofs)
        return preview(now, now, on=on), preview(now, with_ends(now, ends), on=on)

    def more(self, data):
        examples = simulate(self._proposed(data).rule, due_days=DUE_DAYS, on=data["since"])
        return {"examples": examples, "counted_anew": self.counted_anew}

    def act(self, data, *, by, at):
        issued_too = data.pop("reach") == "all"
        validity = actions.set_validity(self.competence, **data, issued_too=issued_too, by=by, at=at)
        return f"From {validity.since:%-d %B %Y} a proof of it holds {in_words(validity)}."


class CountAs(ChangeOfCompetence):
    form_class = forms.EquivalentForm
    heading = "Name an equivalent"
    button = "Save"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "competence": self.competence}

    def get_initial(self):
        return {"since": timezone.localdate()}

    def act(self, data, *, by, at):
        equivalence = actions.count_as(data.pop("proven"), self.competence, **data, by=by, at=at)
        return f"{equivalence.proven} counts as {self.competence} from {equivalence.since:%-d %B %Y}."


class EndEquivalence(Change):
    form_class = forms.EndForm
    button = "End it"

    def find(self):
        equivalences = Equivalence.objects.select_related("proven", "competence")
        self.equivalence = get_object_or_404(equivalences, pk=self.kwargs["pk"])
        self.competence = self.equivalence.competence
        self.heading = f"{self.equivalence.proven} counts for it no longer"

    def act(self, data, *, by, at):
        actions.end_equivalence(self.equivalence, **data, by=by, at=at)
        return f"{self.equivalence.proven} counts for it until {data['until']:%-d %B %Y}."


@require_safe
@never_cache
def participations(request):
    """By process; of those that the reader may see."""
    visible = forms.processes_for(request.user)
    taking_part = Participation.objects.standing().filter(process__in=visible.order_by().values("pk"))
    taking_part = taking_part.select_related("role", "process").order_by("process__title", "role__name", "-since")
    shown = {"participations": taking_part, "today": timezone.localdate(), "may_steer": may_steer(request.user)}
    return render(request, "competence/participations.html", shown)


class ChangeOfParticipation(Change):
    everything = "Who takes part in which process"

    def back(self):
        return reverse("competence:participations")


class TakePart(Previewed, ChangeOfParticipation):
    form_class = forms.TakePartForm
    heading = "Let a role take part in a process"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "reader": self.request.user}

    def get_initial(self):
        return {"since": timezone.localdate()}

    def previews(self, data):
        check_span(data["since"], data["until"])
        on, process = max(data["since"], timezone.localdate()), data["process"]
        role, place = Ground("role", data["role"].pk), Ground("process", process.pk)
        asked = Requirement.objects.on(on).filter(process=process).values_list("competence", flat=True)
        now = gather(on=on, competences=set(asked), grounds=[role])
        then = with_participation(now, role, place, process.title, since=data["since"], until=data["until"])
        return [preview(now, then, on=on)]

    def act(self, data, *, by, at):
        one = actions.take_part(**data, by=by, at=at)
        return f"The role {one.role} takes part in {one.process} from {one.since:%-d %B %Y}."


class EndParticipation(ChangeOfParticipation):
    form_class = forms.EndParticipationForm
    button = "End it"

    def find(self):
        visible = forms.processes_for(self.request.user).order_by().values("pk")
        found = Participation.objects.filter(process__in=visible).select_related("role", "process")
        self.participation = get_object_or_404(found, pk=self.kwargs["pk"])
        self.heading = f"The role {self.participation.role} takes part in {self.participation.process} no longer"

    def act(self, data, *, by, at):
        actions.end_participation(self.participation, **data, by=by, at=at)
        return f"The role {self.participation.role} takes part until {data['until']:%-d %B %Y}."
