import io
from datetime import date, datetime

from django.db import transaction

from people.actions.import_people import Outcome, Progress, import_people
from people.importing import Table, read_table
from people.importing.failed import write_failed
from people.models import PeopleImport

MOST_PROBLEMS = 200


@transaction.atomic
def run_import(sent: PeopleImport, *, on: date, at: datetime, progress: Progress = lambda done, total: None) -> None:
    """Import a file that was sent. Asked a second time it does nothing."""
    sent = PeopleImport.objects.select_for_update().select_related("uploaded_by").get(pk=sent.pk)
    if sent.finished_at:
        return
    table = read_table(bytes(sent.content), sent.mapping)
    outcome = import_people(table, on=on, by=sent.uploaded_by, at=at, best_effort=sent.best_effort, progress=progress)
    sent.outcome = {**outcome.as_report(), "problems": [vars(one) for one in outcome.problems[:MOST_PROBLEMS]]}
    sent.failed = _failed(table, outcome)
    sent.finished_at, sent.content = at, b""
    sent.save(update_fields=["outcome", "failed", "finished_at", "content"])


def _failed(table: Table, outcome: Outcome) -> str:
    if not (outcome.problems and table.kind):
        return ""
    out = io.StringIO(newline="")
    write_failed(out, table, outcome.problems)
    return out.getvalue()
