"""What was searched for and not found, told to the room of knowledge: neither it nor search may know the other."""

from django.apps import apps
from django.db.models import Count, Max, Q
from django.db.models.functions import Lower
from django.utils import timezone

from knowledge.risk_sources import register_searches
from knowledge.risks import Search

# The rest is told once these are answered.
MOST = 200
NOTHING = Q(results=0)


def searches_between(since, until) -> list[Search]:
    """Those to which the last answer was nothing, the most asked first."""
    queries = apps.get_model("search", "QueryLog").objects.filter(at__gte=since, at__lt=until)
    texts = queries.values(asked=Lower("text")).annotate(
        times=Count("pk", filter=NOTHING), last=Max("at"), nothing=Max("at", filter=NOTHING)
    )
    found = texts.filter(times__gt=0).order_by("-times", "asked")
    rows = (row for row in found.iterator() if row["nothing"] == row["last"])
    return [
        Search(row["asked"], row["times"], timezone.localdate(row["last"]))
        for row, _ in zip(rows, range(MOST), strict=False)
    ]


register_searches(searches_between)
