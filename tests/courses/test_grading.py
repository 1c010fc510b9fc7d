import ast
import inspect
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses import grading
from courses.grading import Score, in_words, score

worths = st.fractions(-1, 1, max_denominator=12)
shares = st.fractions(0, 1, max_denominator=12)
possible_points = st.integers(0, 9)


@pytest.mark.parametrize(
    ("earned", "possible", "pass_percent", "passes"),
    [
        (4, 5, 80, True),
        (3, 5, 80, False),
        (79, 100, 80, False),
        (80, 100, 80, True),
        (2, 3, 67, False),
        (2, 3, 66, True),
        (1, 3, 33, True),
        (1, 3, 34, False),
        (29, 100, 29, True),  # 0.29 * 100 is 28.999999999999996
        (57, 100, 57, True),  # 0.57 * 100 is 56.99999999999999
        (3, 3, 100, True),
        (2, 3, 100, False),
        (0, 3, 1, False),
        (0, 0, 1, False),
    ],
)
def test_the_pass_mark_is_met_exactly(earned, possible, pass_percent, passes):
    assert Score(earned, possible).passes(pass_percent) is passes


@given(st.integers(0, 200), st.integers(1, 200), st.integers(1, 100))
def test_the_percentage_shown_reaches_the_pass_mark_when_the_score_does(earned, possible, pass_percent):
    earned = min(earned, possible)
    shown = Score(earned, possible)
    assert shown.passes(pass_percent) is (shown.percent >= pass_percent)


@given(st.lists(st.tuples(shares, possible_points)))
def test_points_lie_between_none_and_what_the_questions_can_bring(answers):
    result = score(answers)
    assert 0 <= result.points <= result.possible


@given(st.lists(st.tuples(worths, possible_points)), st.randoms())
def test_no_order_of_questions_changes_the_score(answers, chance):
    other = answers[:]
    chance.shuffle(other)
    assert score(answers) == score(other)


@given(st.lists(possible_points.filter(bool), min_size=1))
def test_whoever_answers_all_right_passes_and_whoever_answers_nothing_fails(possible):
    assert score((Fraction(1), points) for points in possible).passes(100)
    assert not score((Fraction(0), points) for points in possible).passes(1)


@pytest.mark.parametrize(
    ("points", "words"),
    [("0", "0"), ("7", "7"), ("7/3", "2.33"), ("2/3", "0.66"), ("5/2", "2.5"), ("-1/3", "-0.34"), ("199/100", "1.99")],
)
def test_points_are_told_with_two_places_never_more_than_they_are(points, words):
    assert in_words(Fraction(points)) == words


def test_grading_knows_no_floats():
    nodes = list(ast.walk(ast.parse(inspect.getsource(grading))))
    assert not any(isinstance(node, ast.Div) for node in nodes)
    assert not any(isinstance(node, ast.Constant) and isinstance(node.value, float) for node in nodes)
