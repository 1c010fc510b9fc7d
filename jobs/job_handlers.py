import logging
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.module_loading import import_string
from django_tasks.base import Task

from jobs.kinds import Progress, handles

logger = logging.getLogger(__name__)


@handles("jobs.task")
def run_task(payload: dict[str, Any], progress: Progress) -> None:
    """Run a task of Django's. One whose object has been deleted meanwhile has nothing left to do."""
    task = import_string(payload["task"])
    if not isinstance(task, Task):
        raise TypeError(f"{payload['task']} is not a task.")
    try:
        task.call(*payload["args"], **payload["kwargs"])
    except ObjectDoesNotExist as gone:
        logger.info("%s: %s", payload["task"], gone)
