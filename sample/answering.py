"""What someone answers to a whole quiz: rightly what they know, wrongly what they do not. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from courses.grading import score
from courses.kinds import NOTHING, WHOLE, Content, FreeText, Response, worth_of_levels
from sample.questions import Question
from sample.wrong_answers import wrong


@dataclass(frozen=True)
class Asked:
    question: Question
    says: Content


@dataclass(frozen=True)
class Given:
    response: Response
    worth: Fraction


def responses(
    asked: Sequence[Asked], margins: Sequence[float], *, pass_percent: int, fails: bool, chance: Random
) -> list[Response]:
    """`margins`: by how much each is known. What is known least is missed first, until it fails where it is to fail;
    what is missed by least is known after all, until it passes where it is to pass."""
    right = [_rightly(one, chance) for one in asked]
    wrong = [_wrongly(one, chance) for one in asked]

    def passes(missed: set[int]) -> bool:
        given = [wrong[place] if place in missed else right[place] for place in range(len(asked))]
        worth = ((it.worth, one.says.possible) for it, one in zip(given, asked, strict=True))
        return score(worth).passes(pass_percent)

    told_apart = [place for place, one in enumerate(asked) if one.says.possible and not one.question.misleads]
    by_margin = sorted(told_apart, key=lambda place: margins[place])
    missed = {place for place in by_margin if margins[place] < 0}
    for place in by_margin:
        if fails and passes(missed):
            missed.add(place)
    for place in reversed(by_margin):
        if not fails and not passes(missed):
            missed.discard(place)
    misleading = {place for place, one in enumerate(asked) if one.question.misleads}
    if not missed and passes(misleading):
        missed = misleading
    return [(wrong if place in missed else right)[place].response for place in range(len(asked))]


def _rightly(one: Asked, chance: Random) -> Given:
    if isinstance(one.says, FreeText):
        return chance.choice([it for it in _written(one.question, one.says) if it.worth == WHOLE])
    return Given(one.says.right(), WHOLE)


def _wrongly(one: Asked, chance: Random) -> Given:
    if isinstance(one.says, FreeText):
        return chance.choice([it for it in _written(one.question, one.says) if it.worth < WHOLE])
    if not one.says.possible:
        return Given({}, NOTHING)
    if one.question.misleads:
        right = one.says.right()["chosen"]
        return Given({"chosen": [0 if right != [0] else 1]}, NOTHING)
    response = wrong(one.says, chance, nobody=one.question.nobody)
    return Given(response, one.says.worth(response))


def _written(question: Question, says: FreeText) -> list[Given]:
    """Worth what an assessor will find of it."""
    return [Given({"text": it.text}, worth_of_levels(says.rubric, it.levels)) for it in question.written]
