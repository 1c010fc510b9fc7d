"""The sections of a record as the fields of its page: nothing is lost, and nothing put where it does not belong."""

import re
import time
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from knowledge.importing import Kind, ParsedRecord, read_folder, read_record
from knowledge.importing.fields import label_of
from knowledge.importing.headings import field_of, lesson_field_of
from knowledge.importing.options import side_of
from knowledge.importing.reading import take_apart

DATA = Path(settings.BASE_DIR).parent / "shared" / "data" / "dev"


def read(text, file="0001-use-cork.md", kind=Kind.DECISION):
    return read_record(text.encode(), file, kind)


def words(text):
    return " ".join(["", *re.findall(r"[^\W_]+", text.casefold()), ""])


def kept(record):
    """Every field of the page as words, an option as one."""
    options = [[each.title, each.text, *each.good, *each.neutral, *each.bad] for each in record.options]
    people = [record.decision_makers, record.consulted, record.informed]
    said = [record.title, record.body, record.status or "", str(record.date), *record.texts.values()]
    return [words("\n".join(part)) for part in [[each] for each in said] + options + people] + [
        words(text) for _, text in record.whys
    ]


def lost(draft, record):
    """The lines of a text that no field has: but for markers, labels of fields, and links of an option to itself."""
    fields = kept(record)
    headings = {heading.line: heading for heading in draft.outline.headings}
    for place, line in enumerate(draft.text.split("\n")):
        if place in headings and _is_label(headings[place], draft):
            continue
        item = re.sub(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?", "", line)
        forms = [line, item, re.sub(r"\]\(#[^)]*\)", "]", item), side_of(item)[1], line.partition(":")[2] or line]
        if (
            not any(words(form) in field for form in forms for field in fields)
            and side_of(f"{line.strip(' *_:#-')}: x")[0] is None
        ):
            yield line


def _is_label(heading, draft):
    names = field_of(heading.text) or lesson_field_of(heading.text) or label_of(heading.text)
    return bool(names) or heading is draft.title.heading


@pytest.mark.skipif(not DATA.is_dir(), reason=f"{DATA} is not here")
@pytest.mark.parametrize("folder", ["decisions", "lessons"])
def test_nothing_that_others_wrote_is_lost(folder):
    records = [entry for entry in read_folder(DATA / folder) if isinstance(entry.reading, ParsedRecord)]
    drafts = [(take_apart(e.data, e.reading.file), e.reading) for e in records if "#" not in e.reading.file]
    assert len(drafts) > 50
    assert [(record.file, line) for draft, record in drafts for line in lost(draft, record)] == []


HEADINGS = st.sampled_from(
    [
        *("# Use cork", "## Status", "## Context", "## Decision", "### Consequences", "## Consequences", "## Options"),
        *("## Considered Options", "## Pros and Cons of the Options", "### Cork", "### Felt", "**Context**", "## Odd"),
        *("### Confirmation", "## Links", "## Rationale", "## Decision Drivers", "# Context", "Decision\n--------"),
    ]
)
LINES = st.sampled_from(
    [
        *("* Cork", "* Felt", "* [Cork](#cork)", "- [x] Cork", "* Good, because it is soft", "* Bad, because dear"),
        *(
            "Chosen option: Cork",
            "Accepted",
            "Date: 2024-05-01",
            "some prose",
            "  * nested",
            "  more",
            "Pros:",
            "1. one",
        ),
        *(
            "```",
            "code",
            "<!-- remark -->",
            "| a | b |",
            "",
            "",
            "* **Cork**: soft",
            "> quoted",
            "[a]: b.md",
            "- Con: x",
        ),
    ]
)


@given(st.lists(HEADINGS | LINES | st.text(alphabet="ab #*-_:[]()|`\n", max_size=12), max_size=30).map("\n".join))
def test_nothing_is_lost_however_sections_stand(text):
    draft = take_apart(text.encode(), "0001-use-cork.md")
    for kind in (Kind.DECISION, Kind.LESSON):
        record = read(text, kind=kind)
        if isinstance(record, ParsedRecord):
            assert list(lost(draft, record)) == []


MADR = """# Use cork

Technical story: #12

## Context and Problem Statement

Plastic squeaks.

### Where

In the rain.

## Decision Drivers

* cost

## Considered Options

* Cork
* Felt

## Decision Outcome

Chosen option: "Cork", because it is soft.

### Consequences

* Good, because quiet

### Confirmation

We listen.

## Pros and Cons of the Options

### Cork

It grows.

* Good, because soft
* Neutral, because brown
* Bad, because dear
  in winter

### Felt

Pros:

- cheap

## Budget

None.

## More Information

See [felt](0002.md).
"""


def test_a_madr_record_stands_in_its_fields():
    record = read(MADR)
    cork, felt = record.options
    assert (cork.title, cork.text, cork.is_chosen) == ("Cork", "It grows.", True)
    assert (cork.good, cork.neutral, cork.bad) == (("soft",), ("brown",), ("dear in winter",))
    assert (felt.title, felt.good, felt.is_chosen) == ("Felt", ("cheap",), False)
    assert dict(record.texts) == {
        "context": "Plastic squeaks.\n\n### Where\n\nIn the rain.",
        "drivers": "* cost",
        "outcome": 'Chosen option: "Cork", because it is soft.',
        "consequences": "* Good, because quiet",
        "confirmation": "We listen.",
        "more_information": "See [felt](0002.md).",
    }
    assert record.body == "Technical story: #12\n\n## Budget\n\nNone."
    assert "Kept as text, since no field is called so: “Budget”." in record.notes


@pytest.mark.parametrize(
    ("context", "decision", "consequences"),
    [
        ("Context", "Decision", "Consequences"),
        ("1. Context:", "2. Decision:", "3. Consequences:"),
        ("Kontext", "Entscheidung", "Konsequenzen"),
        ("Contexte", "Décision", "Conséquences"),
        ("Contexto", "Decisión", "Consecuencias"),
        ("Contexto", "Decisão", "Consequências"),
        ("Context", "Besluit", "Gevolgen"),
        ("Kontekst", "Beslutning", "Konsekvenser"),
        ("Contesto", "Decisione", "Conseguenze"),
        ("Kontekst", "Decyzja", "Konsekwencje"),
        ("Контекст", "Решение", "Последствия"),
        ("上下文", "决策", "后果"),
        ("コンテキスト (Context)", "決定 (Decision)", "結果 (Consequences)"),
    ],
)
def test_sections_are_known_in_many_languages(context, decision, consequences):
    record = read(f"# Cork\n\n## {context}\n\nOne.\n\n## {decision}\n\nTwo.\n\n## {consequences}\n\nThree.\n")
    assert dict(record.texts) == {"context": "One.", "outcome": "Two.", "consequences": "Three."}
    assert record.body == ""


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\n## Context\n\nOne.\n\n## Decision\n\nTwo.\n\n## Context\n\nThree.\n",
        "# A\n\n## Consequences\n\nOne.\n\n## Decision\n\nTwo.\n",
        "# A\n\nNo section here.\n",
    ],
)
def test_what_cannot_be_told_apart_safely_stays_whole(text):
    record = read(text)
    assert (record.body, dict(record.texts)) == (text.partition("\n\n")[2], {})
    assert any(note.startswith("Its text is kept whole, because") for note in record.notes)


