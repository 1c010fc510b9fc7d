import logging
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models.functions import Now

from jobs.kinds import handler_of
from jobs.models import Job
from jobs.progress import tell

logger = logging.getLogger(__name__)

# A worker that dies holds its job no longer than this; progress renews it.
LEASE = timedelta(minutes=2)
FIRST_PAUSE = timedelta(seconds=10)
MOST_TRIES = 8


def run_waiting(at: datetime) -> int:
    """Run all that waits at `at`, and what that leaves behind. Returns how many jobs were run."""
    count = 0
    while run_next(at=at):
        count += 1
    return count


def run_next(*, at: datetime) -> Job | None:
    """Run the job that has waited longest. None if none waits. A failure is written down and tried again later."""
    job = _claim(at)
    if job is None:
        return None

    def progress(done: int, total: int) -> None:
        tell(job.key, done, total)
        Job.objects.filter(pk=job.pk).update(done=done, total=total, claimed_until=Now() + LEASE)

    try:
        handler_of(job.kind)(job.payload, progress)
    except Exception as problem:
        logger.exception("Job %s (%s) failed.", job.pk, job.kind)
        _put_off(job, f"{type(problem).__name__}: {problem}", at)
    else:
        Job.objects.filter(pk=job.pk).update(finished_at=at, claimed_until=None, problem="")
    return job


@transaction.atomic
def _claim(at: datetime) -> Job | None:
    locked = Job.objects.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    job = locked.waiting(at).order_by("not_before", "pk").first()
    if job is None:
        return None
    if job.tries >= MOST_TRIES:  # it took its worker down each time
        Job.objects.filter(pk=job.pk).update(given_up_at=at, problem=job.problem or "The worker died while running it.")
        return _claim(at)
    job.claimed_at, job.claimed_until, job.tries = at, at + LEASE, job.tries + 1
    job.save(update_fields=["claimed_at", "claimed_until", "tries"])
    return job


def _put_off(job: Job, problem: str, at: datetime) -> None:
    if job.tries >= MOST_TRIES:
        Job.objects.filter(pk=job.pk).update(given_up_at=at, claimed_until=None, problem=problem)
        return
    pause = FIRST_PAUSE * 2 ** (job.tries - 1)
    Job.objects.filter(pk=job.pk).update(not_before=at + pause, claimed_until=None, problem=problem)
