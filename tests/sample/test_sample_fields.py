"""From Markdown to the fields of each kind of page."""

import pytest

from sample.fields import Unfitting, fields_of, without

DECISION = """\
## Context and Problem Statement

Which way?

## Considered Options

- Left
- Right

## Decision Outcome

Chosen option: "Left", because it is shorter.

### Consequences

- Bad: it is steep.

## Pros and Cons of the Options

### Left

By the church.

- Good, because short
- Neutral, because paved
- Bad, because steep
- Bad, because dark
"""
PROCESS = """\
Every day.

## Steps

1. Walk
2. Arrive

## Risks

| Risk | Control |
|---|---|
| Rain | |

## Who decides

Nobody.
"""


def test_a_decision_is_split_into_its_fields():
    fields = fields_of("decisions", DECISION)
    assert fields.texts["outcome"] == 'Chosen option: "Left", because it is shorter.'
    assert fields.texts["consequences"] == "- Bad: it is steep."
    assert fields.texts["drivers"] == ""
    left, right = fields.rows["options"]
    assert left == {
        "title": "Left",
        "text": "By the church.",
        "good": "short",
        "neutral": "paved",
        "bad": "steep\ndark",
        "is_chosen": True,
    }
    assert (right["title"], right["is_chosen"], right["bad"]) == ("Right", False, "")


def test_what_is_only_proposed_is_not_chosen():
    options = fields_of("decisions", DECISION.replace("Chosen option", "Proposed option")).rows["options"]
    assert not any(option["is_chosen"] for option in options)


def test_a_process_keeps_in_its_text_what_no_field_takes():
    fields = fields_of("processes", PROCESS)
    assert fields.texts["steps"] == "Walk\nArrive"
    assert fields.texts["body"] == "Every day.\n\n## Who decides\n\nNobody."
    assert fields.rows == {"measures": [], "risks": [{"risk": "Rain", "control": ""}]}


def test_a_text_before_it_had_a_section():
    assert without(PROCESS, ("Steps", "Risks")) == "Every day.\n\n## Who decides\n\nNobody.\n"


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        ("decisions", DECISION.replace("Context and", "Context or"), "no field is headed 'Context or"),
        ("decisions", DECISION.replace("### Left", "### Up"), "'Up' is weighed or chosen"),
        ("decisions", "Well.\n\n" + DECISION, "'Well.' stands before the first heading"),
        ("lessons", "## Blame\n\nYou.\n", "no field is headed 'Blame'"),
        ("processes", PROCESS.replace("1. Walk", "Walk"), "'Walk' is no item of a list"),
        ("processes", PROCESS.replace("| Rain | |", "| Rain |"), "has 1 cells, not 2"),
    ],
)
def test_what_no_field_takes_is_refused(kind, text, sentence):
    with pytest.raises(Unfitting, match=sentence):
        fields_of(kind, text)
