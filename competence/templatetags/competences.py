from django import template
from django.utils import timezone

from competence.matrix import record_of

register = template.Library()


@register.inclusion_tag("competence/competences_of.html")
def competences_of(person):
    """What is asked of someone today and what they have shown, each in words. The page has asked who may see it."""
    cells = record_of(person, on=timezone.localdate())
    return {
        "person": person,
        "asked": [cell for cell in cells if cell.obligation],
        "others": [cell for cell in cells if not cell.obligation],
    }
