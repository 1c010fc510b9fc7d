from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from evidence import leaves
from evidence.actions import RecordRefused, record
from evidence.kinds import KindRefused
from evidence.leaves import LeafRefused, LeafUnreadable
from evidence.models import Entry, Listing, Opening, Pseudonym
from jobs.models import Job
from tests.evidence.conftest import NOON, met


def leaf_of(entry):
    return leaves.parse(bytes(entry.leaf))


@pytest.mark.databases
def test_the_leaf_names_nobody(ada):
    entry = met(ada, by=ada, facets={"department": "Engines"})
    for personal in (b"Ada", b"Byron", b"Charles", b"Engines"):
        assert personal not in bytes(entry.leaf)
    assert leaf_of(entry).subject == leaf_of(entry).by == Pseudonym.objects.get(person=ada).token


@pytest.mark.databases
def test_each_opening_opens_its_commitment(ada):
    entry = met(ada, facets={"department": "Engines", "process": ["Making", "Selling"]})
    opened = {opening.field: opening for opening in entry.openings.all()}
    assert {field: opening.value for field, opening in opened.items()} == {
        "whom": "Charles",
        "facet.person": str(ada.pk),
        "facet.department": "Engines",
        "facet.process": "Making",
        "facet.process.2": "Selling",
    }
    assert leaf_of(entry).commitments == {
        field: leaves.commitment(bytes(opening.salt), field, opening.value) for field, opening in opened.items()
    }


def test_no_salt_is_used_twice(ada):
    met(ada, key="tests.met:1")
    met(ada, key="tests.met:2")
    salts = [bytes(salt) for salt in Opening.objects.values_list("salt", flat=True)]
    assert len(set(salts)) == len(salts)


@pytest.mark.databases
def test_telling_the_same_again_is_the_same_entry(ada):
    assert met(ada, by=ada) == met(ada, by=ada)
    assert Entry.objects.filter(key="tests.met:1").count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"facts": {"place": "Leeds"}},
        {"personal": {"whom": "Mary"}},
        {"personal": {}},
        {"at": NOON + timedelta(seconds=1)},
        {"facets": {"department": "Engines"}},
        {"subject": None},
    ],
)
def test_another_content_under_the_same_key_is_refused(ada, change):
    met(**({"subject": ada} | {}))
    with pytest.raises(RecordRefused, match="says something else"):
        met(**({"subject": ada} | change))


def test_the_mapping_of_a_person_to_a_pseudonym_is_itself_an_entry(ada):
    met(ada)
    token = Pseudonym.objects.get(person=ada).token
    given_entry = Entry.objects.get(pk=f"evidence.pseudonym_given:{token}")
    assert dict(given_entry.openings.values_list("field", "value")) == {
        "subject_name": "Ada Byron",
        "facet.person": str(ada.pk),
    }


def test_a_kind_that_no_room_declares_is_refused(db):
    with pytest.raises(KindRefused, match=r"tests\.unheard_of"):
        record("tests.unheard_of", by=None, at=NOON, key="x")


@pytest.mark.parametrize("fields", [{"personal": {"address": "York"}}, {"facets": {"course": "Engines"}}])
def test_a_field_that_the_kind_does_not_declare_is_refused(db, fields):
    with pytest.raises(KindRefused, match="declare no"):
        met(**fields)


@pytest.mark.parametrize("fact", [1.0, 2**60, float("nan"), {"a": 0.5}, b"bytes", {1: 2}, {"ä": 1}, "\ud800", "a\0b"])
def test_a_fact_that_has_no_one_form_is_refused(db, fact):
    with pytest.raises(LeafRefused), transaction.atomic():
        met(facts={"place": fact})
    assert not Entry.objects.exists()


def test_a_time_without_a_zone_is_refused(db):
    with pytest.raises(LeafRefused, match="time zone"):
        met(at=datetime(2026, 3, 2, 12))  # noqa: DTZ001


@pytest.mark.databases
def test_an_entry_leaves_with_the_transaction_that_it_tells_of(ada):
    with transaction.atomic():
        met(ada)
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    assert not Job.objects.filter(kind="evidence.seal").exists()


