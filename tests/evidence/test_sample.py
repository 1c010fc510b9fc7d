import hashlib
from datetime import timedelta
from math import comb

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from evidence import leaves, notes
from evidence.actions import SampleRefused, draw_sample, erase, seal
from evidence.models import Checkpoint, Entry, LogIndex, Sample
from evidence.populations import Population
from evidence.redrawing import redraw
from evidence.sampling import Draw, suggested_size
from people.models import Person
from tests.evidence.conftest import NOON, met, sealed


@pytest.fixture
def auditor(db):
    return Person.objects.create_user("audrey", first_name="Audrey")


def drawn(auditor, population=Population(), **changes):  # noqa: B008 - it is frozen
    told = {"purpose": "To see", "size": 5, "auditor_number": "31415", "by": auditor, "at": NOON}
    return draw_sample(population, **(told | changes))


def keys_of(sample):
    return list(sample.sampled.order_by("rank").values_list("entry", flat=True))


@pytest.mark.databases
def test_a_draw_is_repeated_from_what_its_entry_says_alone(ada, auditor):
    sealed(40, ada)
    sample = drawn(auditor, Population(kinds=("tests.met",)))
    facts = leaves.parse(bytes(sample.entry.leaf)).facts
    root = notes.read_head(Checkpoint.objects.get(pk=facts["checkpoint"]).note).root
    seed = hashlib.sha256(root + b"31415").digest()
    hashes = [
        bytes(leaf_hash)
        for key, leaf_hash in LogIndex.objects.order_by("position").values_list("entry", "entry__leaf_hash")
        if key.startswith("tests.met:")
    ]
    smallest = sorted(hashes, key=lambda leaf: hashlib.sha256(seed + leaf).digest())[:5]
    assert facts["drawn"] == [each.hex() for each in smallest]
    assert facts["population_hash"] == hashlib.sha256(b"".join(hashes)).hexdigest()
    assert [bytes(Entry.objects.get(pk=key).leaf_hash) for key in keys_of(sample)] == smallest


@pytest.mark.databases
def test_what_is_recorded_later_changes_no_sample(ada, auditor):
    sealed(20, ada)
    sample = drawn(auditor)
    sealed(20, ada, first=100)
    again = redraw(sample)
    assert again.differences == []
    assert again.population_size == 21


def test_another_number_draws_other_entries(ada, auditor):
    sealed(60, ada)
    assert keys_of(drawn(auditor)) == keys_of(drawn(auditor))
    assert keys_of(drawn(auditor)) != keys_of(drawn(auditor, auditor_number="27182"))


@pytest.mark.databases
def test_a_sample_in_which_another_entry_was_put_is_not_drawn_again(ada, auditor, unguarded):
    sealed(20, ada)
    sample = drawn(auditor)
    leaf = bytes(sample.entry.leaf).replace(b'"auditor_number":"31415"', b'"auditor_number":"31416"')
    with connection.cursor() as cursor:
        cursor.execute("UPDATE evidence_entry SET leaf = %s WHERE key = %s", [leaf, sample.entry_id])
    assert redraw(Sample.objects.get()).differences == ["the seed is another one", "other entries are drawn"]


def test_erasing_a_facet_leaves_the_sample_as_good_as_it_can_be(ada, auditor):
    for number in range(10):
        met(ada if number else auditor, number, facets={"department": "Engines"})
    seal(at=timezone.now())
    sample = drawn(auditor, Population(facets={"department": "Engines"}))
    erase(ada, ground="GDPR 17(1)(b)", by=auditor, at=NOON)
    again = redraw(sample)
    assert (again.population_size, again.erased, again.differences) == (1, 9, [])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"size": 0}, "1 to 2000"),
        ({"size": 2001}, "1 to 2000"),
        ({"auditor_number": "  "}, "number of your own"),
        ({"population": Population(kinds=("tests.unheard_of",))}, "No sealed entry"),
    ],
)
def test_a_draw_that_makes_no_sense_is_refused(ada, auditor, changes, said):
    sealed(3, ada)
    population = changes.pop("population", Population())
    with pytest.raises(SampleRefused, match=said):
        drawn(auditor, population, **changes)


def test_nothing_is_drawn_from_what_is_not_sealed(ada, auditor):
    met(ada)
    with pytest.raises(SampleRefused, match="Nothing is sealed yet"):
        drawn(auditor)


def test_a_population_smaller_than_the_sample_is_drawn_whole(ada, auditor):
    sealed(2, ada)
    assert len(keys_of(drawn(auditor, size=50))) == 3


@given(st.lists(st.binary(min_size=32, max_size=32), unique=True, max_size=40), st.integers(1, 40), st.binary())
def test_a_larger_draw_begins_with_the_smaller(population, size, seed):
    smaller, larger = Draw(population, seed, size), Draw(population, seed, size + 5)
    assert larger.drawn[: len(smaller.drawn)] == smaller.drawn
    assert len(smaller.drawn) == min(size, len(population))
    assert smaller.population_hash == larger.population_hash


# The figures of a plan without a wrong entry (c = 0): 95 %, by population, for 10, 5, 2 and 1 % wrong.
@pytest.mark.parametrize(
    ("population", "sizes"),
    [
        (50, (22, 31, 48, 48)),
        (100, (25, 45, 78, 95)),
        (200, (27, 51, 105, 155)),
        (500, (28, 56, 129, 225)),
        (1000, (29, 57, 138, 258)),
        (10_000, (29, 59, 148, 294)),
    ],
)
def test_suggested_sizes_are_those_of_the_hypergeometric_plan(population, sizes):
    assert tuple(suggested_size(population, confidence=95, tolerable=each) for each in (10, 5, 2, 1)) == sizes


@given(st.integers(1, 200), st.sampled_from([90, 95, 99]), st.sampled_from([1, 5, 10]))
def test_a_suggested_size_is_the_smallest_that_suffices(population, confidence, tolerable):
    size = suggested_size(population, confidence=confidence, tolerable=tolerable)
    wrong = -(-population * tolerable // 100)

    def risk(n):
        return comb(population - wrong, n) / comb(population, n)

    assert risk(size) <= 1 - confidence / 100 + 1e-12
    assert risk(size - 1) > 1 - confidence / 100 - 1e-12


def test_a_period_is_of_when_it_happened(ada, auditor):
    met(ada, 1)
    met(ada, 2, at=NOON + timedelta(days=5))
    seal(at=timezone.now())
    later = Population(kinds=("tests.met",), at_from=leaves.time_text(NOON + timedelta(days=1)))
    assert keys_of(drawn(auditor, later)) == ["tests.met:2"]
