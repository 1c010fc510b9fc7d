"""How a question is drawn on a page."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from courses.grading import in_words
from courses.kinds import GAP, in_digits
from knowledge.markdown import render

register = template.Library()
register.filter("points", in_words)
register.filter("digits", in_digits)

# A tag of the sanitised HTML, whatever its attributes hold.
TAG = re.compile(r"""(<(?:[^>"']|"[^"]*"|'[^']*')*>)""")


@register.simple_tag
def stem_with_gaps(question):
    """Each gap of the stem is a field in the text where it stands; those inside a tag stay as they are written."""
    pieces = TAG.split(str(render(question.stem)))
    pieces[::2] = [GAP.sub(lambda found: _gap(question, int(found[1])), text) for text in pieces[::2]]
    return mark_safe("".join(pieces))  # noqa: S308 sanitised before, and the fields are escaped


def _gap(question, number: int) -> str:
    if not 0 < number <= len(question.prompts):
        return f"[[{number}]]"
    prompt = question.prompts[number - 1]
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((option.value, mark_safe(" selected") if option.is_chosen else "", option.text) for option in prompt.options),
    )
    return format_html(
        '<select class="gap" name="{}" aria-label="{}"><option value="">…</option>{}</select>',
        prompt.field,
        prompt.text,
        options,
    )


@register.filter
def option_text(text: str, has_markdown: bool) -> str:
    """Where it is Markdown of one paragraph, without that tag: it may stand in a label."""
    if not has_markdown:
        return text
    html = render(text)
    if html.count("<p>") == 1 and html.startswith("<p>") and html.endswith("</p>"):
        html = mark_safe(html.removeprefix("<p>").removesuffix("</p>"))  # noqa: S308 sanitised before
    return format_html('<span class="prose">{}</span>', html)


@register.filter
def stem_in_words(stem: str) -> str:
    """For a list: gaps as a reader would say them."""
    return GAP.sub("…", stem)


@register.filter
def percent(share) -> str:
    return f"{in_words(share * 100)} %"
