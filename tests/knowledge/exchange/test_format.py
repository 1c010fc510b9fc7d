"""A record and its file say the same: whatever a text holds, it comes back as it was."""

import contextlib
import datetime as dt
import uuid

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.exchange import SHAPES, EditionNote, FileNote, Malformed, Option, Record, Why, read, write
from knowledge.exchange.shapes import Form

# All that a database takes: any character but NUL and halves of characters.
ANY = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
HEADINGS = [line for shape in SHAPES.values() for line in shape.reserved]
TROUBLE = [
    *HEADINGS,
    *(f"\\{line}" for line in HEADINGS),
    *("---", "...", "cairn: 1", "\\", "\\\\", "```", "### An option", "# A title", "<!-- cairn -->", "-->"),
    *("* Good, because", "* Bad, because it is", "* An option (chosen)", "  * deeper", "", " ", "\t", "x  "),
    *("(page:7)", "\x85", "\u2028", "\ufeff", "\x0b", "\x1b[0m", "{{ x }}", "key: [a, b", "&a *a", "😀"),
]
TEXTS = st.one_of(
    st.text(ANY),
    st.lists(st.sampled_from(TROUBLE), max_size=6).flatmap(
        lambda lines: st.sampled_from(["\n", "\r\n", "\r"]).map(lambda end: end.join(lines))
    ),
    st.lists(st.sampled_from([*TROUBLE, "\n", "\r\n", "\r", "\n\n"]), max_size=8).map("".join),
)
SOME_TEXTS = st.lists(TEXTS.filter(bool), max_size=3).map(tuple)
DAYS = st.none() | st.dates()
NUMBERS = st.from_regex(r"\A[A-Z]{3}-[0-9]{4}\Z")
IDS = st.uuids().map(str)


@st.composite
def whys(draw):
    depth, found = 0, []
    for text in draw(st.lists(TEXTS, max_size=5)):
        depth = draw(st.integers(1, depth + 1))
        found.append(Why(depth, text))
    return tuple(found)


def rows(field):
    return st.lists(st.fixed_dictionaries(dict.fromkeys(field.columns, TEXTS)), max_size=3).map(tuple)


OPTIONS = st.lists(st.builds(Option, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, st.booleans()), max_size=3).map(tuple)
VALUES = {
    **dict.fromkeys((Form.TEXT, Form.LINES, Form.CHOICE, Form.PERSON, Form.MARKDOWN), lambda field: TEXTS),
    Form.DATE: lambda field: DAYS,
    Form.FLAG: lambda field: st.booleans(),
    Form.PAGE: lambda field: st.just("") | NUMBERS,
    Form.PAGES: lambda field: st.lists(NUMBERS, max_size=3).map(tuple),
    Form.ROWS: rows,
    Form.OPTIONS: lambda field: OPTIONS,
    Form.WHYS: lambda field: whys(),
}


def records(kind):
    fields = {field.name: VALUES[field.form](field) for field in SHAPES[kind].all_fields}
    return st.builds(
        Record,
        id=IDS,
        kind=st.just(kind),
        number=NUMBERS,
        title=TEXTS.filter(bool),
        slug=TEXTS,
        fields=st.fixed_dictionaries(fields),
        owner=TEXTS,
        deputies=SOME_TEXTS,
        experts=SOME_TEXTS,
        processes=st.lists(NUMBERS, max_size=2).map(tuple),
        tags=SOME_TEXTS,
        review_months=st.integers(1, 60),
        readers=st.lists(SOME_TEXTS.filter(bool), max_size=2).map(tuple),
        edition=st.none() | st.builds(EditionNote, st.integers(1, 999), st.dates(), TEXTS),
        files=st.dictionaries(
            st.from_regex(r"\A[a-z0-9]{4}\.png\Z"), st.builds(FileNote, st.sampled_from(["image", "doc"]), TEXTS, TEXTS)
        ),
        ids=st.dictionaries(NUMBERS, IDS, max_size=2),
    )


@given(st.sampled_from(sorted(SHAPES)).flatmap(records))
def test_what_is_written_reads_as_the_same_record(record):
    text = write(record)
    again = read(text)
    assert again == record
    assert again.unknown == ()
    assert write(again) == text


@given(TEXTS)
@example("\n")
@example("\\\n## Impact")
@example("## Impact  \n\\## Impact")
def test_each_text_of_a_lesson_survives_windows_line_ends(text):
    record = plain("lesson", what_happened=text, impact=text, corrective_action=text)
    assert read(write(record).replace("\n", "\r\n")) == record


def plain(kind, **values):
    fields = {field.name: field.empty for field in SHAPES[kind].all_fields} | values
    return Record(str(uuid.UUID(int=7)), kind, f"{SHAPES[kind].prefix}-0004", "Use cork", "use-cork", fields)


