"""What is not asked of someone for a time."""

from django.shortcuts import get_object_or_404
from django.utils import timezone

from competence import actions, forms
from competence.models import Waiver
from competence.views.proofs import ChangeOfPerson


class Waive(ChangeOfPerson):
    form_class = forms.WaiveForm
    heading = "Waive a competence"
    button = "Waive it"

    def get_initial(self):
        return {"since": timezone.localdate()}

    def act(self, data, *, by, at):
        waiver = actions.waive(self.person, data.pop("competence"), **data, by=by, at=at)
        return f"{waiver.competence} is not asked of {self.person} until {waiver.until:%-d %B %Y}."


class EndWaiver(ChangeOfPerson):
    form_class = forms.EndForm
    button = "End it"

    def find(self):
        waivers = Waiver.objects.standing().select_related("person", "competence")
        self.waiver = get_object_or_404(waivers, pk=self.kwargs["pk"])
        self.person = self.waiver.person
        self.heading = f"End the waiver: {self.waiver.competence}"

    def act(self, data, *, by, at):
        actions.end_waiver(self.waiver, **data, by=by, at=at)
        return f"{self.waiver.competence} is waived until {data['until']:%-d %B %Y}."
