from jobs.actions.enqueue import enqueue
from jobs.actions.enqueue_each import enqueue_each
from jobs.actions.forget_finished import forget_finished
from jobs.actions.run_next import run_next, run_waiting

__all__ = ["enqueue", "enqueue_each", "forget_finished", "run_next", "run_waiting"]
