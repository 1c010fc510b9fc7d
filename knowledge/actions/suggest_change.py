from django.db import transaction

from evidence.actions import record
from knowledge.facets import facets_of, facts_of
from knowledge.freezing import thawed
from knowledge.models import KnowledgePage, Suggestion
from knowledge.refusals import SuggestionRefused
from knowledge.suggesting import LONGEST_TEXT, part_of, tidy


@transaction.atomic
def suggest_change(edition, field, text, *, reason, by, at) -> Suggestion:
    """Propose another text for a part of an edition. The same proposal again, before its answer, is the first."""
    text, reason = tidy(text), tidy(reason)
    _check(edition, field, text, reason)
    same = {"page": edition.page, "edition": edition, "field": field, "text": text, "by": by, "answer": None}
    if waiting := Suggestion.objects.filter(**same).first():
        return waiting
    suggestion = Suggestion.objects.create(
        page=edition.page, edition=edition, field=field, text=text, reason=reason, by=by, at=at
    )
    record(
        "knowledge.change_suggested",
        by=by,
        at=at,
        key=f"knowledge.change_suggested:{suggestion.pk}",
        subject=by,
        facts=facts_of(edition) | {"suggestion": suggestion.pk, "part": field},
        facets=facets_of(edition.page),
    )
    return suggestion


def _check(edition, field, text, reason):
    if not KnowledgePage.objects.filter(pk=edition.page_id, live=True).exists():
        raise SuggestionRefused(f"“{edition.title}” is no longer in use, so there is nothing to change.")
    part = part_of(thawed(edition), field)
    if part is None:
        raise SuggestionRefused(f"That part of “{edition.title}” cannot be changed in this way. Choose another.")
    longest = longest_of(edition.page, field)
    if len(text) > longest:
        raise SuggestionRefused(f"{part.label} can be {longest:,} characters long; this is {len(text):,}. Shorten it.")
    if text == tidy(part.text):
        raise SuggestionRefused("Nothing is changed yet. Write into the text what it should say.")
    if not reason:
        raise SuggestionRefused("Say why, so that the owner can judge it.")


def longest_of(page, field) -> int:
    return page.as_kind._meta.get_field(field).max_length or LONGEST_TEXT
