"""Samples as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from evidence import leaves, sampling
from evidence.models import Listing, Sample
from evidence.populations import Population
from evidence.words import (
    ERASED_PERSON,
    ERASED_VALUE,
    Line,
    kind_named,
    lines_of,
    names_of,
    readable,
    values_of,
)


@dataclass(frozen=True)
class SampleSummary:
    number: int
    purpose: str
    size: int
    population_size: int
    at: datetime


@dataclass(frozen=True)
class Drawn:
    rank: int
    rank_hash: str
    leaf_hash: str
    line: Line


def summaries_of(samples: Iterable[Sample]) -> list[SampleSummary]:
    samples = list(samples)
    entries = {listing.entry_id: listing for listing in _listings([sample.entry_id for sample in samples])}
    purposes = values_of(list(entries))
    return [
        _summary(sample.number, entries[sample.entry_id], purposes[sample.entry_id].get("purpose", [ERASED_VALUE])[0])
        for sample in samples
        if sample.entry_id in entries
    ]


def _summary(number: int, listing: Listing, purpose: str) -> SampleSummary:
    facts = leaves.parse(bytes(listing.entry.leaf)).facts
    at = leaves.read_time(listing.at)
    return SampleSummary(number, purpose, facts["size"], facts["population_size"], at)


def _listings(keys: list[str]) -> QuerySet[Listing]:
    return Listing.objects.filter(entry__in=keys).select_related("entry__index")


def drawn_in(sample: Sample) -> list[Drawn]:
    """What was drawn, by rank, in a constant number of queries."""
    seed = bytes.fromhex(facts_of(sample)["seed"])
    rows = list(sample.sampled.order_by("rank").values_list("rank", "entry_id", "entry__leaf_hash"))
    lines = {line.key: line for line in lines_of(_listings([key for _, key, _ in rows]))}
    return [
        Drawn(rank, sampling.rank_of(seed, bytes(leaf_hash)).hex(), bytes(leaf_hash).hex(), lines[key])
        for rank, key, leaf_hash in rows
    ]


def facts_of(sample: Sample) -> dict:
    return leaves.parse(bytes(sample.entry.leaf)).facts


def population_in_words(population: Population) -> list[tuple[str, str]]:
    words = [("Kind", str(kind_named(kind))) for kind in population.kinds]
    if population.person:
        words.append(("About or by", names_of([population.person]).get(population.person, ERASED_PERSON)))
    words += [(name.capitalize(), value) for name, value in population.facets.items()]
    if population.at_from:
        words.append(("From", readable(population.at_from)))
    if population.at_before:
        words.append(("Before", readable(population.at_before)))
    return words or [("Entries", "all that were sealed")]
