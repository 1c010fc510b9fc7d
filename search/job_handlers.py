from typing import Any

from jobs.kinds import Progress, handles
from search.actions import mend_index, reconcile_index


@handles("search.mend")
def mend(payload: dict[str, Any], progress: Progress) -> None:
    mend_index(payload["model"], payload["pks"])


@handles("search.reconcile")
def reconcile(payload: dict[str, Any], progress: Progress) -> None:
    reconcile_index(progress=progress)
