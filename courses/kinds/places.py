"""Matching, ordering, and words that are missing: something is put in each place."""

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from courses.kinds.content import NOTHING, WHOLE, Content, check_texts
from courses.kinds.sheets import Form, Response, Sheet, Shuffled
from people.refusals import Refused

GAP = re.compile(r"\[\[(\d{1,2})\]\]")


@dataclass(frozen=True)
class Pair:
    prompt: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Matching(Content):
    """Each prompt that has its answer brings its share. `distractors` are answers to none."""

    kind = "matching"
    words = "Matching"

    pairs: tuple[Pair, ...]
    distractors: tuple[str, ...] = ()

    def _check(self) -> None:
        if len(self.pairs) < 2:
            raise Refused("At least two pairs are to be matched. Add one.")
        if not all(pair.answer.strip() for pair in self.pairs):
            raise Refused("A pair has no answer. Write it, or leave the pair out.")
        check_texts([pair.prompt.strip() for pair in self.pairs])
        if len(self._answers()) < 2:
            raise Refused("All pairs have one answer. Add another answer to choose from.")

    def sheet(self) -> Sheet:
        return Sheet(
            Form.PLACES,
            options=self._answers(),
            prompts=tuple(pair.prompt for pair in self.pairs),
            options_shuffled=Shuffled.ALWAYS,
            prompts_shuffled=Shuffled.IF_ASKED,
        )

    def worth(self, response: Response) -> Fraction:
        return _share(self.right()["placed"], response)

    def right(self) -> Response:
        answers = self._answers()
        return {"placed": [answers.index(pair.answer) for pair in self.pairs]}

    def _answers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*(pair.answer for pair in self.pairs), *self.distractors]))


@dataclass(frozen=True, kw_only=True)
class Ordering(Content):
    """`items` in their right order. Each that is followed by the one that belongs after it brings its share."""

    kind = "ordering"
    words = "Ordering"

    items: tuple[str, ...]

    def _check(self) -> None:
        if len(self.items) < 2:
            raise Refused("At least two items are to be put in order. Add one.")
        check_texts([item.strip() for item in self.items])

    def sheet(self) -> Sheet:
        return Sheet(
            Form.PLACES,
            options=tuple(str(place) for place in range(1, len(self.items) + 1)),
            prompts=self.items,
            prompts_shuffled=Shuffled.ALWAYS,
            hint="1 comes first.",
        )

    def worth(self, response: Response) -> Fraction:
        placed = response.get("placed", ())
        if len(placed) != len(self.items):
            return NOTHING
        followed = sum(
            one is not None and other is not None and other == one + 1 and placed.count(one) == placed.count(other) == 1
            for one, other in pairwise(placed)
        )
        return Fraction(followed, len(self.items) - 1)

    def right(self) -> Response:
        return {"placed": list(range(len(self.items)))}


@dataclass(frozen=True)
class Word:
    """Words of a group are offered in the gaps of that group."""

    text: str
    group: int = 1


@dataclass(frozen=True, kw_only=True)
class MissingWords(Content):
    """The stem has its gaps as [[1]], [[2]], … in reading order; `answers`: the place of the word that fills each."""

    kind = "missing-words"
    words = "Missing words"

    word_list: tuple[Word, ...]
    answers: tuple[int, ...]

    def _check(self) -> None:
        gaps = [int(number) for number in GAP.findall(self.stem)]
        if not gaps or gaps != list(range(1, len(gaps) + 1)):
            raise Refused("Gaps are written [[1]], [[2]], … in the order in which one reads them. Number them so.")
        if len(self.answers) != len(gaps) or any(not 0 <= place < len(self.word_list) for place in self.answers):
            raise Refused(f"The text has {len(gaps)} gaps. Name the right word of each, from those listed.")
        for group in {word.group for word in self.word_list}:
            check_texts([word.text.strip() for word in self.word_list if word.group == group])
        if any(len(offered) < 2 for offered in self._offers()):
            raise Refused("A gap has one word to choose from. Add another of its group.")

    def sheet(self) -> Sheet:
        return Sheet(
            Form.PLACES,
            options=tuple(word.text for word in self.word_list),
            prompts=tuple(f"Gap {number}" for number in range(1, len(self.answers) + 1)),
            offers=self._offers(),
            options_shuffled=Shuffled.ALWAYS,
        )

    def worth(self, response: Response) -> Fraction:
        return _share(self.answers, response)

    def right(self) -> Response:
        return {"placed": list(self.answers)}

    @property
    def filled(self) -> list[Word]:
        return [self.word_list[place] for place in self.answers]

    def _offers(self) -> tuple[tuple[int, ...], ...]:
        groups = [self.word_list[place].group for place in self.answers]
        return tuple(
            tuple(place for place, word in enumerate(self.word_list) if word.group == group) for group in groups
        )


def _share(right, response: Response) -> Fraction:
    placed = response.get("placed", ())
    if len(placed) != len(right):
        return NOTHING
    return WHOLE * sum(given == wanted for given, wanted in zip(placed, right, strict=True)) / len(right)
