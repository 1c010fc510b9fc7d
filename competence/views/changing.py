"""The forms of HR's desk. Each calls an action, and says what it did."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView

from competence import actions, forms
from competence.models import Competence, Requirement
from competence.permissions import may_steer
from people.refusals import Refused


class Change(FormView):
    """A form whose data goes to an action; what that refuses is said above the form."""

    template_name = "competence/form.html"
    heading = ""
    button = ""
    competence: Competence | None = None

    def dispatch(self, request, *args, **kwargs):
        if not may_steer(request.user):
            raise PermissionDenied
        self.find()
        return super().dispatch(request, *args, **kwargs)

    def find(self):
        """Look up what the address names."""

    def act(self, data, *, by, at) -> str:
        """Do it, and say what was done."""
        raise NotImplementedError

    def form_valid(self, form):
        try:
            done = self.act(form.cleaned_data, by=self.request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, done)
        return redirect(self.back())

    def get_context_data(self, **kwargs):
        named = {"heading": self.heading, "button": self.button, "competence": self.competence, "back": self.back()}
        return super().get_context_data(**named, **kwargs)

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
