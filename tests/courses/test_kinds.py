"""What answers are worth. The cases are those of the published descriptions of GIFT and of Moodle's question types:
weights, negative marks, tolerance, letters' case, wildcards, units."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.kinds import (
    Answer,
    Content,
    Criterion,
    FreeText,
    Level,
    Matching,
    MissingWords,
    MultipleChoice,
    NumberAnswer,
    Numerical,
    Option,
    Ordering,
    Pair,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
    Unit,
    Word,
    check,
    content_from,
    encoded,
    is_answered,
    read,
    sheet_from,
    worth_of_levels,
)
from courses.kinds.hashing import canonical
from courses.kinds.texts import matches
from people.refusals import Refused
from tests.courses.kinds_of_question import OF_EACH_KIND, contents

F = Fraction
THIRD = F(1, 3)


def single(*worths):
    return SingleChoice(stem="?", options=tuple(Option(f"{place}", F(worth)) for place, worth in enumerate(worths)))


def multiple(*worths, is_whole=False):
    options = tuple(Option(f"{place}", F(worth)) for place, worth in enumerate(worths))
    return MultipleChoice(stem="?", options=options, is_whole=is_whole)


def short(*answers, case_matters=False):
    return ShortAnswer(
        stem="?", answers=tuple(Answer(text, F(worth)) for text, worth in answers), case_matters=case_matters
    )


def number(*answers, **more):
    return Numerical(stem="?", answers=tuple(NumberAnswer(*answer) for answer in answers), **more)


GRANT = single(1, "-1/2", 0)
TWO_OF_FOUR = multiple("1/2", "1/2", "-1/2", "-1/2")
THREE = multiple(THIRD, THIRD, THIRD, -1)
ULYSSES = number((F(1822), F(5)), (F(1822), F(50), F(1, 2)))
PI = number((F("3.1415"), F("0.0005")))
PAIRS = Matching(
    stem="?", pairs=(Pair("Canada", "Ottawa"), Pair("Italy", "Rome"), Pair("Japan", "Tokyo")), distractors=("Oslo",)
)
FOUR = Ordering(stem="?", items=("a", "b", "c", "d"))
LENGTH = number((F(2), F("0.1")), units=(Unit("m"), Unit("cm", F(100)), Unit("km", F("0.001"))))
NEEDED = number((F(2), F(0)), units=(Unit("m"), Unit("cm", F(100))), unit_is_needed=True)
PENALTY = number((F(2), F(0)), units=(Unit("m"),), unit_is_needed=True, unit_penalty=F(1, 10))


def chosen(*places):
    return {"chosen": list(places)}


def text(words):
    return {"text": words}


def placed(*places):
    return {"placed": list(places)}


TABLE = [
    # Single choice: the worth of what was chosen, which may be negative.
    (GRANT, chosen(0), 1),
    (GRANT, chosen(1), F(-1, 2)),
    (GRANT, chosen(2), 0),
    (GRANT, chosen(), 0),
    (GRANT, {}, 0),
    (single(1, 1, 0), chosen(1), 1),
    # Multiple choice with weights: added, never below nothing nor above the whole.
    (TWO_OF_FOUR, chosen(0, 1), 1),
    (TWO_OF_FOUR, chosen(0), F(1, 2)),
    (TWO_OF_FOUR, chosen(0, 2), 0),
    (TWO_OF_FOUR, chosen(0, 1, 2), F(1, 2)),
    (TWO_OF_FOUR, chosen(0, 1, 2, 3), 0),
    (TWO_OF_FOUR, chosen(2, 3), 0),
    (TWO_OF_FOUR, {}, 0),
    (THREE, chosen(0, 1, 2), 1),  # three thirds are one, not 0.99999
    (THREE, chosen(0, 1), F(2, 3)),
    (THREE, chosen(0, 1, 2, 3), 0),
    (multiple(1, "1/2", 0), chosen(0, 1), 1),
    # All or nothing.
    (multiple(1, 1, 0, is_whole=True), chosen(0, 1), 1),
    (multiple(1, 1, 0, is_whole=True), chosen(0), 0),
    (multiple(1, 1, 0, is_whole=True), chosen(0, 1, 2), 0),
    (multiple(1, 1, 0, is_whole=True), chosen(), 0),
    # True or false.
    (TrueFalse(stem="?", is_true=True), chosen(0), 1),
    (TrueFalse(stem="?", is_true=True), chosen(1), 0),
    (TrueFalse(stem="?", is_true=False), chosen(1), 1),
    (TrueFalse(stem="?", is_true=False), {}, 0),
    # Short answer: the first that matches; case, spaces, wildcards.
    (short(("Jimmy Carter", 1), ("Carter", "1/2")), text("Jimmy Carter"), 1),
    (short(("Jimmy Carter", 1), ("Carter", "1/2")), text("carter"), F(1, 2)),
    (short(("Jimmy Carter", 1)), text("  jimmy \n carter "), 1),
    (short(("Jimmy Carter", 1), case_matters=True), text("jimmy carter"), 0),
    (short(("Jimmy Carter", 1), case_matters=True), text("Jimmy Carter"), 1),
    (short(("*Carter*", 1)), text("President Jimmy Carter, 1977"), 1),
    (short(("ran*ing", 1)), text("ranging"), 1),
    (short(("ran*ing", 1)), text("raning"), 1),
    (short(("ran*ing", 1)), text("ranin"), 0),
    (short(("3 \\* 4", 1)), text("3 * 4"), 1),
    (short(("3 \\* 4", 1)), text("3 x 4"), 0),
    (short(("a.c", 1)), text("abc"), 0),  # no regular expression
    (short(("x", 1), ("*", 0)), text("y"), 0),
    (short(("*", "1/2"), ("x", 1)), text("x"), F(1, 2)),  # the first, not the best
    (short(("Straße", 1)), text("STRASSE"), 1),
    (short(("café", 1)), text("cafe\u0301"), 1),
    (short(("x", 1)), text(""), 0),
    (short(("*", 1)), text("   "), 0),
    # Numbers: from value - tolerance to value + tolerance, both in; signs, commas, exponents.
    (ULYSSES, text("1822"), 1),
    (ULYSSES, text("1827"), 1),
    (ULYSSES, text("1827.0001"), F(1, 2)),
    (ULYSSES, text("1872"), F(1, 2)),
    (ULYSSES, text("1873"), 0),
    (PI, text("3.141"), 1),
    (PI, text("3,142"), 1),
    (PI, text("3.1409"), 0),
    (PI, text("3.1421"), 0),
    (PI, text("314.15e-2"), 1),
    (PI, text("about 3.141"), 0),
    (PI, text("3.141 rad"), 0),
    (PI, text(""), 0),
    (number((F("0.3"), F("0.1"))), text("0.2"), 1),  # 0.3 - 0.1 is 0.19999999999999998 for a float
    (number((F(1000), F(0))), text("1 000"), 1),
    (number((F(1000), F(0))), text("1,000.0"), 1),
    (number((F(1000), F(0))), text("1,000"), 0),  # a comma is the decimal sign
    (number((F(-5), F(0))), text("\u22125"), 1),
    (number((F(2), F(0)), (None, F(0), F(1, 4))), text("7"), F(1, 4)),
    (number((F(50), F("0.02"), F(1), "", True)), text("51"), 1),
    (number((F(50), F("0.02"), F(1), "", True)), text("51.1"), 0),
    # Units: the number in each of them; left out where none is needed; a penalty where one is.
    (LENGTH, text("2 m"), 1),
    (LENGTH, text("2"), 1),
    (LENGTH, text("205cm"), 1),
    (LENGTH, text("0.002 km"), 1),
    (LENGTH, text("2 km"), 0),
    (LENGTH, text("2 mm"), 0),
    (NEEDED, text("2"), 0),
    (NEEDED, text("200 cm"), 1),
    (PENALTY, text("2"), F(9, 10)),
    (PENALTY, text("2 m"), 1),
    # Matching: each pair its share.
    (PAIRS, placed(0, 1, 2), 1),
    (PAIRS, placed(0, 2, 1), THIRD),
    (PAIRS, placed(0, None, None), THIRD),
    (PAIRS, placed(3, 3, 3), 0),
    (PAIRS, {}, 0),
    # Ordering: each that is followed by the one that belongs after it.
    (FOUR, placed(0, 1, 2, 3), 1),
    (FOUR, placed(1, 2, 3, 0), F(2, 3)),
    (FOUR, placed(3, 2, 1, 0), 0),
    (FOUR, placed(0, 1, None, None), THIRD),
    (FOUR, placed(0, 0, 1, 1), 0),
    (FOUR, {}, 0),
    # Missing words.
    (OF_EACH_KIND["missing-words"], placed(0, 2), 1),
    (OF_EACH_KIND["missing-words"], placed(0, 3), F(1, 2)),
    (OF_EACH_KIND["missing-words"], placed(None, None), 0),
    # What nobody answers, or an assessor marks.
    (OF_EACH_KIND["description"], {}, 0),
    (OF_EACH_KIND["free-text"], {}, 0),
]


@pytest.mark.parametrize(("content", "response", "worth"), TABLE)
def test_an_answer_is_worth(content, response, worth):
    assert content.worth(response) == worth


def test_the_rubric_says_what_a_free_text_is_worth():
    rubric = OF_EACH_KIND["free-text"].rubric
    assert [worth_of_levels(rubric, levels) for levels in ([0, 0], [1, 0], [0, 1], [1, 1])] == [0, F(2, 3), THIRD, 1]
    for levels in ([1], [1, 1, 1], [2, 0], [-1, 0]):
        with pytest.raises(Refused, match="one level for each criterion"):
            worth_of_levels(rubric, levels)


NOT_ASKABLE = [
    (single(0, 0), "No option is worth the whole"),
    (single(1), "at least two options"),
    (single(2, 0), "from -100 % to 100 %"),
    (SingleChoice(stem=" ", options=()), "has no text. Write what is asked"),
    (SingleChoice(stem="?", options=(Option("a", F(1)), Option(" a"))), "Two options say the same"),
    (SingleChoice(stem="?", options=(Option("a", F(1)), Option(" "))), "An option has no text"),
    (multiple(0, 0), "at least one right option"),
    (multiple("1/2", "1/3", 0), "together are not worth 100 %"),
    (short(("a", 0)), "No answer is worth the whole"),
    (short((" ", 1)), "An answer has no text"),
    (number((None, F(0))), "No number is worth the whole"),
    (number((F(1), F(-1))), "A tolerance is not below 0"),
    (number((F(1),), unit_is_needed=True), "none is named"),
    (number((F(1),), units=(Unit("m"),), unit_is_needed=True, unit_penalty=F(-1)), "from 0 to 100 %"),
    (number((F(1),), units=(Unit("m", F(0)),)), "a factor that is not 0"),
    (Matching(stem="?", pairs=(Pair("a", "b"),)), "At least two pairs"),
    (Matching(stem="?", pairs=(Pair("a", "b"), Pair("c", "b"))), "All pairs have one answer"),
    (Matching(stem="?", pairs=(Pair("a", "b"), Pair("c", " "))), "A pair has no answer"),
    (Ordering(stem="?", items=("a",)), "At least two items"),
    (Ordering(stem="?", items=("a", "a")), "Two options say the same"),
    (MissingWords(stem="no gap", word_list=(Word("a"), Word("b")), answers=()), "Gaps are written"),
    (MissingWords(stem="[[2]]", word_list=(Word("a"), Word("b")), answers=(0,)), "Gaps are written"),
    (MissingWords(stem="[[1]]", word_list=(Word("a"), Word("b")), answers=(2,)), "Name the right word of each"),
    (MissingWords(stem="[[1]]", word_list=(Word("a"), Word("b", 2)), answers=(0,)), "one word to choose from"),
    (FreeText(stem="?", rubric=()), "at least one criterion"),
    (FreeText(stem="?", rubric=(Criterion("a", (Level("x", 0),)),)), "Complete “a”"),
    (FreeText(stem="?", rubric=(Criterion("a", (Level("x", 1), Level("y", 2))),)), "Complete “a”"),
    (TrueFalse(stem="?", is_true=True, points=0), "1 to 100 points"),
]


@pytest.mark.parametrize(("content", "sentence"), NOT_ASKABLE)
def test_what_cannot_be_asked_is_refused(content, sentence):
    with pytest.raises(Refused, match=sentence):
        content.check()


def posted_for(content: Content, response, order):
    """What a form posts of a response, in the order shown."""
    if "placed" in response:
        return {
            str(shown): [
                "" if response["placed"][prompt] is None else str(order["options"].index(response["placed"][prompt]))
            ]
            for shown, prompt in enumerate(order["prompts"])
        }
    if "chosen" in response:
        return {"": [str(order["options"].index(place)) for place in response["chosen"]]}
    return {"": [response["text"]]}


@given(contents, st.randoms(use_true_random=False))
def test_the_right_answer_is_worth_the_whole_in_whatever_order_it_is_shown(content, chance):
    content.check()
    sheet, right = content.sheet(), content.right()
    if not right or content.is_marked:
        return
    order = sheet.order(shuffles=True, chance=chance)
    response = read(sheet, order, posted_for(content, right, order))
    check(sheet, response)
    assert response == right
    assert is_answered(response)
    assert content.worth(response) == 1


@given(contents)
def test_what_is_kept_is_what_was_written(content):
    assert content_from(content.kind, content.as_json()) == content
    assert sheet_from(encoded(content.sheet())) == content.sheet()


@given(contents, contents)
def test_two_contents_have_the_same_bytes_only_if_they_are_the_same(one, other):
    assert (canonical(one, "n", 2) == canonical(other, "n", 2)) is (one == other)


def test_what_was_written_before_is_hashed_as_it_was():
    content = single(1, 0)
    first = b'cairn/question/v1\n{"explanation":"","kind":"single","nonce":"n","options":['
    assert canonical(content, "n", 1).startswith(first)
    with pytest.raises(ValueError, match="never written in the first form"):
        canonical(TWO_OF_FOUR, "n", 1)


def test_what_was_written_before_options_could_be_markdown_stays_what_it_is():
    kept = {"stem": "?", "explanation": "", "points": 1, "keeps_order": False}
    kept["options"] = [{"text": text, "worth": worth, "feedback": ""} for text, worth in (("*a*", "1"), ("b", "0"))]
    content = content_from("single", kept)
    assert not content.has_markdown
    assert canonical(content, "n", 2) == (
        b'cairn/question/v2\n{"explanation":"","keeps_order":false,"kind":"single","nonce":"n","options":['
        b'{"feedback":"","text":"*a*","worth":"1"},{"feedback":"","text":"b","worth":"0"}],"points":1,"stem":"?"}'
    )
    sheet = {"form": "one", "options": ["*a*", "b"], "prompts": [], "offers": [], "options_shuffled": "if asked"}
    assert sheet_from(sheet) == content.sheet()


@pytest.mark.parametrize("kind", ["matching", "ordering", "missing-words"])
def test_what_its_order_would_tell_is_shuffled_in_every_quiz(kind):
    """Whatever the quiz says: the numbers in the page count what is shown, so that they say nothing."""
    sheet = OF_EACH_KIND[kind].sheet()
    orders = [sheet.order(shuffles=False, chance=Random(seed)) for seed in range(20)]
    shuffled = "prompts" if kind == "ordering" else "options"
    assert len({tuple(order[shuffled]) for order in orders}) > 1


def test_options_keep_their_order_where_the_question_says_so():
    content = SingleChoice(stem="?", keeps_order=True, options=tuple(Option(f"{n}", F(n == 0)) for n in range(9)))
    assert content.sheet().order(shuffles=True, chance=Random(1))["options"] == list(range(9))
    assert single(*[1] * 9).sheet().order(shuffles=True, chance=Random(1))["options"] != list(range(9))


@pytest.mark.parametrize("content", OF_EACH_KIND.values(), ids=OF_EACH_KIND)
def test_a_sheet_holds_no_feedback_and_no_explanation(content):
    said = str(encoded(content.sheet()))
    for secret in ("Half.", "It ages", "It bridges", "may burn", "Say which", "Right.", "bystanders", "-1/2"):
        assert secret not in said


@given(st.text("ab*", max_size=12), st.text("ab", max_size=12))
def test_wildcards_match_as_the_shell_has_them(pattern, given_text):
    from fnmatch import fnmatchcase

    assert matches(pattern, given_text) is fnmatchcase(given_text, pattern)
