import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine.analysis import analysis_for, numbers
from search.engine.matches import EVERYTHING, NOTHING, Matches
from search.snippets import LENGTH, marked, plain, snippet
from search.suggestions import corrected, edits

ENGLISH = analysis_for("en")
THINGS = "abcde"
some = st.dictionaries(st.sampled_from(THINGS), st.floats(0.1, 9), max_size=5)
answers = st.builds(Matches, some, st.booleans())


def members(matches):
    return {thing for thing in THINGS if thing in matches}


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("Running runs", ["run", "run"]),
        ("The charging of the batteries", ["charg", "batteri"]),
        ("Résumé", ["resum"]),
        ("QP-7.1.6", ["qp", "7", "1", "6"]),
        ("who is it", []),
    ],
)
def test_words_are_found_by_their_stems(text, stems):
    assert ENGLISH.stems(text) == stems


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See QP-7.1.6, and (BRF-0012).", ["qp-7.1.6", "brf-0012"]),
        ("no number here", []),
        ("9" * 65, []),
    ],
)
def test_document_numbers_stay_whole(text, found):
    assert list(numbers(text)) == found


def test_other_languages_have_their_own_stems():
    assert analysis_for("de").stems("Die Prüfungen")[0] == analysis_for("de").stems("Prüfung")[0]


@given(answers, answers)
def test_and_or_and_not_mean_what_they_say(one, other):
    assert members(one & other) == members(one) & members(other)
    assert members(one | other) == members(one) | members(other)
    assert members(~one) == set(THINGS) - members(one)
    assert members(one * 2) == members(one)


@given(answers)
def test_everything_and_nothing_are_folded_in(one):
    assert members(one & EVERYTHING) == members(one)
    assert members(one | NOTHING) == members(one)
    assert members(one & NOTHING) == set()
    assert members(one | EVERYTHING) == set(THINGS)


@given(some, some)
def test_weaker_matches_come_after_all_others(strong, weak):
    ranked = Matches(strong).above(Matches(weak)).scores
    assert ranked.keys() == strong.keys() | weak.keys()
    lowest = min((ranked[thing] for thing in strong), default=0)
    assert all(ranked[thing] < lowest for thing in weak.keys() - strong.keys() if strong)


def test_a_snippet_shows_the_place_where_the_words_stand():
    text = "filler " * 100 + "the charger is checked before charging" + " filler" * 100
    shown = snippet([text], "chargers checked", ENGLISH)
    assert "<mark>charger</mark> is <mark>checked</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")


@given(st.text(max_size=600), st.text(max_size=30))
def test_nothing_written_in_a_page_becomes_markup(text, query):
    for shown in (snippet([text], query, ENGLISH), marked(text, query, ENGLISH)):
        assert "<" not in shown.replace("<mark>", "").replace("</mark>", "")
    assert len(snippet([text], "", ENGLISH)) <= 6 * LENGTH + 10


def test_a_script_is_shown_as_text():
    shown = snippet(["<script>alert('charger')</script>"], "charger", ENGLISH)
    assert shown == "&lt;script&gt;alert(&#x27;<mark>charger</mark>&#x27;)&lt;/script&gt;"


def test_a_snippet_is_free_of_markdown():
    markdown = "## Returns\n\n- **Check** the [seal](https://example.org/x)\n1. `Log` it"
    assert plain(markdown) == "Returns Check the seal Log it"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("charegr", "charger"),
        ("chargr safety", "charger safety"),
        ("Batery", "battery"),
        ("charger", None),
        ("BRF-0012", None),
        ("teh", None),
        ("xylophone", None),
    ],
)
def test_a_mistyped_title_word_is_guessed(typed, meant):
    assert corrected(typed, {"charger", "battery", "safety", "changes"}) == meant


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "abd", 1), ("abc", "ab", 1), ("a", "xyz", 3)],
)
def test_edits_are_counted(one, other, count):
    assert edits(one, other, 5) == count


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_the_limit_only_cuts_the_count_short(one, other):
    full = edits(one, other, 99)
    assert full == edits(other, one, 99)
    assert min(edits(one, other, 2), 3) == min(full, 3)
