from datetime import datetime

from django.db import transaction

from search.models import QueryLog


@transaction.atomic
def record_query(text: str, *, results: int, at: datetime) -> QueryLog:
    return QueryLog.objects.create(text=text, results=results, at=at)
