"""The facts as they would be with one more rule. Pure: nothing is saved."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from competence.obligations import Facts, Requirement


def with_requirement(facts: Facts, requirement: Requirement) -> Facts:
    return replace(facts, requirements=[*facts.requirements, requirement])


def with_ends(facts: Facts, ends: Mapping[int, date | None]) -> Facts:
    """`ends`: of proofs that would be counted anew, by their ids."""
    proofs = [proof._replace(until=ends.get(proof.id, proof.until)) for proof in facts.proofs]
    return replace(facts, proofs=proofs)
