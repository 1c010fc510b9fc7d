from django import forms
from django.db.models import Exists, OuterRef
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

from competence.models import Competence
from competence.obligations import State
from competence.words import WORDS
from knowledge.models import Process
from knowledge.permissions import visible_to
from people.models import Department, JobRole, Person, ReportingLine
from people.permissions import may_see_everyone

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LongSelect(forms.Select):
    """Written at once: Django's own asks a template for each option, and a large house has a thousand managers."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = "" if value is None else str(value)
        told = ((flatatt({"value": str(key), "selected": str(key) == chosen}), label) for key, label in self.choices)
        options = format_html_join("", "<option{}>{}</option>", told)
        return format_html("<select{}>{}</select>", flatatt(self.build_attrs({"name": name}, attrs)), options)


class PeopleForm(forms.Form):
    """Whom one looks at. A manager has no choice of teams: they see their own."""

    department = forms.ModelChoiceField(Department.objects, required=False, empty_label="All departments")
    role = forms.ModelChoiceField(JobRole.objects, required=False, empty_label="All roles")
    process = forms.ModelChoiceField(Process.objects, required=False, empty_label="All processes")
    manager = forms.ModelChoiceField(Person.objects, label="Team of", required=False, empty_label="Everyone")

    def __init__(self, *args, reader, on, **kwargs):
        super().__init__(*args, **kwargs)
        self._choose("process", visible_to(Process.objects.live(), reader).order_by("title"))
        if may_see_everyone(reader):
            lines = ReportingLine.objects.on(on).filter(manager=OuterRef("pk"))
            self._choose("manager", Person.objects.filter(Exists(lines)))
        else:
            del self.fields["manager"]

        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.widget = LongSelect()
                field.widget.choices = field.choices

    def _choose(self, name, queryset):
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 it is declared above
        field.queryset = queryset

    def told(self) -> dict:
        """What was chosen; nothing, if it cannot be read."""
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}


class MatrixForm(PeopleForm):
    competence = forms.ModelChoiceField(Competence.objects, required=False, empty_label="All competences")
    state = forms.TypedChoiceField(
        choices=[("", "Any state"), *((state.value, word) for state, word in WORDS.items())],
        coerce=State,
        empty_value=None,
        required=False,
    )
    day = forms.DateField(label="As of", required=False, widget=DAY)


class GapsForm(PeopleForm):
    least = forms.IntegerField(
        label="Wanted at least", min_value=1, max_value=99, required=False, widget=forms.NumberInput(attrs={"size": 3})
    )
