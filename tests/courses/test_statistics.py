"""What answers say about a question: figures reckoned by hand, and what holds of any answers."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.kinds import (
    WHOLE,
    FreeText,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Numerical,
    Option,
    Pair,
    SingleChoice,
    Unit,
)
from courses.statistics import MINIMUM, Row, correlation, seconds_taken, statistics_of
from tests.scenes import NOON

HALF = Fraction(1, 2)
CHOICE = SingleChoice(stem="How full?", options=(Option("Half", WHOLE), Option("Full"), Option("Empty")))


def rows(*answers, says=CHOICE):
    """`answers` are (place chosen, share of the rest reached in tenths)."""
    return [_row(number, {"chosen": [place]}, rest, says) for number, (place, rest) in enumerate(answers, 1)]


def _row(number, response, rest, says):
    share = None if rest is None else Fraction(rest, 10)
    return Row(number, question=1, version=1, worth=says.worth(response), response=response, rest=share)


def of(*answers, says=CHOICE):
    [found] = statistics_of(rows(*answers, says=says), {1: says})
    return found


def said(*answers, says=CHOICE):
    return [finding.words for finding in of(*answers, says=says).findings]


GOOD = [(0, 9), (0, 9), (0, 8), (0, 8), (0, 7), (1, 6), (0, 5), (1, 3), (2, 2), (1, 1)]
HARMFUL = [(1, 9), (1, 9), (1, 8), (0, 8), (2, 7), (0, 6), (0, 5), (0, 3), (0, 2), (0, 1)]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], None),
        ([(1, 1)], None),
        ([(1, 1), (1, 2)], None),
        ([(1, 2), (2, 2)], None),
        ([(0, 0), (1, 1)], 1.0),
        ([(0, 1), (1, 0)], -1.0),
        # Means 1/2 and 1/2; sum of products 0.
        ([(0, 0), (0, 1), (1, 0), (1, 1)], 0.0),
        # Means 1/2 and 5/2; products 3/4 + 1/4 + 1/4 + 3/4 = 2; spreads 1 and 5: 2 / sqrt 5.
        ([(0, 1), (0, 2), (1, 3), (1, 4)], 2 / 5**0.5),
        # Means 2/4 and 10/4; products 3/4 - 1/4 - 1/4 + 3/4 = 1; spreads 1 and 5: 1 / sqrt 5.
        ([(0, 1), (1, 2), (0, 3), (1, 4)], 1 / 5**0.5),
    ],
)
def test_a_correlation_is_as_reckoned_by_hand(pairs, expected):
    assert correlation([(Fraction(x), Fraction(y)) for x, y in pairs]) == pytest.approx(expected)


def test_facility_is_the_mean_worth():
    assert of(*GOOD).facility == Fraction(6, 10)
    partly = SingleChoice(stem="?", options=(Option("A", WHOLE), Option("B", HALF), Option("C", -HALF)))
    assert of((0, 1), (1, 1), (2, 1), (2, 1), says=partly).facility == Fraction(1, 8)


def test_a_question_is_not_compared_with_itself():
    """Of the quiz as a whole everyone who has it right has more; of the rest, both the same."""
    assert of((0, 5), (0, 5), (1, 5), (1, 5)).discrimination is None
    assert of((0, None), (1, None)).discrimination is None


def test_a_question_that_tells_apart_who_knows_more_has_nothing_said_against_it():
    found = of(*GOOD)
    assert found.discrimination > 0.6
    assert found.findings == []


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (HARMFUL, "Those who know most get this wrong"),
        (HARMFUL, "Of the best third, 3 of 4 chose “Full”, and 1 the right answer."),
        ([(0, rest) for rest in range(10)], "Too easy"),
        ([(0, rest) for rest in range(10)], "Nobody chose “Full”, “Empty”"),
        ([(1 + rest % 2, rest) for rest in range(10)], "Too hard"),
    ],
)
def test_what_does_harm_is_said_in_a_sentence_with_the_attempts_it_rests_on(answers, words):
    [sentence] = [sentence for sentence in said(*answers) if words in sentence]
    assert sentence.endswith("(10 attempts)")


def test_of_too_few_attempts_nothing_is_concluded():
    assert said(*HARMFUL[:6]) == ["Too few attempts (6) to say."]
    assert said(*HARMFUL[: MINIMUM - 1]) == ["Too few attempts (9) to say."]


def test_each_answer_is_counted_and_by_the_best_and_the_weakest_third():
    found = of(*GOOD)
    assert (found.upper, found.lower) == (4, 3)  # of ten three, and one who is level with the third
    told = [(choice.text, choice.is_right, choice.count, choice.upper, choice.lower) for choice in found.choices]
    assert told == [("Half", True, 6, 4, 0), ("Full", False, 3, 0, 2), ("Empty", False, 1, 0, 1)]


def test_where_all_are_level_there_are_no_thirds():
    found = of(*[(place % 3, 5) for place in range(12)])
    assert (found.upper, found.lower) == (0, 0)


NUMBER = Numerical(stem="?", answers=(NumberAnswer(Fraction(30), Fraction(1)),), units=(Unit("mV"),))
MATCHING = Matching(stem="?", pairs=(Pair("Cells", "B2"), Pair("Bands", "Shelf")))
MANY = MultipleChoice(stem="?", options=(Option("A", HALF), Option("B", HALF), Option("C", -HALF)))


@pytest.mark.parametrize(
    ("says", "responses", "expected"),
    [
        (
            NUMBER,
            [{"text": "30 mV"}, {"text": " 30  mV"}, {"text": "3"}, {"text": "3"}, {"text": "7"}, {}],
            [("3", False, 2), ("30 mV", True, 2), ("Other answers", None, 1), ("No answer", None, 1)],
        ),
        (MANY, [{"chosen": [0, 1]}, {"chosen": [1, 2]}], [("A", True, 1), ("B", True, 2), ("C", False, 1)]),
        (
            MATCHING,
            [{"placed": [0, 1]}, {"placed": [1, None]}],
            [
                ("Cells: B2", True, 1),
                ("Cells: Shelf", False, 1),
                ("Bands: Shelf", True, 1),
            ],
        ),
        (FreeText(stem="?"), [{"text": "I, Ada, think"}, {"text": "I, Ada, think"}], []),
    ],
)
def test_answers_of_other_kinds_are_counted_too(says, responses, expected):
    given = [_row(number, response, number, says) for number, response in enumerate(responses)]
    [found] = statistics_of(given, {1: says})
    assert [(choice.text, choice.is_right, choice.count) for choice in found.choices] == expected


def test_another_version_is_another_question():
    later = [Row(9, 1, 2, WHOLE, {"chosen": [0]}, HALF)]
    found = statistics_of([*rows(*GOOD), *later], {1: CHOICE, 2: CHOICE})
    assert [(one.version, one.attempts) for one in found] == [(1, 10), (2, 1)]


def test_time_is_that_since_the_answer_saved_before():
    """Two that were saved in one moment stood on one page: how long each took is not known."""

    def after(seconds):
        return NOON + timedelta(seconds=seconds)

    saved = {1: after(90), 2: after(30), 3: None, 4: after(100), 5: after(100), 6: after(120)}
    assert seconds_taken(NOON, saved) == {2: 30, 1: 60, 6: 20}


answers = st.lists(st.tuples(st.integers(0, 2), st.none() | st.integers(-5, 10)), min_size=1, max_size=25)


@given(answers, st.randoms())
def test_the_order_of_the_answers_changes_nothing(given_answers, chance):
    some = rows(*given_answers)
    mixed = list(some)
    chance.shuffle(mixed)
    assert statistics_of(some, {1: CHOICE}) == statistics_of(mixed, {1: CHOICE})


@given(answers)
def test_figures_stay_within_their_bounds(given_answers):
    found = of(*given_answers)
    assert found.discrimination is None or -1 <= found.discrimination <= 1
    assert 0 <= found.facility <= 1
    assert sum(choice.count for choice in found.choices) == found.attempts == len(given_answers)
    assert all(choice.upper <= found.upper and choice.lower <= found.lower for choice in found.choices)
