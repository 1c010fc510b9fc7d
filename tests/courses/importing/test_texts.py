"""Texts of other formats as Markdown that shows the same, and as the plain words of an answer."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.importing.found import Notes
from courses.importing.html import markdown_of, plain_of
from courses.importing.plain import markdown_of_plain
from courses.importing.weights import percent_of, share_of
from knowledge.markdown import _to_html, sanitise

MARKS = [*"*_`#>-+.![](){}<>&\\|~:=^'\"0123 \nab", "__", "**", "1. ", "- ", "&amp;", "<b>", "](", "[[1]]", "```", "---"]
plain_texts = st.lists(st.sampled_from(MARKS), max_size=14).map("".join).filter(lambda text: text.strip())


def shown(markdown):
    """What a reader sees of it."""
    html = sanitise(_to_html(markdown, 2))
    return "".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


@settings(max_examples=100, deadline=None)
@given(plain_texts)
def test_plain_text_shows_the_same_characters(text):
    assert shown(markdown_of_plain(text)) == "".join(text.split())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(plain_texts, min_size=1, max_size=3), st.sampled_from(["p", "li", "b", "em", "h2", "blockquote", "div"])
)
def test_html_shows_the_same_words(texts, tag):
    escaped = [text.replace("&", "&amp;").replace("<", "&lt;") for text in texts]
    html = "".join(f"<ul><li>{text}</li></ul>" if tag == "li" else f"<{tag}>{text}</{tag}>" for text in escaped)
    assert shown(markdown_of(html, Notes())) == "".join("".join(texts).split())


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("a<br>b", "a  \nb"),
        ("<p>a <b>b </b>c <em>d</em></p>", "a **b** c *d*"),
        ("<p>a<b>b</b></p>", "a<b>b</b>"),
        ("H<sub>2</sub>O", "H<sub>2</sub>O"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n    - b\n- c"),
        ("<ol><li><p>a</p><p>b</p></li></ol>", "1. a\n\n    b"),
        ("<pre><code>if a:\n\n    b = `c`\n</code></pre>", "```\nif a:\n\n    b = `c`\n```"),
        ("<code>a`b</code>", "``a`b``"),
        ("<h2>a\nb</h2>c", "## a b\n\nc"),
        ('<a href="https://example.org/a b">c</a>', "[c](https://example.org/a%20b)"),
        ('<a href="javascript:alert(1)">c</a>', "c"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n> \n> b"),
        ("<table><tr><td>a</td></tr></table>", "<table><tbody><tr><td>a</td></tr></tbody></table>"),
        ("<script>alert(1)</script>a", "a"),
        ('<img src="@@PLUGINFILE@@/a.png" alt="a door">', "a door"),
        ('<img src="https://example.org/a.png" alt="b">', "![b](https://example.org/a.png)"),
        ("1. a", "1\\. a"),
        ("<p># a</p>", "\\# a"),
        ("[[1]] and [[2]]", "[[1]] and [[2]]"),
    ],
)
def test_html_becomes_markdown(html, markdown):
    assert markdown_of(html, Notes()) == markdown


@pytest.mark.parametrize(
    ("html", "plain", "notes"),
    [
        ("<p>a</p>", "a", 0),
        ("<p>a<br>b</p>", "a\nb", 0),
        ("<strong>a</strong> b", "a b", 1),
        ("x<sup>2</sup>", "x^2", 1),
        ("a &lt;b&gt;", "a <b>", 0),
        ("<pre>a\n  b</pre>", "a\n  b", 0),
        ('<img src="a.png">', "", 1),
        ('<span style="color:red">a</span>', "a", 1),
        ("<iframe src='x'></iframe>a", "a", 1),
        ('<b onclick="x()">a</b>', "a", 2),
    ],
)
def test_html_becomes_the_plain_words_of_an_answer(html, plain, notes):
    noted = Notes()
    assert (plain_of(html, noted), len(noted)) == (plain, notes)


@given(st.fractions(-1, 1, max_denominator=1000))
def test_a_share_is_found_again_behind_its_percentage(share):
    assert share_of(percent_of(share)) == share


@pytest.mark.parametrize(
    ("percent", "share"),
    [
        ("33.33333", "1/3"),
        ("66.66667", "2/3"),
        ("66.66666", "2/3"),
        ("16.66667", "1/6"),
        ("14.28571", "1/7"),
        ("11.11111", "1/9"),
        ("8.33333", "1/12"),
        ("33.3", "1/3"),
        ("33", "33/100"),
        ("12.5", "1/8"),
        ("-50.0", "-1/2"),
        ("-0.0", "0"),
        ("37.5", "3/8"),
        ("1e999999", None),
        ("", None),
        ("nan", None),
    ],
)
def test_a_percentage_is_the_share_that_it_stands_for(percent, share):
    found = share_of(percent)
    assert (found if found is None else str(found)) == share
