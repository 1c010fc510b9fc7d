"""Django's tasks as jobs: what Wagtail enqueues (search index, reference index, files) is written in the caller's
transaction and run by the worker. Django's immediate backend would run it at once and swallow what goes wrong."""

import json
from hashlib import sha256

from django.utils import timezone
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.exceptions import InvalidTaskError
from django_tasks.utils import normalize_json

from jobs.actions import enqueue


class JobsBackend(BaseTaskBackend):
    supports_defer = True
    supports_priority = True  # accepted and not heeded: jobs are run in the order in which they were written

    def validate_task(self, task):
        super().validate_task(task)
        if task.takes_context:
            raise InvalidTaskError(f"{task.module_path} asks for a context, and jobs have none.")

    def enqueue(self, task, args, kwargs):
        self.validate_task(task)
        now = timezone.now()
        payload = normalize_json({"task": task.module_path, "args": args, "kwargs": kwargs})
        call = sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()[:32]
        job = enqueue("jobs.task", payload, key=f"{task.module_path}:{call}", at=now, not_before=task.run_after)
        return TaskResult(
            task=task,
            id=str(job.pk),
            status=TaskResultStatus.READY,
            enqueued_at=now,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
