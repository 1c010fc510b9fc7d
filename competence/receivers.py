"""What lower rooms announce becomes actions here, in the same transaction."""

from competence import actions


def on_edition_published(sender, edition, by, at, **kwargs):
    actions.tell_evaluators(edition, at=at)
