"""When someone is away. Why, nobody is asked."""

from django.shortcuts import get_object_or_404
from django.utils import timezone

from people import actions, forms
from people.models import LeaveOfAbsence, Person
from people.views.changing import Change, ChangeOfPerson


class RecordLeave(ChangeOfPerson):
    form_class = forms.LeaveForm
    heading = "Record a leave"
    button = "Record it"

    def get_initial(self):
        return {"since": timezone.localdate()}

    def act(self, data, *, by, at):
        leave = actions.record_leave(self.person, **data, by=by, at=at)
        until = f"to {leave.until:%-d %B %Y}" if leave.until else "until its end is known"
        return f"{self.person} is away from {leave.since:%-d %B %Y} {until}. Nothing falls due meanwhile."


class ChangeOfLeave(Change):
    person: Person

    def find(self):
        leaves = LeaveOfAbsence.objects.standing().select_related("person")
        self.leave = get_object_or_404(leaves, pk=self.kwargs["pk"])
        self.person = self.leave.person


class EndLeave(ChangeOfLeave):
    form_class = forms.EndLeaveForm
    heading = button = "End the leave"

    def act(self, data, *, by, at):
        actions.end_leave(self.leave, **data, by=by, at=at)
        return f"{self.person} is away until {data['until']:%-d %B %Y}."


class CorrectLeave(ChangeOfLeave):
    form_class = forms.CorrectLeaveForm
    heading = "Correct the leave"
    button = "Write down how it was"

    def get_initial(self):
        return {"since": self.leave.since, "until": self.leave.until}

    def act(self, data, *, by, at):
        actions.correct_leave(self.leave, **data, by=by, at=at)
        return "It is corrected. The log keeps what was written before."
