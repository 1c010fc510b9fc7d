"""Writing many rows as they are, several times as fast as through model instances, of which nothing else is needed."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """`names` are the columns; each row has their values in that order, as the database takes them."""
    if not rows:
        return
    quote = connection.ops.quote_name
    columns = ", ".join(map(quote, names))
    places = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})",  # noqa: S608 names of our own
            rows,
        )
