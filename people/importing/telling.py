"""What is to be done, in words: enough of each kind to see whether the file was understood."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from people.importing.histories import HistoryPlan, Span
from people.importing.planning import Known, Step

MOST = 20
OPEN_END = "with no end"


@dataclass
class Examples:
    """The first of those that would be created, changed and left as they are; and what comes new with them."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    departments: list[str] = field(default_factory=list)

    def tell_steps(self, steps: list[Step]) -> None:
        _fill(self.created, (f"{_who(step)}: {_new(step)}" for step in steps if step.known is None))
        changed = (f"{_who(step)}: {_changes(step, step.known)}" for step in steps if step.known and not step.is_empty)
        _fill(self.changed, changed)
        _fill(self.unchanged, (_who(step) for step in steps if step.is_empty))

    def tell_plans(self, plans: dict[int, HistoryPlan], numbers: dict[int, str]) -> None:
        """`numbers`: {person: employee number}."""
        rewrites = [(numbers[pk], rewrite) for pk, plan in plans.items() for rewrite in plan.rewrites.values()]
        _fill(self.created, (f"{number}: {_span(one.span)}" for number, one in rewrites if not one.instead_of))
        changed = (
            f"{number}: {_span(one.span)}; so far {_span(one.instead_of)}" for number, one in rewrites if one.instead_of
        )
        _fill(self.changed, changed)
        _fill(self.unchanged, (f"Line {line}" for plan in plans.values() for line in plan.unchanged))


def _fill(examples: list[str], words: Iterator[str]) -> None:
    examples.extend(islice(words, MOST - len(examples)))


def _who(step: Step) -> str:
    said = step.row.values
    return f"{said['given_name']} {said['family_name']}, {said['employee_number']}"


def _new(step: Step) -> str:
    facts = [step.job_title, step.department]
    facts += [f"reports to {step.manager_number}"] * bool(step.manager_number)
    facts += [f"from {_day(step.since)}"] if step.since else ["from today"]
    facts += [f"last day {_day(step.left_on)}"] if step.left_on else []
    return ", ".join(filter(None, facts))


def _changes(step: Step, here: Known) -> str:
    pairs = [(here.names[name], value) for name, value in step.names.items()]
    pairs += [
        (here.job_title, step.job_title),
        (here.department, step.department),
        (here.manager_number and f"reports to {here.manager_number}", step.manager_number),
    ]
    told = [f"{value} instead of {old}" if old else value for old, value in pairs if value]
    return ", ".join([*told, f"last day {_day(step.left_on)}"] if step.left_on else told)


def _span(span: Span) -> str:
    return f"{span.name}, {_day(span.since)} " + (f"to {_day(span.until)}" if span.until else OPEN_END)


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
