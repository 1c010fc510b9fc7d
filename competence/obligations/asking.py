"""Who is asked for what, and by which day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from competence.obligations.facts import Facts, Ground, Holding, Leave, Requirement
from competence.obligations.results import Asked
from competence.obligations.spans import days_after, days_before, holds, without_leave


def asked_of_everyone(
    facts: Facts, leaves: Mapping[int, Sequence[Leave]], on: date
) -> Mapping[tuple[int, int], set[Asked]]:
    """By person and competence."""
    required: dict[Ground, list[Requirement]] = defaultdict(list)
    for requirement in facts.requirements:
        if holds(requirement, on):
            required[requirement.ground].append(requirement)
    asked = defaultdict(set)
    for holding in facts.holdings:
        if holds(holding, on):
            for requirement in required.get(holding.ground, ()):
                if not requirement.newcomers_only or holding.since >= requirement.since:
                    asked[holding.person, requirement.competence].add(_asked(holding, requirement, leaves))
    return asked


def _asked(holding: Holding, requirement: Requirement, leaves: Mapping[int, Sequence[Leave]]) -> Asked:
    since = max(holding.since, requirement.since)
    by = days_after(since, requirement.due_days)
    if on_leave := leaves.get(holding.person):
        # The first day counts as well: who begins with a leave has the whole time after it.
        return Asked(holding, requirement, without_leave(days_before(since, 1), by, on_leave))
    return Asked(holding, requirement, by)
