from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from people.actions.import_histories import write_histories
from people.actions.import_rows import write_rows
from people.importing import Problem, Table
from people.importing.histories import HistoryPlan
from people.importing.planning import Step
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
    # For whoever looks at a file before it is imported.
    examples: Examples = field(default_factory=Examples)

    def begin(self, problems: Sequence[Problem]) -> None:
        """Nothing is counted yet, and this is wrong already."""
        self.created = self.changed = self.unchanged = 0
        self.problems, self.examples = list(problems), Examples()

    def count(self, steps: Sequence[Step]) -> None:
        created, unchanged = sum(step.known is None for step in steps), sum(step.is_empty for step in steps)
        self.created += created
        self.unchanged += unchanged
        self.changed += len(steps) - created - unchanged

    def count_plans(self, plans: Iterable[HistoryPlan]) -> None:
        for plan in plans:
            changed = sum(bool(rewrite.instead_of) for rewrite in plan.rewrites.values())
            self.changed += changed
            self.created += len(plan.rewrites) - changed
            self.unchanged += len(plan.unchanged)

    @property
    def rows(self) -> int:
        """That are right."""
        return self.created + self.changed + self.unchanged

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
    if table.problem:
        return Outcome(problems=[table.problem])
    write = write_rows if table.kind == "people" else write_histories
    outcome = Outcome()
    people = write(table, outcome, on=on, by=by, at=at, is_strict=not best_effort, dry_run=dry_run, progress=progress)
    if people:
        place_changed.send(Outcome, people=people, by=by, at=at)
    return outcome
