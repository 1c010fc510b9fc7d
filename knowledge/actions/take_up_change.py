from django.core.exceptions import FieldDoesNotExist
from django.db import transaction

from knowledge.actions.answer_suggestion import answer_suggestion
from knowledge.models import KnowledgePage, SuggestionAnswer
from knowledge.models.editing import CHANGE_FIELDS
from knowledge.refusals import SuggestionRefused
from knowledge.suggesting import credited

CREDIT_LENGTH = KnowledgePage._meta.get_field("change_summary").max_length


@transaction.atomic
def take_up_change(suggestion, *, by, at, words=""):
    """Put the proposed text into the draft of its page, on top of what waits there. Gives back the revision.

    It is published as any change is: with its summary, by whoever may.
    """
    answer_suggestion(suggestion, SuggestionAnswer.Outcome.TAKEN, words=words, by=by, at=at)
    live = KnowledgePage.objects.select_for_update().get(pk=suggestion.page_id)
    draft = draft_of(live)
    _check(draft, suggestion.field, by)
    if live.live_revision_id == live.latest_revision_id:  # what these say belongs to the edition in force
        for name in CHANGE_FIELDS:
            setattr(draft, name, "")
    label = draft._meta.get_field(suggestion.field).verbose_name.capitalize()
    draft.change_summary = credited(draft.change_summary, suggestion.by, label, longest=CREDIT_LENGTH)
    setattr(draft, suggestion.field, suggestion.text)
    return draft.save_revision(user=by, log_action=True, clean=False)


def draft_of(page):
    """As it stands in its newest revision."""
    return page.specific.get_latest_revision_as_object()


def _check(draft, field, by):
    lock = draft.get_lock()
    if lock and lock.for_user(by):
        raise SuggestionRefused(
            f"“{draft.title}” is locked while someone works on it or approves it. Take this up when that is done."
        )
    try:
        draft._meta.get_field(field)
    except FieldDoesNotExist:
        raise SuggestionRefused(
            f"“{draft.title}” no longer has that part. Write it where it belongs now, and answer here."
        ) from None
