"""Two editions, passage by passage: the pure comparison, and the page that shows it."""

from datetime import timedelta
from difflib import SequenceMatcher

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from knowledge import comparing
from knowledge.actions import acknowledge, publish
from knowledge.comparing import Fate, Kind, compare, pieces_of
from tests.knowledge.conftest import NOON, change

ABOUT = {"title": "T", "accountable": None, "deputies": [], "experts": [], "processes": [], "tags": []}
TEXTS = st.text(alphabet="ab #\n-", max_size=60)


def copy_of(body="", **more):
    return {**ABOUT, "parts": [{"name": "body", "label": "Text", "kind": "markdown", "value": body}], **more}


def side(pieces, left_out):
    return "".join(piece.text for piece in pieces if piece.fate is not left_out)


@given(TEXTS)
def test_a_copy_compared_with_itself_has_no_change(text):
    assert compare(copy_of(text), copy_of(text)).is_same


@given(TEXTS, TEXTS)
def test_both_texts_are_rebuilt_from_their_pieces(older, newer):
    pieces = pieces_of(older, newer)
    assert side(pieces, Fate.INSERTED) == older
    assert side(pieces, Fate.DELETED) == newer


@given(TEXTS, TEXTS, st.integers(0, 12))
def test_long_texts_are_rebuilt_as_well(older, newer, most):
    """As if so few words were many already."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparing, "MOST_PAIRS", most)
        pieces = pieces_of(older, newer)
    assert side(pieces, Fate.INSERTED) == older
    assert side(pieces, Fate.DELETED) == newer


LONG = "\n".join(f"Line {number} of a long page, which says a thing." for number in range(2000))


def test_in_a_long_text_too_the_changed_words_stand_out_alone():
    changed = LONG.replace("Line 30 ", "Row 30 ").replace("Line 999 ", "Row 999 ")
    told = [(piece.fate, piece.text) for piece in pieces_of(LONG, changed) if piece.fate is not Fate.KEPT]
    assert told == [(Fate.DELETED, "Line"), (Fate.INSERTED, "Row")] * 2


@pytest.mark.parametrize("newer", [LONG.upper(), LONG[::-1], "x " * 50_000, "\n" * 100_000, ""])
def test_no_two_texts_cost_more_than_so_many_pairs(newer, monkeypatch):
    asked = []

    def counted(junk, old, new, **how):
        asked.append(len(old) * len(new))
        return SequenceMatcher(junk, old, new, **how)

    monkeypatch.setattr(comparing, "SequenceMatcher", counted)
    pieces_of(LONG, newer)
    assert max(asked, default=0) <= comparing.MOST_PAIRS


@given(TEXTS, TEXTS)
def test_each_passage_of_both_sides_is_told_once(older, newer):
    told = compare(copy_of(older), copy_of(newer)).passages
    for compared in told:
        assert side(compared.pieces, Fate.INSERTED) == (compared.older.text if compared.older else "")
        assert side(compared.pieces, Fate.DELETED) == (compared.newer.text if compared.newer else "")


@given(TEXTS, TEXTS)
def test_what_was_added_one_way_was_removed_the_other(older, newer):
    turned = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}
    there, back = (
        {(one.passage.id, one.kind) for one in compare(*copies).passages}
        for copies in ((copy_of(older), copy_of(newer)), (copy_of(newer), copy_of(older)))
    )
    assert {(key, turned.get(kind, kind)) for key, kind in there} == back


def test_a_changed_word_stands_out_alone():
    pieces = pieces_of("Wait for 24 hours.", "Wait for 48 hours.")
    assert [(piece.fate, piece.text) for piece in pieces] == [
        (Fate.KEPT, "Wait for "),
        (Fate.DELETED, "24"),
        (Fate.INSERTED, "48"),
        (Fate.KEPT, " hours."),
    ]


def test_values_that_differ_are_told_and_others_are_not():
    status = {"name": "status", "label": "Status", "kind": "choice"}
    older = copy_of(tags=["a"], parts=[status | {"value": "Proposed"}])
    newer = copy_of(tags=["a", "b"], parts=[status | {"value": "Accepted"}])
    values = compare(older, newer).values
    assert [(one.label, one.older, one.newer) for one in values] == [
        ("Tags", ["a"], ["a", "b"]),
        ("Status", "Proposed", "Accepted"),
    ]


@pytest.fixture
def two_editions(published, process_owner, expert):
    published.body = "Look at it closely.\n\n## New\n\n<script>alert(1)</script>"
    later = NOON + timedelta(days=3)
    publish(published, by=process_owner, author=expert, at=later, **change("A part was added."))
    newer, older = published.editions.all()
    return older, newer


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_reader_sees_what_changed_in_either_order(client, reader, two_editions, order):
    client.force_login(reader)
    html = client.get(reverse("knowledge:compare", args=[two_editions[at].pk for at in order])).content.decode()
    assert "from <a" in html
    assert "A part was added." in html
    assert '<ins><span class="unseen">[Added: </span> closely<span' in html
    assert '<ins class="compared__whole">' in html
    assert "<script>alert" not in html


def test_two_editions_are_chosen_in_the_list(client, reader, two_editions):
    client.force_login(reader)
    page = two_editions[0].page
    address = reverse("knowledge:compare-chosen", args=[page.pk])
    assert "What changed" in client.get(reverse("knowledge:editions", args=[page.pk])).content.decode()
    chosen = client.get(address, {"older": "2", "newer": "1"})
    assert chosen.url == reverse("knowledge:compare", args=[edition.pk for edition in two_editions])
    again = client.get(address, {"older": "1", "newer": "1"}, follow=True)
    assert "Choose two different editions" in again.content.decode()


def test_who_acknowledged_an_older_edition_is_told_what_changed_since(client, reader, published, process_owner, expert):
    acknowledge(published.editions.get(), by=reader, at=NOON)
    for number in (2, 3):
        published.body = f"Text {number}."
        at = NOON + timedelta(days=number)
        publish(published, by=process_owner, author=expert, at=at, **change(f"Change {number}."))
    client.force_login(reader)
    html = client.get(published.url).content.decode()
    assert "Changed since edition 1, which you acknowledged on 2 March 2026" in html
    assert html.index("Change 2.") < html.index("Change 3.")
    newest, _, first = published.editions.all()
    assert reverse("knowledge:compare", args=[first.pk, newest.pk]) in html


def test_editions_of_two_pages_are_not_compared(client, reader, published, two_editions):
    client.force_login(reader)
    assert client.get(reverse("knowledge:compare", args=[two_editions[0].pk, 10**6])).status_code == 404


def test_the_list_of_editions_costs_the_same_however_long_it_is(
    client, reader, published, process_owner, expert, django_assert_max_num_queries
):
    client.force_login(reader)
    address = reverse("knowledge:editions", args=[published.pk])
    client.get(address)
    for number in range(2, 8):
        published.body = f"Text {number}."
        at = NOON + timedelta(days=number)
        publish(published, by=process_owner, author=expert, at=at, **change())
    with django_assert_max_num_queries(10):
        client.get(address)
