"""The forms of effectiveness: what is fixed before a training, and what its evaluator found."""

from django import forms

from competence.effectiveness import DONE, State
from competence.forms import DayField
from competence.models import Competence, EvaluationOutcome
from competence.permissions import may_steer, processes_to_plan_for
from knowledge.models import Process
from knowledge.permissions import visible_to

SHOWN = {
    "": ("All but the withdrawn", set(State) - {State.WITHDRAWN}),
    "open": ("Not evaluated yet", {State.PLANNED, State.DUE, State.OVERDUE, State.REOPENED}),
    "overdue": ("Overdue", {State.OVERDUE}),
    "reopened": ("Reopened", {State.REOPENED}),
    "done": ("Evaluated", set(DONE)),
    "withdrawn": ("Withdrawn", {State.WITHDRAWN}),
}


def text(label, help_text, *, most=4000, rows=3, **more):
    return forms.CharField(
        label=label, help_text=help_text, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


class EvaluationsForm(forms.Form):
    show = forms.ChoiceField(label="Which", choices=[(key, word) for key, (word, _) in SHOWN.items()], required=False)
    process = forms.ModelChoiceField(Process.objects, required=False, empty_label="All processes")

    def __init__(self, *args, reader, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["process"] = forms.ModelChoiceField(
            visible_to(Process.objects.live(), reader).order_by("title"), required=False, empty_label="All processes"
        )


class WhenAndWho(forms.Form):
    who = forms.CharField(
        label="Who evaluates it", max_length=150, help_text="Their username, e-mail address or employee number."
    )
    due = DayField(label="By", help_text="Late enough that the difference can be seen.")


class WhatIsFixed(forms.Form):
    measure = forms.CharField(
        label="What the training is", max_length=250, help_text="Such as “Half a day at the bench with Edith”."
    )
    training_from = DayField(label="It begins on", help_text="Today at the earliest: what follows is fixed before it.")
    criterion = text(
        "What will be different", "By this you will see that it was effective: a number, where there is one."
    )
    method = text("How that is looked at", "Where you look, at what, and for how long.")


class PlanForm(WhenAndWho, WhatIsFixed):
    def __init__(self, *args, reader, **kwargs):
        super().__init__(*args, **kwargs)
        processes = processes_to_plan_for(reader).order_by("title")
        process = forms.ModelChoiceField(
            processes,
            label="The process that it is to change",
            required=not may_steer(reader),
            empty_label="No process in particular" if may_steer(reader) else "Choose a process",
            help_text="If a lesson recurs on this process, it is to be evaluated again.",
        )
        competence = forms.ModelChoiceField(Competence.objects, label="Training in", empty_label="Choose a competence")
        self.fields = {"competence": competence, "process": process, **self.fields}


class Reason(forms.Form):
    reason = forms.CharField(label="Why", max_length=200)


class ChangeWhenAndWho(Reason, WhenAndWho):
    pass


class ChangePlanForm(ChangeWhenAndWho, WhatIsFixed):
    pass


class OutcomeForm(forms.Form):
    result = forms.ChoiceField(
        label="Was it effective?", choices=EvaluationOutcome.Result.choices, widget=forms.RadioSelect
    )
    observation = text("What you saw", "Against what was fixed before. You sign for it.")
    follows = text("What follows", "If it was not wholly effective.", required=False)
    again_by = DayField(label="Evaluated again by", required=False, help_text="If it is to be looked at once more.")


class CorrectOutcomeForm(Reason, OutcomeForm):
    pass
