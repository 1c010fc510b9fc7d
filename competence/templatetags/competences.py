from dataclasses import dataclass, replace
from datetime import date

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_date

from competence.foreseeing import next_dates
from competence.gathering import gather
from competence.matrix import Cell, record_of
from competence.models import Proof, Waiver
from competence.no_training import no_training
from competence.obligations import Facts, State
from competence.permissions import may_assess_person, may_steer
from competence.words import WORDS

register = template.Library()


@dataclass(frozen=True)
class Asked:
    """What is asked of someone, and on which days that changes next."""

    cell: Cell
    dates: list[tuple[date, str]]


@register.inclusion_tag("competence/competences_of.html", takes_context=True)
def competences_of(context, person):
    """What is asked of someone on a day, and what they have shown, each in words. The page has asked who may see it."""
    reader, today = context["request"].user, timezone.localdate()
    on = _day_of(context["request"], today)
    facts = gather([person.pk], on=on)
    cells = record_of(person, on=on, facts=facts)
    proofs = Proof.objects.standing().filter(person=person, since__lte=on)
    proofs = list(proofs.select_related("competence", "assessor").order_by("-since", "-pk"))
    told = no_training([proof.pk for proof in proofs], reader, on=on)
    waivers = Waiver.objects.standing().filter(person=person)
    return {
        "person": person,
        "on": on,
        "today": today,
        "asked": [Asked(cell, _next(facts, cell, on)) for cell in cells if cell.obligation],
        "others": [cell for cell in cells if not cell.obligation],
        "proofs": [(proof, told.get(proof.pk, [])) for proof in proofs],
        "waivers": waivers.select_related("competence").order_by("-since"),
        "may_steer": may_steer(reader),
        "may_assess": may_assess_person(reader, person, on=today),
    }


@register.filter
def state_word(state: State | None) -> str:
    return WORDS[state] if state else "Not required"


def _day_of(request, today: date) -> date:
    """As it was on a past day, if the address names one."""
    try:
        asked = parse_date(request.GET.get("on", ""))
    except ValueError:
        asked = None
    return min(asked, today) if asked else today


def _next(facts: Facts, cell: Cell, on: date) -> list[tuple[date, str]]:
    """Of the requirements, only those of this competence: the others change nothing about it."""
    assert cell.obligation  # noqa: S101 - asked of those alone that have one
    place = cell.obligation.person, cell.competence.pk
    bearing = [one for one in facts.requirements if one.competence == cell.competence.pk]
    dates = next_dates(replace(facts, requirements=bearing), place, on=on)
    return [(day, state_word(state)) for day, state in dates]
