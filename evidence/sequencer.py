from django.db import connection

# Any number, as long as nothing else in the database locks by it.
LOCK = 0x4341_4952_4E01


def become_the_sequencer() -> None:
    """Until the transaction ends, nobody else gives out numbers in the log. On SQLite a writer is alone already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
