"""The forms of HR's desk. Each calls an action, and says what it did."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from competence import actions, forms
from competence.models import Competence, Requirement
from competence.permissions import may_steer
from people.changing import ChangeForm


class Change(ChangeForm):
    everything = "Competences"
    is_allowed = staticmethod(may_steer)
    competence: Competence | None = None

    def about(self):
        return self.competence

    def back(self):
        if self.competence is None:
            return reverse("competence:list")
        return reverse("competence:competence", args=[self.competence.pk])


class DefineCompetence(Change):
    form_class = forms.CompetenceForm
    heading = button = "Add a competence"

    def act(self, data, *, by, at):
        self.competence = actions.define_competence(**data, by=by, at=at)
        return f"{self.competence} was added. Now say which roles ask for it."


class Require(Change):
    form_class = forms.RequirementForm
    heading = "Let a role ask for it"
    button = "Save"
    competence: Competence

    def find(self):
        self.competence = get_object_or_404(Competence, pk=self.kwargs["pk"])

    def get_initial(self):
        return {"since": timezone.localdate()}

    def act(self, data, *, by, at):
        requirement = actions.require(competence=self.competence, **data, by=by, at=at)
        return f"The role {requirement.role} asks for it from {requirement.since:%-d %B %Y}."


class EndRequirement(Change):
    form_class = forms.EndRequirementForm
    button = "End it"

    def find(self):
        requirements = Requirement.objects.select_related("role", "competence")
        self.requirement = get_object_or_404(requirements, pk=self.kwargs["pk"])
        self.competence = self.requirement.competence
        self.heading = f"The role {self.requirement.role} asks for it no longer"

    def act(self, data, *, by, at):
        actions.end_requirement(self.requirement, **data, by=by, at=at)
        return f"The role {self.requirement.role} asks for it until {data['until']:%-d %B %Y}."
