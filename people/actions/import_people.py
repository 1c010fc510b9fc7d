from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from people.actions.import_histories import write_histories
from people.actions.import_rows import write_rows
from people.importing import Problem, Table
from people.importing.telling import Examples
from people.signals import place_changed

Progress = Callable[[int, int], None]


@dataclass
class Outcome:
    """How many rows led to what, and what is wrong with which: `failed` rows were left out, or kept all others out."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0
    # Told by a dry run only.
    examples: Examples = field(default_factory=Examples)

    @property
    def failed(self) -> int:
        return len({problem.line for problem in self.problems})

    def as_report(self) -> dict:
        return {
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "failed": self.failed,
            "problems": [vars(problem) for problem in self.problems],
        }


@transaction.atomic
def import_people(
    table: Table,
    *,
    on: date,
    by,
    at: datetime,
    best_effort: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda done, total: None,
) -> Outcome:
    """Importing a file a second time changes nothing. `on` is the day of which the file speaks.

    With problems nothing is written, and they are what the outcome tells; with `best_effort` only the rows that have
    one are left out. A `dry_run` tells the same and writes nothing.
    """
    if not table.kind:  # nothing in it can be read
        return Outcome(problems=list(table.problems))
    write = write_rows if table.kind == "people" else write_histories
    outcome = Outcome(rows=len(table.rows), problems=list(table.problems))
    people = write(table, outcome, on=on, by=by, at=at, is_strict=not best_effort, dry_run=dry_run, progress=progress)
    if people:
        place_changed.send(Outcome, people=people, by=by, at=at)
    return outcome
