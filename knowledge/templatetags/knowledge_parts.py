from django import template

from knowledge.parts import day_in_words, lines_of, nested

register = template.Library()

UNKNOWN = "someone who is not known any more"


@register.simple_tag
def value_words(kind, value, people):
    """A value of a frozen copy in words; `people` are those whom the copy names, by their ids."""
    if value in (None, "", []):
        return ""
    return WORDS.get(kind, _plain)(value, people)


@register.filter
def day_of(value):
    return day_in_words(value)


@register.filter
def person_of(value, people):
    return people.get(value, UNKNOWN)


@register.filter
def lines(value):
    return lines_of(value)


@register.filter
def as_tree(value):
    """[depth, text] in the order of reading as [(text, [those below]), …]."""
    return nested(value)


def _plain(value, people):
    return str(value)


WORDS = {
    "date": lambda value, people: day_in_words(value),
    "flag": lambda value, people: "Yes" if value else "No",
    "person": lambda value, people: str(people.get(value, UNKNOWN)),
    "people": lambda value, people: ", ".join(str(people.get(pk, UNKNOWN)) for pk in value),
    "pages": lambda value, people: ", ".join(value),
    "words": lambda value, people: ", ".join(value),
}
