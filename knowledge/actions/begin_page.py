from django.db import transaction

from knowledge.actions.answer_suggestion import answer_suggestion
from knowledge.actions.draft_page import draft_page
from knowledge.models import DecisionRecord, KnowledgeBrief, LessonLearned, Process, SuggestionAnswer

# The field of each kind in which stands, at first, why the page was asked for.
MAIN_TEXT = {KnowledgeBrief: "body", Process: "body", DecisionRecord: "context", LessonLearned: "what_happened"}


@transaction.atomic
def begin_page(suggestion, kind, *, words="", by, at):
    """A draft of the page that was asked for, and the answer that names it. Gives back the draft."""
    processes = [suggestion.process] if suggestion.process else []
    page = draft_page(
        kind, title=suggestion.title, processes=processes, by=by, at=at, **{MAIN_TEXT[kind]: suggestion.reason}
    )
    # Its number first: the first that an answer names is the page that came of it.
    told = "\n\n".join(filter(None, [f"It is being written, as {page.number}.", words.strip()]))
    answer_suggestion(suggestion, SuggestionAnswer.Outcome.TAKEN, words=told, by=by, at=at)
    return page
