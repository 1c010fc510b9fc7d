"""A place in the HTML for each passage: the text reads as without, and nothing in it makes such a place."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.anchoring import anchored
from knowledge.markdown import finished
from knowledge.passages import passages_of

PLACE = re.compile(r'(?:<span class="passage" id="passage-[0-9a-f]{16}"></span>)|(?: id="passage-[0-9a-f]{16}")')


def html_of(text):
    return anchored(text, "body", finished)


def ids_of(text):
    return [passage.id for passage in passages_of({"parts": [part(text)]})]


def part(text):
    return {"name": "body", "label": "Text", "kind": "markdown", "value": text}


def places_in(html):
    return re.findall(r'id="passage-([0-9a-f]{16})"', html)


@pytest.mark.parametrize(
    "text",
    [
        "Before.\n\n## A\n\none\n\n## B\n\ntwo",
        "## A\n\none\n\n### B ###\n\ntwo\n\n## A\n\nthree",
        "A\n===\n\none\n\nB *b* [c](https://example.org)\n---\n\ntwo",
        "- a list\n- first\n\n## Ünïcode – ¾\n\ntext",
        "```\n# no heading\n```\n\n# Yes `code`\n\ntext",
        "| a |\n|---|\n| b |\n\n# After a table",
    ],
)
def test_each_passage_has_a_place_in_the_order_of_the_text(text):
    assert places_in(html_of(text)) == ids_of(text)


def test_a_heading_keeps_the_place_that_links_within_the_text_name():
    assert '<h2 id="text-charging">Charging<span class="passage"' in html_of("## Charging\n\n[see](#charging)")


PIECES = ["# A", "## A", "B\n---", "- # C", "> # D", "text", "", "```", "<b>", '<a title="', "# E", '">', "[x]: y\n---"]
LINES = st.lists(st.sampled_from([*PIECES, "[x]"]), max_size=12)


@given(LINES)
@settings(max_examples=150, deadline=None)
def test_the_text_reads_as_without_places_and_none_stands_twice(lines):
    text = "\n".join(lines)
    html = html_of(text)
    assert PLACE.sub("", html) == finished(text)
    assert len(set(places_in(html))) == len(places_in(html))
    assert set(places_in(html)) <= set(ids_of(text))


@pytest.mark.parametrize(
    "forged",
    [
        '<h2 id="passage-0123456789abcdef">A</h2>',
        '<span class="passage" id="passage-0123456789abcdef"></span>',
        '<div id="passage-0123456789abcdef">a</div>',
        "# \ue000\ue001\ue00b",
        "\ue000\ue001\ue00b\n\n# A\n\ntext",
        "## passage-0123456789abcdef",
    ],
)
def test_no_text_makes_a_place(forged):
    places = places_in(html_of(forged + "\n\n## Own\n\ntext"))
    assert "0123456789abcdef" not in places
    assert set(places) <= set(ids_of(forged + "\n\n## Own\n\ntext"))
