"""The call that says: look at the table. It may be lost; the sweep finds what it would have started."""

import logging

from celery import current_app
from django.db import connection, transaction

logger = logging.getLogger(__name__)


def wake() -> None:
    try:
        current_app.send_task("jobs.tasks.run_jobs", retry=False)
    except Exception:  # whatever the broker's fault is, the job is safe in its table
        logger.warning("The worker could not be woken; the sweep will find the job.", exc_info=True)


def wake_on_commit() -> None:
    """Wake once a transaction, however many jobs it writes.

    A call that is registered already stands for this one too: it is dropped only with a savepoint that is still open,
    and then this job is rolled back as well.
    """
    if not any(function is wake for _, function, *_ in connection.run_on_commit):
        transaction.on_commit(wake)
