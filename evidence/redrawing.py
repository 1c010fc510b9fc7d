"""Drawing a sample again, from the log as it is now, and comparing."""

from dataclasses import dataclass

from evidence import leaves, notes, sampling
from evidence.models import Checkpoint, Sample
from evidence.populations import population_from


@dataclass(frozen=True)
class Redraw:
    """`differences` are sentences; `erased` is how many entries may have belonged before their facets were erased."""

    population_size: int
    population_hash: str
    drawn: list[str]
    erased: int
    differences: list[str]


def redraw(sample: Sample) -> Redraw:
    facts = leaves.parse(bytes(sample.entry.leaf)).facts
    checkpoint = Checkpoint.objects.filter(pk=facts["checkpoint"]).first()
    if checkpoint is None:
        return Redraw(0, "", [], 0, [f"checkpoint {facts['checkpoint']}, from which it was drawn, is missing"])
    head = notes.read_head(checkpoint.note)
    population = population_from(facts["population"])
    seed = sampling.seed_of(head.root, facts["auditor_number"])
    again = sampling.Draw(population.leaf_hashes(head.size), seed, facts["size"])
    drawn = [leaf_hash.hex() for leaf_hash in again.drawn]
    gone = facts["population_size"] - again.population_size
    erased = population.perhaps(head.size).count() if gone > 0 and population.facets else 0
    differences = _seed_differences(facts, head.root, seed)
    if 0 < gone <= erased:  # the rest must still have been drawn: erasing can only remove
        missing = [leaf_hash for leaf_hash in facts["drawn"] if leaf_hash not in drawn]
        if len(missing) > gone:
            differences.append("more of what was drawn is missing than was erased")
        return Redraw(again.population_size, again.population_hash, drawn, gone, differences)
    if (again.population_size, again.population_hash) != (facts["population_size"], facts["population_hash"]):
        differences.append("the population is another one")
    if drawn != facts["drawn"]:
        differences.append("other entries are drawn")
    return Redraw(again.population_size, again.population_hash, drawn, 0, differences)


def _seed_differences(facts: dict, root: bytes, seed: bytes) -> list[str]:
    differences = []
    if root.hex() != facts["root"]:
        differences.append("its checkpoint has another root")
    if seed.hex() != facts["seed"]:
        differences.append("the seed is another one")
    return differences
