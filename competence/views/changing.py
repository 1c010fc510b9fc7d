"""The forms of HR's desk. Each calls an action, and says what it did."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from competence import actions, forms
from competence.models import Competence
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


class ChangeOfCompetence(Change):
    competence: Competence

    def find(self):
        self.competence = get_object_or_404(Competence, pk=self.kwargs["pk"])


class DefineCompetence(Change):
    form_class = forms.CompetenceForm
    heading = button = "Add a competence"

    def act(self, data, *, by, at):
        months, window = data.pop("months"), data.pop("window_days")
        self.competence = actions.define_competence(
            **data, validity_months=months, renewal_window_days=window, by=by, at=at
        )
        return f"{self.competence} was added. Now say who is asked for it."

    def form_invalid(self, form):
        self.competence = None
        return super().form_invalid(form)
