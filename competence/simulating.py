"""What a rule would do to people who show a competence early, on time, late, or not at all. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from competence.foreseeing import next_dates
from competence.obligations import Facts, Ground, Holding, Leave, Proof, Requirement, State
from competence.renewal import Earned, Rule, last_day

SOMEONE, IT, HERE = 1, 1, Ground("role", 1)
LATE_BY = timedelta(days=30)
AWAY_FOR = timedelta(days=60)


@dataclass(frozen=True)
class Example:
    who: str
    what: str
    dates: list[tuple[date, State | None]]


def simulate(rule: Rule, *, due_days: int, on: date) -> list[Example]:
    """Each is asked from `on`, within `due_days`; then their next three dates."""
    due = on + timedelta(days=due_days)
    shown = {
        "Early": ("Shows it on the first day", on),
        "On time": ("Shows it on the day by which it is asked for", due),
        "Late": (f"Shows it {LATE_BY.days} days too late", due + LATE_BY),
    }
    told = [
        Example(who, what, _dates(on, due_days, proofs=[_proof(rule, day, due)])) for who, (what, day) in shown.items()
    ]
    leave = Leave(1, SOMEONE, on + timedelta(days=1), on + AWAY_FOR)
    away = Example("Away", f"On leave for {AWAY_FOR.days} days from the next", _dates(on, due_days, leaves=[leave]))
    new = Example("New", "Has not shown it yet", _dates(on, due_days))
    return [*told, away, new]


def _proof(rule: Rule, day: date, due: date) -> Proof:
    until = last_day(rule, Earned(day, asked_by=due, first=day))
    return Proof(1, SOMEONE, IT, day, until, rule.window_days)


def _dates(on, due_days, **more):
    facts = Facts(
        holdings=[Holding(1, SOMEONE, HERE, "", on)], requirements=[Requirement(1, HERE, IT, on, due_days)], **more
    )
    return next_dates(facts, (SOMEONE, IT), on=on)
