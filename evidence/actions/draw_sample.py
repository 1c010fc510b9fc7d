from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max

from evidence import notes, sampling
from evidence.actions.record import record
from evidence.evidence_kinds import SAMPLE_DRAWN
from evidence.models import Checkpoint, Entry, Sample, SampledEntry
from evidence.populations import Population
from evidence.sequencer import become_the_sequencer


class SampleRefused(ValueError):
    """No sample can be drawn as it was asked for; the message says why."""


@transaction.atomic
def draw_sample(
    population: Population, *, purpose: str, size: int, auditor_number: str, by: AbstractBaseUser, at: datetime
) -> Sample:
    """Draw entries from the log as its last checkpoint has it, and record how, so that anyone can draw them again."""
    become_the_sequencer()  # two samples do not get one number
    checkpoint = Checkpoint.objects.order_by("-number").first()
    if checkpoint is None:
        raise SampleRefused("Nothing is sealed yet, so there is nothing to draw from. Try again in a minute.")
    if not auditor_number.strip():
        raise SampleRefused("Give a number of your own: it makes the draw one that nobody could foresee.")
    if not 0 < size <= sampling.MOST:
        raise SampleRefused(f"A sample has 1 to {sampling.MOST} entries, not {size}.")
    head = notes.read_head(checkpoint.note)
    seed = sampling.seed_of(head.root, auditor_number)
    draw = sampling.Draw(population.leaf_hashes(head.size), seed, size)
    if not draw.drawn:
        raise SampleRefused("No sealed entry is of this kind and period. Widen what you draw from.")
    number = (Sample.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    facts = {
        "number": number,
        "population": population.facts(),
        "population_size": draw.population_size,
        "population_hash": draw.population_hash,
        "checkpoint": checkpoint.number,
        "root": head.root.hex(),
        "auditor_number": auditor_number,
        "seed": seed.hex(),
        "size": len(draw.drawn),
        "drawn": [leaf_hash.hex() for leaf_hash in draw.drawn],
    }
    key = f"{SAMPLE_DRAWN.name}:{number}"
    entry = record(SAMPLE_DRAWN.name, by=by, at=at, key=key, facts=facts, personal={"purpose": purpose})
    return _kept(Sample(number=number, entry=entry), draw.drawn)


def _kept(sample: Sample, drawn: list[bytes]) -> Sample:
    sample.save(force_insert=True)
    entries = {bytes(entry.leaf_hash): entry for entry in Entry.objects.filter(leaf_hash__in=drawn)}
    SampledEntry.objects.bulk_create(
        SampledEntry(sample=sample, rank=rank, entry=entries[leaf_hash]) for rank, leaf_hash in enumerate(drawn, 1)
    )
    return sample
