from django.db import transaction

from knowledge.actions.draft_page import draft_page
from knowledge.models import KnowledgeBrief

UNTITLED = "New procedure"
# heading: what its writer is asked, in a line that they write over
OUTLINE = {
    "Purpose": "What this procedure is for, in a sentence.",
    "Scope": "Where it applies, and where it does not.",
    "Responsibilities": "Who does what, by role.",
    "Steps": "1. What is done first, and how one sees that it is done.",
    "Related": "The briefs, decisions and processes that one should know with it.",
    "Records": "What is written down, where, and for how long it is kept.",
}


@transaction.atomic
def begin_procedure(*, title, by, at) -> KnowledgeBrief:
    """A draft brief with the headings of a procedure (ISO 9001 7.5), for its writer to fill in."""
    body = "\n\n".join(f"## {heading}\n\n{hint}" for heading, hint in OUTLINE.items()) + "\n"
    return draft_page(KnowledgeBrief, title=title.strip() or UNTITLED, body=body, by=by, at=at)
