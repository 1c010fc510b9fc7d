"""Whether two spans of days touch: first and last day are both in, and None means without an end."""

from django.db.models import Q

from people.refusals import Refused


def check_span(since, until):
    if until is not None and until < since:
        raise Refused(f"The last day ({until:%-d %B %Y}) is before the first ({since:%-d %B %Y}). Change one of them.")


def touching(facts, since, until):
    """Those of `facts` (a queryset of dated facts) that share at least one day with the span."""
    shares_its_end = Q(until=None) | Q(until__gte=since)
    return facts.filter(shares_its_end) if until is None else facts.filter(shares_its_end, since__lte=until)


def in_words(fact):
    until = f" to {fact.until:%-d %B %Y}" if fact.until else ""
    return f"from {fact.since:%-d %B %Y}{until}"
