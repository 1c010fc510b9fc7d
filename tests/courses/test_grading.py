import ast
import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses import grading
from courses.grading import Score, points, score

options = st.frozensets(st.integers(1, 6))


@pytest.mark.parametrize(
    ("right", "chosen", "worth"),
    [
        ({1}, {1}, 1),
        ({1}, {2}, 0),
        ({1}, set(), 0),
        ({1}, {1, 2}, 0),
        ({1, 3}, {1, 3}, 1),
        ({1, 3}, {1}, 0),
        ({1, 3}, {3}, 0),
        ({1, 3}, {1, 2, 3}, 0),
        ({1, 2, 3}, {1, 2, 3}, 1),
        ({1, 3}, set(), 0),
        (set(), set(), 0),
    ],
)
def test_a_question_is_worth_a_point_for_exactly_the_right_options(right, chosen, worth):
    assert points(right, chosen) == worth


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


@given(st.lists(st.tuples(options, options)))
def test_points_lie_between_none_and_one_a_question(answers):
    result = score(answers)
    assert 0 <= result.points <= result.possible == len(answers)


@given(st.lists(options.filter(bool), min_size=1))
def test_whoever_answers_all_right_passes_and_whoever_answers_nothing_fails(keys):
    assert score((key, key) for key in keys).passes(100)
    assert not score((key, frozenset()) for key in keys).passes(1)


def test_grading_knows_no_floats():
    nodes = list(ast.walk(ast.parse(inspect.getsource(grading))))
    assert not any(isinstance(node, ast.Div) for node in nodes)
    assert not any(isinstance(node, ast.Constant) and isinstance(node.value, float) for node in nodes)
