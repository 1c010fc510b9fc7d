"""A copy as passages: each has one identity, and nothing of the text is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.passages import passages_of, sections_of


def copy_of(text, kind="markdown"):
    return {"parts": [{"name": "body", "label": "Text", "kind": kind, "value": text}]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Before.", [((), "Before.")]),
        ("## A\n\none\n\n## B\n\ntwo", [(("A",), "one"), (("B",), "two")]),
        ("# A\n\none\n\n## B\n\ntwo\n\n# C", [(("A",), "one"), (("A", "B"), "two"), (("C",), "")]),
        ("A\n===\n\none\n\nB\n---\n\ntwo", [(("A",), "one"), (("A", "B"), "two")]),
        ("```\n# no heading\n```", [((), "```\n# no heading\n```")]),
        ("~~~\n```\n# no\n~~~\n# Yes ##", [((), "~~~\n```\n# no\n~~~"), (("Yes",), "")]),
        ("a paragraph\nand more\n---", [((), "a paragraph\nand more\n---")]),
    ],
)
def test_a_text_falls_into_passages_at_its_headings(text, expected):
    assert [(passage.path, passage.text) for passage in passages_of(copy_of(text))] == expected


def test_a_reworded_passage_stays_the_same_one_and_says_so_by_its_hash():
    (old,), (new,) = (passages_of(copy_of(text)) for text in ("## A\n\none", "## A\n\ntwo"))
    assert old.id == new.id
    assert old.sha256 != new.sha256


def test_spaces_and_line_ends_do_not_change_a_passage():
    (old,), (new,) = (passages_of(copy_of(text)) for text in ("## A\n\none two", "##  A\n\none\n two "))
    assert (old.id, old.sha256) == (new.id, new.sha256)


def test_a_renamed_heading_begins_another_passage():
    (old,), (new,) = (passages_of(copy_of(text)) for text in ("## A\n\none", "## B\n\none"))
    assert old.id != new.id


def test_options_are_passages_by_their_titles():
    option = {"title": "Keep it", "text": "As is.", "good": "cheap\nknown", "neutral": "", "bad": "slow"}
    (passage,) = passages_of(copy_of([option | {"is_chosen": True}], "options"))
    assert passage.path == ("Keep it",)
    assert passage.text.splitlines() == ["(chosen)", "As is.", "Good: cheap", "Good: known", "Bad: slow"]


LINES = st.lists(st.sampled_from(["# A", "## A", "## B", "text", "", "```", "- item", "A\n==="]), max_size=20)


@given(LINES)
def test_each_passage_has_an_identity_of_its_own(lines):
    ids = [passage.id for passage in passages_of(copy_of("\n".join(lines)))]
    assert len(ids) == len(set(ids))


@given(st.text(alphabet="ab# -=`~\n", max_size=200))
def test_no_word_is_lost(text):
    words = " ".join(f"{' '.join(path[-1:])} {own}" for path, own in sections_of(text))
    assert [c for c in words if c in "ab"] == [c for c in text if c in "ab"]
