from django import template

from knowledge.anchoring import place_of
from knowledge.markdown import TOP_HEADING, render, render_passages
from knowledge.passages import TITLES, id_of, normal

register = template.Library()


@register.filter
def markdown(text, top=TOP_HEADING):
    """{{ page.body|markdown }}, or {{ page.body|markdown:3 }} where it stands under an h2."""
    return render(text, top)


@register.simple_tag
def passages(text, part, top=TOP_HEADING):
    """{% passages page.body "body" %}: as Markdown, and a link can open each of its passages."""
    return render_passages(text, part, top)


@register.simple_tag
def passage_place(part):
    """The id of a part that is one passage."""
    return place_of(id_of(part))


@register.filter
def as_passages(rows, part):
    """Each row of a part whose rows are passages, with its id on the page: (row, id)."""
    return [(row, place_of(passage)) for row, passage in zip(rows, _ids(rows, part), strict=True)]


def _ids(rows, part):
    titles = [normal(getattr(row, TITLES[part])) for row in rows]
    return [id_of(part, [title], titles[: place + 1].count(title)) for place, title in enumerate(titles)]
