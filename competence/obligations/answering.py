"""What answers it: of all the proofs of a competence that someone has, the one that counts longest."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from competence.obligations.facts import Change, Facts, Proof
from competence.obligations.results import Standing
from competence.obligations.spans import days_after, days_before, earlier_of, holds


class Answers:
    """The proofs of everyone as they stand on a day."""

    def __init__(self, facts: Facts, on: date):
        self._on = on
        self._proofs: dict[tuple[int, int], list[Proof]] = defaultdict(list)
        counts_for = _counts_for(facts, on)
        for proof in facts.proofs:
            if proof.since <= on:
                for competence in counts_for.get(proof.competence, (proof.competence,)):
                    self._proofs[proof.person, competence].append(proof)
        self._changes: dict[int, list[Change]] = defaultdict(list)
        for change in facts.changes:
            if change.since <= on:
                self._changes[change.page].append(change)
        self._acknowledged: dict[tuple[int, int], int] = {}
        for reading in facts.readings:
            if reading.since <= on:
                place = reading.person, reading.page
                self._acknowledged[place] = max(self._acknowledged.get(place, 0), reading.number)

    def places(self) -> Iterable[tuple[int, int]]:
        return self._proofs.keys()

    def best(self, person: int, competence: int, level: int, *, acknowledged_is_enough: bool) -> Standing | None:
        enough = [
            self._standing(proof)
            for proof in self._proofs.get((person, competence), ())
            if proof.level >= level and (acknowledged_is_enough or not proof.is_acknowledgement)
        ]
        return max(enough, key=_how_long, default=None)

    def _standing(self, proof: Proof) -> Standing:
        until, change = proof.until, self._asks_again(proof)
        renewable = days_before(until, proof.window_days) if until else None
        if change:
            # It counted for its whole time where the edition came too late to shorten it.
            last = days_after(change.since, change.due_days)
            if until is None or last < until:
                until = last
            else:
                change = None if renewable and renewable <= change.since else change
            renewable = earlier_of(renewable, change.since) if change else renewable
        return Standing(proof, until, renewable, change)

    def _asks_again(self, proof: Proof) -> Change | None:
        """Of the editions that ask those again who learned these texts, the one to be answered first."""
        if not self._changes:
            return None
        open_ones = [
            change
            for page, number in proof.texts
            for change in self._changes.get(page, ())
            if change.number > number and not self._is_answered(change, proof)
        ]
        return min(open_ones, key=lambda change: (days_after(change.since, change.due_days), change.id), default=None)

    def _is_answered(self, change: Change, proof: Proof) -> bool:
        return not change.is_test and self._acknowledged.get((proof.person, change.page), 0) >= change.number


def _counts_for(facts: Facts, on: date) -> dict[int, set[int]]:
    """{competence proven: what it counts for}, where that is more than itself."""
    found: dict[int, set[int]] = {}
    for equivalence in facts.equivalences:
        if holds(equivalence, on):
            found.setdefault(equivalence.proven, {equivalence.proven}).add(equivalence.competence)
    return found


def _how_long(standing: Standing) -> tuple[date, date, int, int]:
    proof = standing.proof
    return standing.until or date.max, proof.since, proof.level, proof.id
