"""The facts as they would be with one more rule, or one less. Pure: nothing is saved."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from competence.obligations import Facts, Ground, Requirement
from competence.obligations.spans import earlier_of


def with_requirement(facts: Facts, requirement: Requirement) -> Facts:
    return replace(facts, requirements=[*facts.requirements, requirement])


def without_requirement(facts: Facts, key: int) -> Facts:
    return replace(facts, requirements=[one for one in facts.requirements if one.id != key])


def with_participation(
    facts: Facts, role: Ground, process: Ground, name: str, *, since: date, until: date | None
) -> Facts:
    """Who holds the role stands on the process too, for as long as both hold."""
    taking_part = [
        one._replace(ground=process, name=name, since=max(one.since, since), until=earlier_of(one.until, until))
        for one in facts.holdings
        if one.ground == role
    ]
    return replace(facts, holdings=[*facts.holdings, *taking_part])


def with_ends(facts: Facts, ends: Mapping[int, date | None]) -> Facts:
    """`ends`: of proofs that would be counted anew, by their ids."""
    proofs = [proof._replace(until=ends.get(proof.id, proof.until)) for proof in facts.proofs]
    return replace(facts, proofs=proofs)
