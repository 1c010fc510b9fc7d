"""A form that first shows what it would do, and saves what was shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from competence.obligations import Obligation
from competence.previewing import Preview
from competence.views.changing import Change
from people.models import Person
from people.permissions import people_visible_to
from people.refusals import Refused

NAMED = 50


@dataclass(frozen=True)
class Group:
    """Those of a preview in one respect: how many, and the first of them by name."""

    title: str
    number: int
    named: list[tuple[Person, date | None]]

    @property
    def rest(self) -> int:
        return self.number - len(self.named)


@dataclass(frozen=True)
class Effect:
    choice: str
    groups: list[Group]


class Previewed(Change):
    template_name = "competence/previewed.html"
    button = "Save"

    def previews(self, data) -> Sequence[Preview]:
        """What it would do: of each whom it could hold for, if that is chosen. Nothing is saved."""
        raise NotImplementedError  # each form has its own

    def more(self, data) -> dict[str, Any]:
        """What else the page shows beside it."""
        return {}

    def form_valid(self, form):
        seal = _seal_of(form)
        was_shown = constant_time_compare(self.request.POST.get("shown", ""), seal)
        reach = form.fields.get("reach")
        if was_shown and (reach is None or form.cleaned_data["reach"]):
            return super().form_valid(form)
        try:
            previews = self.previews(dict(form.cleaned_data))
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        if was_shown:
            form.add_error("reach", "Choose for whom it is to hold.")
        if reach:
            reach.required = True  # it is asked from here on
        choices = [label for _, label in reach.choices] if reach else [""]
        shown = {"effects": self._effects(choices, previews), "seal": seal, **self.more(dict(form.cleaned_data))}
        return self.render_to_response(self.get_context_data(form=form, **shown))

    def _effects(self, choices, previews: Sequence[Preview]) -> list[Effect]:
        """The names of all groups in one query."""
        groups = [list(_groups(preview)) for preview in previews]
        wanted = {one.person for each in groups for _, found in each for one in found[:NAMED]}
        visible = people_visible_to(self.request.user, on=timezone.localdate()).in_bulk(wanted)
        return [
            Effect(choice, [_group(title, found, visible) for title, found in each if found])
            for choice, each in zip(choices, groups, strict=True)
        ]


def _groups(preview: Preview):
    yield "newly asked", preview.newly_asked
    yield "newly overdue", preview.newly_overdue
    yield "asked by another day", preview.other_day
    yield "no longer asked", preview.released


def _group(title: str, found: Sequence[Obligation], visible) -> Group:
    named = [(visible[one.person], one.due) for one in found[:NAMED] if one.person in visible]
    return Group(title, len(found), sorted(named, key=lambda row: (row[0].last_name, row[0].first_name, row[0].pk)))


def _seal_of(form) -> str:
    """Of what was typed, the choice aside: what is saved is what was shown."""
    told = sorted((name, str(getattr(value, "pk", value))) for name, value in form.cleaned_data.items())
    return salted_hmac("competence.previewed", repr([each for each in told if each[0] != "reach"])).hexdigest()
