"""How figures are drawn on a page of statistics."""

from django import template

register = template.Library()


@register.simple_tag
def share(part: int, whole: int) -> int:
    """Of a hundred."""
    return round(100 * part / whole) if whole else 0


@register.filter
def in_minutes(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
