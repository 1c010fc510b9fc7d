from django.db import transaction

from evidence.actions import record
from knowledge.models import Suggestion
from knowledge.refusals import SuggestionRefused
from knowledge.suggesting import LONGEST_TITLE, tidy


@transaction.atomic
def ask_for_page(title, *, reason, by, at, process=None) -> Suggestion:
    """Say that a page is missing. Asked for again by the same person, before the answer, it is the first."""
    title, reason = " ".join(title.split()), tidy(reason)
    if not title:
        raise SuggestionRefused("Say what the page would be called.")
    if len(title) > LONGEST_TITLE:
        raise SuggestionRefused(f"A title can be {LONGEST_TITLE} characters long; this is {len(title)}. Shorten it.")
    if not reason:
        raise SuggestionRefused("Say what you wanted to know, so that someone can write it.")
    waiting = Suggestion.objects.filter(page=None, title=title, process=process, by=by, answer=None).first()
    if waiting:
        return waiting
    suggestion = Suggestion.objects.create(title=title, reason=reason, process=process, by=by, at=at)
    record(
        "knowledge.page_asked_for",
        by=by,
        at=at,
        key=f"knowledge.page_asked_for:{suggestion.pk}",
        subject=by,
        facts={"suggestion": suggestion.pk},
        # Free text, which may name someone.
        personal={"title": title},
        facets={"process": process.number} if process else None,
    )
    return suggestion