CORK = plain(
    "decision",
    status="accepted",
    decided_on=dt.date(2026, 3, 2),
    decision_makers="Ada Byron\nEmil Aster",
    context="Plastic *squeaks*.",
    options=(Option("Cork", "From Portugal.", "light\nsoft", "", "dear", True), Option("Felt")),
    outcome="Cork, because it is soft.",
    consequences="* Good, because it is quiet.",
    more_information="See the test report.",
    body="# Old text\n\n## Decision Outcome\n\nCork.",
)

CORK_FILE = """\
---
cairn: 1
id: 00000000-0000-0000-0000-000000000007
kind: decision
number: DEC-0004
slug: use-cork
status: accepted
date: 2026-03-02
decision-makers:
  - Ada Byron
  - Emil Aster
review-months: 12
---

# Use cork

## Context and Problem Statement

Plastic *squeaks*.

## Considered Options

* Cork (chosen)
* Felt

## Decision Outcome

Cork, because it is soft.

### Consequences

* Good, because it is quiet.

## Pros and Cons of the Options

### Cork

From Portugal.

* Good, because light
* Good, because soft
* Bad, because dear

### Felt

## More Information

See the test report.

## Further Text

# Old text

## Decision Outcome

Cork.
"""


def test_a_decision_reads_like_madr():
    assert write(CORK) == CORK_FILE
    assert read(CORK_FILE) == CORK


def test_a_brief_is_its_title_and_its_text():
    assert write(plain("brief", body="Look.\n\n## Then\n\nLook again.")).endswith(
        "---\n\n# Use cork\n\nLook.\n\n## Then\n\nLook again.\n"
    )


def test_the_whys_are_a_list_in_a_list():
    lesson = plain("lesson", whys=(Why(1, "It was wet."), Why(2, "It rained."), Why(1, "Nobody looked.")))
    assert "* It was wet.\n  * It rained.\n* Nobody looked.\n" in write(lesson)


def test_a_file_that_was_edited_by_hand_is_read_for_what_it_means():
    edited = (
        CORK_FILE.replace("* Felt\n", "- Felt\n- Wool\n", 1)
        .replace("\n## Further Text\n", "\n\n\n## Further Text   \n")
        .replace("status: accepted", "status: 'rejected'\ncolour: blue")
        .replace("decision-makers:\n  - Ada Byron\n  - Emil Aster", "decision-makers: Ada Byron")
    )
    record = read(edited)
    assert [option.title for option in record.fields["options"]] == ["Cork", "Felt", "Wool"]
    assert (record.fields["status"], record.fields["decision_makers"]) == ("rejected", "Ada Byron")
    assert record.fields["body"] == CORK.fields["body"]
    assert record.unknown == ("colour",)


@pytest.mark.parametrize("text", ["", "# A title\n\nText.", "---\ntitle: x\n---\n\n# A title\n", "---\ncairn: 1\n"])
def test_what_is_not_of_this_format_is_left_to_others(text):
    assert read(text) is None


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("cairn: 1", "cairn: 2", "format 2"),
        ("slug: use-cork", "slug: [use-cork", "no valid YAML"),
        ("slug: use-cork", "slug:\n  - a", "“slug” must be a text"),
        ("kind: decision", "kind: poem", "“kind” must be one of"),
        ("id: 00000000-", "id: nobody-", "“id” must be an id"),
        ("date: 2026-03-02", "date: 2026-02-30", "“date” must be a day"),
        ("review-months: 12", "review-months: often", "“review-months” must be a whole number"),
        ("review-months: 12", "tags:\n  a: b", "“tags” must be a list"),
        ("review-months: 12", "lessons: many", "“lessons” must be a list"),
        ("review-months: 12", "lessons:\n  - LES-0001", "Each of “lessons” must be a set of fields"),
        ("slug: use-cork", "slug: &a x\ntags: [*a]", "repeats itself"),
        ("slug: use-cork", f"slug: {'[' * 5000}", "no valid YAML"),
        ("# Use cork\n", "Use cork\n", "has no title"),
        ("\n## Decision Outcome", "\n## Further Text\n\n## Decision Outcome", None),
        ("### Consequences", "## More Information", "stands there twice"),
        ("# Use cork\n", "# Use cork\n\nFirst of all.\n", "text above the first heading"),
        ("* Felt\n", "Felt\n", "each line names an option"),
        ("\n### Cork\n", "\nAll are good.\n\n### Cork\n", "the title of an option comes first"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(old, new, words):
    text = CORK_FILE.replace(old, new, 1)
    assert text != CORK_FILE
    if words is None:
        assert read(text).fields["body"].startswith("## Decision Outcome")
        return
    with pytest.raises(Malformed) as told:
        read(text)
    assert words in str(told.value)


@given(st.text(ANY))
def test_no_front_matter_breaks_the_reader(block):
    with contextlib.suppress(Malformed):
        read(f"---\ncairn: 1\nkind: brief\n{block}\n---\n# A title\n")
