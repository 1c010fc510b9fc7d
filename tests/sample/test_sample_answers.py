"""What people of the sample answer: pure, and the same at each loading."""

from random import Random

import pytest

from courses.grading import score
from courses.kinds import WHOLE, Description, FreeText, check
from sample.answering import Asked, responses
from sample.knowing import ability, margin
from sample.wrong_answers import WRONG, wrong


@pytest.fixture(scope="session")
def askings(brisk):
    return {key: [Asked(it, it.says) for it in course.questions] for key, course in brisk.courses.items()}


def test_each_kind_that_cairn_grades_can_be_got_wrong(askings):
    kinds = {one.says.kind for asked in askings.values() for one in asked}
    assert set(WRONG) == kinds - {FreeText.kind, Description.kind}


def test_a_wrong_answer_fits_the_question_and_is_worth_less_than_the_whole(askings):
    worths = {}
    for one in (one for asked in askings.values() for one in asked if one.says.kind in WRONG):
        for seed in range(12):
            response = wrong(one.says, Random(seed), nobody=one.question.nobody)
            check(one.says.sheet(), response)
            worths.setdefault(one.says.kind, set()).add(one.says.worth(response))
            chosen = response.get("chosen", ())
            assert not any(one.says.sheet().options[place] == one.question.nobody for place in chosen)
    assert all(worth < WHOLE for found in worths.values() for worth in found)
    assert {kind for kind, found in worths.items() if max(found) > 0} >= {"multiple", "matching", "ordering"}


def _answered(asked, username, fails):
    chance = Random(username)
    margins = [margin(username, one.question, 1, chance, fails=fails) for one in asked]
    return responses(asked, margins, pass_percent=80, fails=fails, chance=chance)


@pytest.mark.parametrize("fails", [True, False])
def test_who_is_to_fail_fails_and_who_is_to_pass_passes(brisk, askings, fails):
    for key, asked in askings.items():
        if brisk.courses[key].assessor:
            continue
        for username in brisk.people:
            given = _answered(asked, username, fails)
            worths = [(one.says.worth(it), one.says.possible) for one, it in zip(asked, given, strict=True)]
            assert score(worths).passes(80) is not fails, (key, username)


def test_an_assessor_finds_what_the_files_say_of_each_text(askings):
    for one in (one for one in askings["taking-over"] if isinstance(one.says, FreeText)):
        texts = {it.text for it in one.question.written}
        place = askings["taking-over"].index(one)
        given = {
            _answered(askings["taking-over"], f"{number}", fails=number % 2 == 0)[place]["text"] for number in range(40)
        }
        assert given == texts


def test_those_who_know_most_are_misled_and_only_they(brisk, askings):
    asked = askings["essentials"]
    place = next(place for place, one in enumerate(asked) if one.question.misleads)
    for username in brisk.people:
        given = _answered(asked, username, fails=False)
        right = [one.says.worth(it) == WHOLE for one, it in zip(asked, given, strict=True)]
        rest = right[:place] + right[place + 1 :]
        assert right[place] is not all(rest), username


def test_who_is_able_misses_less(brisk, askings):
    people = sorted(brisk.people, key=ability)
    chance = Random(1)
    third = len(people) // 3
    lost = [
        sum(margin(username, one.question, 1, chance, fails=False) < 0 for one in askings["essentials"])
        for username in people
    ]
    assert sum(lost[:third]) > 2 * sum(lost[-third:])


def test_answers_are_the_same_twice(askings):
    asked = askings["batteries"]
    assert _answered(asked, "mai.pham", fails=False) == _answered(asked, "mai.pham", fails=False)