@pytest.mark.databases
def test_many_entries_ask_for_one_seal(ada):
    for number in range(3):
        met(ada, key=f"tests.met:{number}")
    assert Job.objects.filter(kind="evidence.seal").count() == 1


def test_a_correction_names_the_leaf_that_it_corrects(ada):
    first = met(ada)
    second = met(ada, key="tests.met:1:corrected", facts={"place": "Leeds"}, corrects=first)
    assert leaf_of(second).corrects == bytes(first.leaf_hash).hex()


def test_the_listing_says_what_the_leaf_says(ada):
    leaf = leaf_of(met(ada))
    listing = Listing.objects.get(entry="tests.met:1")
    assert (listing.kind, listing.subject, listing.by, listing.at, listing.recorded_at) == (
        leaf.kind,
        leaf.subject,
        "",
        leaf.at,
        leaf.recorded_at,
    )


def test_recording_runs_few_queries(ada, django_assert_max_num_queries):
    met(ada, by=ada)
    with django_assert_max_num_queries(12):
        met(ada, by=ada, key="tests.met:2")


GOLDEN = leaves.Leaf(
    app="0.1.0",
    at="2026-03-02T12:00:00.000000Z",
    by=None,
    commitments={"whom": leaves.commitment(bytes(range(32)), "whom", "Charles")},
    corrects=None,
    facts={"place": "Zürich", "count": 3, "kept": True, "days": [1, None], "nested": {"b": 1, "a": "\n"}},
    key="tests.met:1",
    kind="tests.met",
    recorded_at="2026-03-02T12:00:00.000001Z",
    subject="00112233445566778899aabbccddeeff",
)
GOLDEN_BYTES = (
    b"cairn/evidence/v1\n"
    b'{"app":"0.1.0","at":"2026-03-02T12:00:00.000000Z","by":null,"commitments":{"whom":'
    b'"61063913365476f8a1a402e61779d7e4e974eb56db9a0a7948696c14df5bfdfa"},"corrects":null,"facts":{"count":3,'
    b'"days":[1,null],"kept":true,"nested":{"a":"\\n","b":1},"place":"Z\xc3\xbcrich"},"key":"tests.met:1",'
    b'"kind":"tests.met","recorded_at":"2026-03-02T12:00:00.000001Z","subject":"00112233445566778899aabbccddeeff"}'
)


def test_the_format_of_a_leaf_is_what_it_was_on_the_first_day():
    assert GOLDEN.encode() == GOLDEN_BYTES
    assert leaves.parse(GOLDEN_BYTES) == GOLDEN


@pytest.mark.parametrize(
    "data",
    [
        b"",
        GOLDEN_BYTES[1:],
        GOLDEN_BYTES + b"\n",
        GOLDEN_BYTES.replace(b'"by":null', b'"by": null'),
        GOLDEN_BYTES.replace(b"Z\xc3\xbcrich", b"Z\\u00fcrich"),
        GOLDEN_BYTES.replace(b'"count":3', b'"count":3.0'),
        GOLDEN_BYTES.replace(b'"by":null,', b""),
        GOLDEN_BYTES.replace(b'"by":null,', b'"by":null,"by":null,'),
        GOLDEN_BYTES.replace(b"\xc3", b"\xff"),
        leaves.PREFIX + b"[]",
    ],
)
def test_a_leaf_in_another_form_is_not_read(data):
    with pytest.raises(LeafUnreadable):
        leaves.parse(data)


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))])))
def test_a_time_survives_the_log(moment):
    try:
        text = leaves.time_text(moment)
    except OverflowError:
        return
    assert len(text) == 27
    assert leaves.read_time(text) == moment


facts = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(1 - 2**53, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc_", max_size=5), inner, max_size=4),
    max_leaves=10,
)


@given(st.dictionaries(st.text("abc_", max_size=5), facts, max_size=4))
def test_any_facts_are_read_back_as_they_were_written(told):
    leaf = leaves.Leaf(**{**vars(GOLDEN), "facts": leaves.plain(told)})
    assert leaves.parse(leaf.encode()).facts == told


def test_dates_become_text():
    assert leaves.plain({"since": date(2026, 3, 2)}) == {"since": "2026-03-02"}
