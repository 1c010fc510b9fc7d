from collections import Counter
from random import Random

import pytest

from courses.actions import start_attempt, submit_attempt, withdraw_question, write_question
from courses.models import Slot
from people.refusals import Refused
from tests.courses.quiz_scenes import a_choice, a_course, a_question
from tests.scenes import NOON, hire

pytestmark = pytest.mark.django_db


def banked(name, **filed):
    return write_question(a_choice(stem=name), name=name, by=None, at=NOON, **filed).question


def a_quiz(*slots, **quiz):
    """A course that has no questions of its own."""
    course = a_course(questions=0, **quiz)
    for place, slot in enumerate(slots):
        Slot.objects.create(course=course, sort_order=place, **slot)
    return course


def drawn(course, person, seed=1):
    """The names of what an attempt is given, in its order; it is handed in at once."""
    attempt = start_attempt(course, chance=Random(seed), by=person, at=NOON)
    submit_attempt(attempt, by=person, at=NOON)
    return [asked.version.question.name for asked in attempt.asked.select_related("version__question")]


def test_slots_name_questions_or_draw_them_by_tag_competence_and_difficulty():
    course = a_quiz({"tag": "Cells", "count": 2}, {"difficulty": 3, "count": 5})
    named = banked("named", tags=["cells"])
    for place in range(4):
        banked(f"cells {place}", tags=["cells"], difficulty=1)
    banked("hard", difficulty=3, competence=course.teaches)
    Slot.objects.create(course=course, sort_order=0, question=named)
    Slot.objects.create(course=course, sort_order=9, competence=course.teaches)
    names = drawn(course, hire())
    assert Counter(name.split()[0] for name in names) == {"named": 1, "cells": 2, "hard": 1}
    assert len(set(names)) == len(names)


def test_what_was_never_seen_comes_first_and_then_what_was_seen_least():
    course, person = a_quiz({"tag": "cells", "count": 2}), hire()
    for place in range(5):
        banked(f"cells {place}", tags=["cells"])
    seen = Counter(name for seed in range(5) for name in drawn(course, person, seed))
    assert sorted(seen.values()) == [2] * 5


def test_another_person_and_another_chance_draw_other_questions():
    course = a_quiz({"tag": "cells", "count": 3})
    for place in range(9):
        banked(f"cells {place}", tags=["cells"])
    assert len({tuple(drawn(course, hire(), seed)) for seed in range(6)}) > 1
    assert drawn(course, hire(), 3) == drawn(course, hire(), 3)


def test_drafts_and_withdrawn_questions_are_not_drawn():
    course = a_quiz({"tag": "cells", "count": 9})
    banked("asked", tags=["cells"])
    banked("draft", tags=["cells"], is_draft=True)
    withdraw_question(banked("withdrawn", tags=["cells"]), reason="Wrong.", by=None, at=NOON)
    assert drawn(course, hire()) == ["asked"]


def test_a_quiz_that_would_ask_nothing_does_not_start():
    with pytest.raises(Refused, match="has no questions yet"):
        start_attempt(a_quiz({"tag": "no such"}), by=hire(), at=NOON)


def test_a_shuffled_quiz_shows_questions_and_options_in_another_order_and_grades_what_was_meant():
    course, person = a_course(questions=6, shuffles=True), hire()
    orders, shown = set(), set()
    for seed in range(4):
        attempt = start_attempt(course, chance=Random(seed), by=person, at=NOON)
        asked = list(attempt.asked.select_related("version"))
        orders.add(tuple(question.version_id for question in asked))
        shown |= {tuple(question.order["options"]) for question in asked}
        right = {question.pk: question.version.says.right() for question in asked}
        assert submit_attempt(attempt, answers=right, by=person, at=NOON).points == 6
    assert len(orders) > 1
    assert len(shown) > 1


def test_without_slots_a_quiz_asks_its_own_questions_in_their_order():
    course = a_course(questions=0)
    for stem in ("first", "second", "third"):
        a_question(course, stem=stem)
    banked("of the bank")
    attempt = start_attempt(course, by=hire(), at=NOON)
    assert [asked.version.stem for asked in attempt.asked.select_related("version")] == ["first", "second", "third"]


def test_a_question_that_two_slots_name_is_asked_once():
    one = banked("one")
    assert drawn(a_quiz({"question": one}, {"question": one}), hire()) == ["one"]