@pytest.mark.parametrize(
    ("text", "chosen", "accepting"),
    [
        (
            "In the context of straps, facing squeaks, we decided for cork and neglected felt, to achieve quiet, "
            "accepting cost.",
            ["cork", "felt"],
            "accepting cost.",
        ),
        (
            "Im Kontext von Riemen, angesichts des Quietschens, entschieden wir uns für Kork, um Ruhe zu erreichen, "
            "und akzeptieren Kosten.",
            ["Kork"],
            "und akzeptieren Kosten.",
        ),
        (
            "Dans le contexte des sangles, face à un bruit, nous avons décidé pour le liège, pour obtenir le silence, "
            "en acceptant le coût.",
            ["le liège"],
            "en acceptant le coût.",
        ),
    ],
)
def test_a_decision_in_one_sentence_is_told_apart(text, chosen, accepting):
    record = read(f"# Cork\n\n{text}\n")
    assert [option.title for option in record.options] == chosen
    assert record.options[0].is_chosen
    assert record.texts["consequences"] == accepting
    assert " ".join(record.texts[name] for name in ("context", "outcome", "consequences")) == text


LEAK = """# Post-mortem: the leak

Written the day after.

## Impact

Wet.

## Timeline

Fast.

## Five whys

1. The seal broke.
2. It was old.

## Lessons

### What went well

We ran.

### What went badly

We fell.

## Action items

- New seals
"""


def test_a_post_mortem_stands_in_the_fields_of_a_lesson():
    record = read(LEAK, "2024-02-03-leak.md", None)
    assert (record.kind, str(record.date)) == (Kind.LESSON, "2024-02-03")
    assert record.whys == ((1, "The seal broke."), (2, "It was old."))
    assert record.texts["impact"] == "Wet."
    assert record.texts["went_well"].endswith("We ran.")
    assert record.texts["corrective_action"].endswith("- New seals")
    assert record.body == (
        "Written the day after.\n\n## Timeline\n\nFast.\n\n## Lessons\n\n### What went badly\n\nWe fell."
    )


@pytest.mark.parametrize(
    "piece",
    [
        *("* Good, because ", "in the context of ", "facing we decided for ", "## Context\n", "## Options\n* a\n"),
        *("### a\n* Good, because b\n", "](", "[a](b.md) ", "` `` ", "<a href=", "{% ", "**a** ", "* [x] a\n", "[a]: "),
    ],
)
def test_a_text_made_to_exhaust_the_readers_takes_no_more_than_its_length(piece):
    def seconds(size):
        text = f"# A\n\n## Decision\n\n{piece * (size // len(piece))}"
        start = time.perf_counter()
        read(text)
        return time.perf_counter() - start

    seconds(1000)
    # Ten times the length takes ten times as long; a hundred times were a pattern gone wild.
    assert seconds(300_000) < 60 * max(seconds(30_000), 0.005)
