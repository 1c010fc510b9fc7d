"""An edition as it is printed: its frozen copy, who let it out, and how the log stood when the page was made."""

from django.utils.dateformat import format as in_words
from django.utils.timezone import localtime

from evidence.questions import last_checkpoint
from knowledge.freezing import thawed
from knowledge.layout import Sheet, sheet_of
from knowledge.models import Edition
from knowledge.naming import people_in, seen_by

DAY = "j F Y"


def sheet_of_edition(edition: Edition, reader) -> Sheet:
    """`edition` comes with its approver. The same edition under the same checkpoint is the same page."""
    (copy,) = seen_by(reader, thawed(edition))
    people = people_in(copy)
    owner = people.get(copy["accountable"])
    facts = [
        ("Edition", f"{edition.number}, in force since {in_words(edition.effective, 'j M Y')}"),
        ("Approved by", f"{edition.approver or 'nobody'}"),
        ("Published", in_words(localtime(edition.published_at), DAY)),
        ("Owner", str(owner or "Nobody")),
    ]
    names = {pk: str(person) for pk, person in people.items()}
    return sheet_of(copy, names=names, notice=_notice(edition), facts=facts, log=_log(edition))


def _notice(edition: Edition) -> str:
    if edition.ended_at is None:
        return ""
    return f"No longer in force since {in_words(localtime(edition.ended_at), DAY)}."


def _log(edition: Edition) -> str:
    text = f"Text {edition.sha256[:16]}"
    head = last_checkpoint()
    if head is None:
        return f"{text} · The log has no checkpoint yet."
    at = in_words(localtime(head.time), "j F Y, H:i")
    return f"{text} · Checkpoint of the log: {head.size:,} entries, root {head.root.hex()[:16]}, {at}"
