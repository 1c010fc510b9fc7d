"""What an attempt is worth once some of its questions count in another way, as a table."""

from fractions import Fraction

import pytest

from courses.kinds import WHOLE, FreeText, Option, ShortAnswer, SingleChoice, TrueFalse
from courses.kinds.texts import Answer
from courses.models import Treatment
from courses.regrading import Given, Rule, regraded, why_not_by
from tests.courses.kinds_of_question import OF_EACH_KIND

HALF = Fraction(1, 2)
FULL = SingleChoice(stem="How full?", options=(Option("Half", HALF), Option("Full", WHOLE)))
EMPTY_KEY = SingleChoice(stem="How full?", points=5, options=(Option("Half"), Option("Full", WHOLE)))
ALL, NONE = Rule(Treatment.EVERYONE), Rule(Treatment.NOT_COUNTED)

# Two questions, of 1 and of 3 points; the first answered “Half” and wrong, the second right.
ANSWERS = [Given(1, Fraction(0), 1, {"chosen": [0]}), Given(2, WHOLE, 3, {"chosen": [1]})]


@pytest.mark.parametrize(
    ("rules", "points", "possible"),
    [
        ({}, 3, 4),
        ({1: ALL}, 4, 4),
        ({1: NONE}, 3, 3),
        ({2: NONE}, 0, 1),
        ({1: NONE, 2: NONE}, 0, 0),
        ({1: Rule(Treatment.KEY, FULL)}, Fraction(7, 2), 4),
        # Another key brings no other points than the question was said to.
        ({1: Rule(Treatment.KEY, EMPTY_KEY)}, 3, 4),
        ({1: ALL, 2: NONE}, 1, 1),
        ({1: Rule(Treatment.KEY, FULL), 2: ALL}, Fraction(7, 2), 4),
        ({7: ALL}, 3, 4),
    ],
)
def test_treatments_combine(rules, points, possible):
    found = regraded(ANSWERS, rules)
    assert (found.points, found.possible) == (points, possible)


def test_what_nobody_answered_is_given_too():
    assert regraded([Given(1, Fraction(0), 2, {})], {1: ALL}).points == 2


def test_nobody_passes_by_a_quiz_of_which_nothing_counts():
    assert not regraded(ANSWERS, {1: NONE, 2: NONE}).passes(0)


@pytest.mark.parametrize("content", OF_EACH_KIND.values(), ids=OF_EACH_KIND)
def test_a_key_grades_what_was_given_on_its_own_sheet(content):
    assert bool(why_not_by(content, content.kind, content.sheet())) == isinstance(content, FreeText)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (SingleChoice(stem="?", options=(Option("Full"), Option("Half", WHOLE))), "other places"),
        (SingleChoice(stem="?", options=(Option("Half", WHOLE), Option("Full"), Option("Empty"))), "other options"),
        (TrueFalse(stem="?", is_true=True), "another kind"),
        (SingleChoice(stem="Other words?", options=(Option("Half", WHOLE), Option("Full"))), ""),
    ],
)
def test_a_key_grades_no_answers_to_other_options(given, why):
    found = why_not_by(FULL, given.kind, given.sheet())
    assert why in found if why else not found


def test_a_hint_may_change_with_the_key():
    strict = ShortAnswer(stem="?", answers=(Answer("Sand"),), case_matters=True)
    lax = ShortAnswer(stem="?", answers=(Answer("Sand"),))
    assert why_not_by(lax, strict.kind, strict.sheet()) == ""
