"""The forms of HR and of the administrators. Each calls actions, and says what it did."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from people import actions, forms
from people.changing import ChangeForm
from people.groups import GROUPS
from people.models import Person, RoleHolding
from people.permissions import is_administrator, may_manage_people
from people.refusals import Refused


class Change(ChangeForm):
    everything = "People"
    is_allowed = staticmethod(may_manage_people)
    person: Person | None = None

    def about(self):
        return self.person

    def back(self):
        return reverse("people:person", args=[self.person.pk]) if self.person else reverse("people:list")


class AddPerson(Change):
    form_class = forms.PersonForm
    heading = button = "Add a person"

    def get_initial(self):
        return {"since": timezone.localdate()}

    def act(self, data, *, by, at):
        since, department, manager, role = (data.pop(name) for name in ("since", "department", "manager", "role"))
        self.person = actions.add_person(**data, by=by, at=at)
        if department:
            actions.join_department(self.person, department, since=since, by=by, at=at)
        if manager:
            actions.report_to(self.person, manager, since=since, by=by, at=at)
        if role:
            actions.grant_role(self.person, role, since=since, by=by, at=at)
        if not self.person.email:
            return f"{self.person} was added. Without an e-mail address they cannot choose a password yet."
        actions.invite(self.person, by=by, at=at)
        return f"{self.person} was added, and gets a mail with a link to choose a password."

    def form_invalid(self, form):
        self.person = None
        return super().form_invalid(form)


class ChangeOfPerson(Change):
    person: Person

    def find(self):
        self.person = get_object_or_404(Person, pk=self.kwargs["pk"])


class GrantRole(ChangeOfPerson):
    form_class = forms.GrantRoleForm
    heading = button = "Give a role"

    def get_initial(self):
        return {"since": timezone.localdate()}

    def act(self, data, *, by, at):
        holding = actions.grant_role(self.person, **data, by=by, at=at)
        return f"{self.person} has the role {holding.role} from {holding.since:%-d %B %Y}."


class Move(ChangeOfPerson):
    form_class = forms.MoveForm
    heading = "Change department or manager"
    button = "Change"

    def get_initial(self):
        return {"since": timezone.localdate()}

    def act(self, data, *, by, at):
        if not (data["department"] or data["manager"]):
            raise Refused("Choose a department or a manager.")
        if data["department"]:
            actions.join_department(self.person, data["department"], since=data["since"], by=by, at=at)
        if data["manager"]:
            actions.report_to(self.person, data["manager"], since=data["since"], by=by, at=at)
        return f"{self.person}: changed from {data['since']:%-d %B %Y}."


class Withdraw(ChangeOfPerson):
    form_class = forms.WithdrawForm
    heading = "Record that they leave"
    button = "Record the last day"

    def act(self, data, *, by, at):
        actions.withdraw_person(self.person, **data, by=by, at=at)
        return f"{data['last_day']:%-d %B %Y} is the last day of {self.person}. What they held ends with it."


class Groups(ChangeOfPerson):
    form_class = forms.GroupsForm
    heading = "What they may do"
    button = "Save"
    is_allowed = staticmethod(is_administrator)

    def get_initial(self):
        return {"groups": sorted(self.person.group_names)}

    def act(self, data, *, by, at):
        for name in GROUPS:
            change = actions.join_group if name in data["groups"] else actions.leave_group
            change(self.person, name, by=by, at=at)
        return f"{self.person} is in: {', '.join(data['groups']) or 'no group'}."


class ChangeOfHolding(Change):
    person: Person

    def find(self):
        holdings = RoleHolding.objects.select_related("person", "role")
        self.holding = get_object_or_404(holdings, pk=self.kwargs["pk"])
        self.person = self.holding.person


class EndRole(ChangeOfHolding):
    form_class = forms.EndRoleForm
    button = "End the role"

    def find(self):
        super().find()
        self.heading = f"End the role {self.holding.role}"

    def act(self, data, *, by, at):
        actions.end_role(self.holding, **data, by=by, at=at)
        return f"{self.person} has the role {self.holding.role} until {data['until']:%-d %B %Y}."


class CorrectRole(ChangeOfHolding):
    form_class = forms.CorrectRoleForm
    button = "Write down how it was"

    def find(self):
        super().find()
        self.heading = f"Correct the role {self.holding.role}"

    def get_initial(self):
        return {"role": self.holding.role, "since": self.holding.since, "until": self.holding.until}

    def act(self, data, *, by, at):
        actions.correct_role_holding(self.holding, **data, by=by, at=at)
        return "It is corrected. What was written before stays readable below."


class AddDepartment(Change):
    form_class = forms.DepartmentForm
    heading = button = "Add a department"

    def act(self, data, *, by, at):
        return f"The department {actions.add_department(**data, by=by, at=at)} was added."


class AddRole(Change):
    form_class = forms.RoleForm
    heading = button = "Add a role"

    def act(self, data, *, by, at):
        return f"The role {actions.add_role(**data, by=by, at=at)} was added."
