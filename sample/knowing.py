"""How well people know what they are asked: drawn by name, so that whoever is good at it stays so. Pure."""

from math import log
from random import Random

from sample.habits import draw
from sample.questions import Question

EASE = {"easy": 3.0, "": 2.2, "medium": 2.2, "hard": 0.8}
# What a look at the last try's feedback is worth.
LEARNED = 0.6
UNPREPARED = -2.5


def ability(username: str) -> float:
    """Around 0, and seldom beyond 3."""
    return sum(draw(-140, 140, "ability", username, number) for number in range(3)) / 100


def ease(question: Question) -> float:
    return EASE[question.difficulty] + draw(-90, 90, "ease", question.says.stem) / 100


def margin(username: str, question: Question, tries: int, chance: Random, *, fails: bool) -> float:
    """Above 0 they know it, below they do not: ability less difficulty, and a day's luck (Rasch's model). Whoever is to
    fail did not read what they acknowledged."""
    luck = min(max(chance.random(), 0.001), 0.999)
    known = ability(username) + LEARNED * (tries - 1) + (UNPREPARED if fails else 0)
    return known + ease(question) + log(luck / (1 - luck))
