import pytest
from django.utils import timezone

from evidence import leaves
from evidence.actions import EraseRefused, erase, record, seal
from evidence.models import Entry, Opening, Pseudonym
from people.models import Person
from tests.evidence.conftest import NOON, met, sealed

pytestmark = pytest.mark.databases
GROUND = "GDPR 17(1)(b): consent withdrawn"


@pytest.fixture
def grace(db):
    return Person.objects.create_user("grace", first_name="Grace", last_name="Hopper")


def test_erasing_a_person_leaves_no_link_to_them(ada, grace):
    sealed(3, ada)
    leaves_before = list(Entry.objects.order_by("key").values_list("leaf_hash", flat=True))
    [told] = erase(ada, ground=GROUND, by=grace, at=NOON)
    assert not Pseudonym.objects.filter(person=ada).exists()
    assert not Opening.objects.filter(entry__key__startswith="tests.met").exists()
    assert not Opening.objects.filter(value__contains="Ada").exists()
    facts = leaves.parse(bytes(told.leaf)).facts
    assert len(facts["openings"]) == 4
    assert facts["ground"] == GROUND
    assert set(map(bytes, leaves_before)) <= set(map(bytes, Entry.objects.values_list("leaf_hash", flat=True)))


def test_what_is_recorded_after_an_erasure_has_a_new_pseudonym(ada, grace):
    sealed(1, ada)
    before = Pseudonym.objects.get(person=ada).token
    erase(ada, ground=GROUND, by=grace, at=NOON)
    met(ada, 2)
    assert Pseudonym.objects.get(person=ada).token != before


def test_an_entry_can_be_erased_alone(ada, grace):
    first, second = sealed(2, ada)
    erase(first, ground=GROUND, by=grace, at=NOON)
    assert not first.openings.exists()
    assert second.openings.exists()
    assert Pseudonym.objects.filter(person=ada).exists()


def test_recording_an_erased_entry_again_is_still_the_same_entry(ada, grace):
    [entry] = sealed(1, ada)
    erase(entry, ground=GROUND, by=grace, at=NOON)
    assert met(ada, 1) == entry


def test_much_is_erased_in_several_entries(ada, grace, monkeypatch):
    for number in range(501):
        record("tests.met", subject=ada, by=None, at=NOON, key=f"tests.met:{number}")
    told = erase(ada, ground=GROUND, by=grace, at=NOON)
    assert [len(leaves.parse(bytes(entry.leaf)).facts["openings"]) for entry in told] == [500, 2]


@pytest.mark.parametrize("ground", ["", "  "])
def test_an_erasure_without_a_ground_is_refused(ada, grace, ground):
    [entry] = sealed(1, ada)
    with pytest.raises(EraseRefused, match="legal ground"):
        erase(entry, ground=ground, by=grace, at=NOON)
    assert entry.openings.exists()


def test_nobody_erases_themselves(ada):
    sealed(1, ada)
    with pytest.raises(EraseRefused, match="their own"):
        erase(ada, ground=GROUND, by=ada, at=NOON)


def test_whoever_is_not_in_the_log_cannot_be_erased_from_it(ada, grace):
    with pytest.raises(EraseRefused, match="not in the log"):
        erase(ada, ground=GROUND, by=grace, at=NOON)
    [entry] = sealed(1)
    erase(entry, ground=GROUND, by=grace, at=NOON)
    with pytest.raises(EraseRefused, match="nothing to erase"):
        erase(entry, ground=GROUND, by=grace, at=timezone.now())
    seal(at=timezone.now())
