from typing import cast

from django import forms

from courses.models import Classroom


class SessionForm(forms.Form):
    classroom = forms.ModelChoiceField(Classroom.objects.none(), label="Which", empty_label=None)
    starts_at = forms.DateTimeField(
        label="When", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    place = forms.CharField(label="Where", max_length=160, required=False)

    def __init__(self, *args, course, **kwargs):
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["classroom"]).queryset = course.classrooms.all()


class RollForm(forms.Form):
    who = forms.CharField(
        label="The list",
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="A line each: their username, e-mail address or employee number.",
    )
