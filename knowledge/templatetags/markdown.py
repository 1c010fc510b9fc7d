from django import template

from knowledge.markdown import TOP_HEADING, render

register = template.Library()


@register.filter
def markdown(text, top=TOP_HEADING):
    """{{ page.body|markdown }}, or {{ page.body|markdown:3 }} where it stands under an h2."""
    return render(text, top)
