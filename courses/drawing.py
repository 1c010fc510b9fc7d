"""Which questions an attempt is given. Pure but for the chance that is handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from courses.models import QuestionVersion, Slot


@dataclass(frozen=True)
class Candidate:
    """What a slot may ask for, of a question that can be drawn."""

    version: QuestionVersion
    tags: frozenset[str]


def fits(slot: Slot, candidate: Candidate) -> bool:
    question = candidate.version.question
    return (
        (not slot.tag or slot.tag.casefold() in candidate.tags)
        and (not slot.competence_id or slot.competence_id == question.competence_id)
        and (not slot.difficulty or slot.difficulty == question.difficulty)
    )


def draw(
    slots: Sequence[Slot], candidates: Sequence[Candidate], seen: Mapping[int, int], chance: Random
) -> list[QuestionVersion]:
    """In the order of the slots, no question twice. `seen`: how often whoever asks was given each question (ids).

    What is named is drawn first, then at random: of those that were never seen, then of those seen least. A slot for
    which too few are left gives what there is.
    """
    by_question = {candidate.version.question_id: candidate for candidate in candidates}
    taken = {slot.question_id for slot in slots if not slot.is_random}
    drawn: list[QuestionVersion] = []
    for slot in slots:
        if not slot.is_random:
            named = by_question.pop(slot.question_id, None)
            drawn += [named.version] if named else []
            continue
        fitting = [one for one in candidates if one.version.question_id not in taken and fits(slot, one)]
        chance.shuffle(fitting)
        fitting.sort(key=lambda one: seen.get(one.version.question_id, 0))
        drawn += [one.version for one in fitting[: slot.count]]
        taken |= {one.version.question_id for one in fitting[: slot.count]}
    return drawn
