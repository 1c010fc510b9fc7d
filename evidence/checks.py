import logging
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from evidence import triggers

logger = logging.getLogger(__name__)


@register(Tags.database)
def the_log_is_guarded(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"The database {alias!r} does not guard the log: the trigger {name} is missing or altered.",
            hint="Find out who removed it; `manage.py migrate --skip-checks` puts it back.",
            id="evidence.E001",
        )
        for alias in databases or []
        for name in triggers.missing(connections[alias])
    ]


def report_at_first_connection(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """A server runs no database check when it starts, so the first connection of each process looks."""
    if connection.alias != DEFAULT_DB_ALIAS:
        return
    connection_created.disconnect(report_at_first_connection)
    for name in triggers.missing(connection):
        logger.error("The database does not guard the log: the trigger %s is missing or altered.", name)
