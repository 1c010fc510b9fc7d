"""What the pages of processes, and the small pictures on all pages, ask for."""

from django import template

from knowledge.links import links_around
from knowledge.processes import overview

register = template.Library()


@register.simple_tag(takes_context=True)
def process_overview(context, process):
    return overview(process, context["request"].user)


@register.simple_tag(takes_context=True)
def links_of(context, page):
    request = context["request"]
    # What a preview shows is not written down yet, and so linked to nothing.
    return None if getattr(request, "is_preview", False) else links_around(page, request.user)


@register.filter
def lines(text):
    """Of a text that names one thing a line, those things."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.filter
def uncontrolled(risks):
    """How many of the risks have no control."""
    return sum(not risk.control for risk in risks)


@register.filter
def without_control(count):
    return f"{count} without a control"
