"""The rule itself: see the package's docstring."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from competence.obligations.answering import Answers
from competence.obligations.asking import asked_of_everyone
from competence.obligations.facts import Facts, Waiver
from competence.obligations.results import HELD, MOST_URGENT_FIRST, Obligation, Standing, State
from competence.obligations.spans import holds, later_of, without_leave

URGENCY = {state: place for place, state in enumerate(MOST_URGENT_FIRST)}


def obligations(facts: Facts, *, on: date) -> tuple[Obligation, ...]:
    """Ordered by person and competence. What nothing asks for on that day is not among them."""
    leaves = _by_person(sorted(facts.leaves, key=lambda leave: (leave.since, leave.until or date.max, leave.id)))
    waivers = _waivers(facts, on)
    answers = Answers(facts, on)
    stated = []
    for (person, competence), asked in sorted(asked_of_everyone(facts, leaves, on).items()):
        levels = sorted({one.requirement.level for one in asked}, reverse=True)
        at_each = [
            _obligation(
                (person, competence, level),
                [one for one in asked if one.requirement.level == level],
                answers.best(person, competence, level, acknowledged_is_enough=_is_awareness(asked, level)),
                waivers.get((person, competence)),
                leaves.get(person, ()),
                on,
            )
            for level in levels
        ]
        stated.append(min(at_each, key=lambda one: (URGENCY[one.state], one.due or date.max, -one.level)))
    return tuple(stated)


def standing_proofs(facts: Facts, *, on: date) -> Mapping[tuple[int, int], Standing]:
    """By person and competence, what each can show on that day or could last, whether or not it is asked for."""
    answers = Answers(facts, on)
    return {place: best for place in answers.places() if (best := answers.best(*place, 0, acknowledged_is_enough=True))}


def _is_awareness(asked, level):
    return all(one.requirement.is_awareness for one in asked if one.requirement.level == level)


def _by_person(facts):
    found = defaultdict(list)
    for fact in facts:
        found[fact.person].append(fact)
    return found


def _waivers(facts, on):
    """Of several, the one that holds longest."""
    found: dict[tuple[int, int], Waiver] = {}
    for waiver in facts.waivers:
        if holds(waiver, on):
            place = waiver.person, waiver.competence
            longest = max(found.get(place, waiver), waiver, key=lambda one: (one.until or date.max, -one.id))
            found[place] = longest
    return found


def _obligation(place, asked, standing, waiver, leaves, on) -> Obligation:
    person, competence, level = place
    because = tuple(sorted(asked, key=_first_asked))
    if waiver:
        return Obligation(person, competence, State.WAIVED, None, waiver.until, because, standing, level, waiver)
    due = _due(because[0].by, standing, leaves)
    leave = next((leave for leave in leaves if holds(leave, on)), None)
    state = _state(due, standing, leave, on)
    until = standing.until if standing and state in HELD else None
    away = leave if state is State.AWAY else None
    return Obligation(person, competence, state, due, until, because, standing, level, None, away)


def _first_asked(one):
    return one.by or date.max, one.holding.ground, one.holding.id, one.requirement.id


def _due(asked_by, standing, leaves):
    if standing is None:
        return asked_by
    if standing.until is None or standing.renewable is None:
        return None
    return later_of(asked_by, without_leave(standing.renewable, standing.until, leaves))


def _state(due, standing, leave, on) -> State:
    if standing and standing.proof.since <= on and (standing.until is None or on <= standing.until):
        return State.RENEWAL if standing.renewable and on >= standing.renewable else State.COMPETENT
    if leave:
        return State.AWAY
    return State.DUE if due is None or on <= due else State.OVERDUE
