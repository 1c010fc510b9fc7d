from django.db import transaction

from evidence.actions import record
from jobs.actions import enqueue
from knowledge.models import Suggestion, SuggestionAnswer
from knowledge.refusals import SuggestionRefused
from knowledge.suggesting import tidy


@transaction.atomic
def answer_suggestion(suggestion, outcome, *, words="", by, at) -> SuggestionAnswer:
    """Say what became of it, once; who made it is written to."""
    words = tidy(words)
    Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    answer = SuggestionAnswer.objects.filter(suggestion=suggestion).select_related("by").first()
    if answer:
        raise SuggestionRefused(f"{answer.by} has already answered it, on {answer.at:%-d %B %Y}.")
    if outcome == SuggestionAnswer.Outcome.DECLINED and not words:
        raise SuggestionRefused("Say why it is not taken up, to whoever took the trouble.")
    answer = SuggestionAnswer.objects.create(suggestion=suggestion, outcome=outcome, words=words, by=by, at=at)
    record(
        "knowledge.suggestion_answered",
        by=by,
        at=at,
        key=f"knowledge.suggestion_answered:{suggestion.pk}",
        subject=suggestion.by,
        facts={"suggestion": suggestion.pk, "outcome": answer.get_outcome_display()},
        personal={"words": words} if words else None,
        facets={"page": suggestion.page.number} if suggestion.page else None,
    )
    key = f"knowledge.suggestion_answered:{suggestion.pk}"
    enqueue("knowledge.suggestion_answered", {"suggestion": suggestion.pk}, key=key, at=at)
    return answer
