"""Short answer, free text marked by an assessor, and what asks nothing."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from courses.kinds.content import NOTHING, WHOLE, Content
from courses.kinds.sheets import Form, Response, Sheet
from people.refusals import Refused


@dataclass(frozen=True)
class Answer:
    """`text` may hold * for any characters, and \\* for a star."""

    text: str
    worth: Fraction = WHOLE
    feedback: str = ""


@dataclass(frozen=True, kw_only=True)
class ShortAnswer(Content):
    """Worth what the first answer that matches is: spaces are folded, and letters' case unless it matters."""

    kind = "short-answer"
    words = "Short answer"

    answers: tuple[Answer, ...]
    case_matters: bool = False

    def _check(self) -> None:
        if not all(answer.text.strip() for answer in self.answers):
            raise Refused("An answer has no text. Write it, or leave the answer out.")
        if not any(answer.worth == WHOLE for answer in self.answers):
            raise Refused("No answer is worth the whole. Write the right one.")

    def sheet(self) -> Sheet:
        return Sheet(Form.LINE, hint="Capital letters count." if self.case_matters else "")

    def worth(self, response: Response) -> Fraction:
        answer = self._matching(response)
        return answer.worth if answer else NOTHING

    def right(self) -> Response:
        text = next(answer.text for answer in self.answers if answer.worth == WHOLE)
        return {"text": text.replace("\\*", "*")}

    def said(self, response: Response) -> list[str]:
        answer = self._matching(response)
        return [answer.feedback] if answer and answer.feedback else []

    def _matching(self, response: Response) -> Answer | None:
        given = self._folded(response.get("text", ""))
        if not given:
            return None
        return next((one for one in self.answers if matches(self._folded(one.text), given)), None)

    def _folded(self, text: str) -> str:
        text = " ".join(unicodedata.normalize("NFC", text).split())
        return text if self.case_matters else text.casefold()


def matches(pattern: str, text: str) -> bool:
    """In steps that grow with the text alone, whatever the pattern."""
    first, *rest = (part.replace("\x00", "*") for part in pattern.replace("\\*", "\x00").split("*"))
    if not rest:
        return text == first
    *middle, last = rest
    if not text.startswith(first) or len(text) < len(first) + len(last) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:
        at = text.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True


@dataclass(frozen=True)
class Level:
    text: str
    points: int


@dataclass(frozen=True)
class Criterion:
    """What an assessor looks at, and how far it can be met."""

    text: str
    levels: tuple[Level, ...]


IN_GENERAL = (Criterion("The answer as a whole", (Level("Not met", 0), Level("Partly met", 1), Level("Met", 2))),)


@dataclass(frozen=True, kw_only=True)
class FreeText(Content):
    """`guidance` is for the assessor alone."""

    kind = "free-text"
    words = "Free text"
    is_marked = True

    rubric: tuple[Criterion, ...] = IN_GENERAL
    guidance: str = ""

    def _check(self) -> None:
        check_rubric(self.rubric)

    def sheet(self) -> Sheet:
        return Sheet(Form.TEXT, hint="An assessor reads and marks it.")

    def worth(self, response: Response) -> Fraction:
        """Of what an assessor has not marked: only what nobody wrote is worth nothing for sure."""
        return NOTHING

    def right(self) -> Response:
        return {"text": ""}


def check_rubric(rubric: Sequence[Criterion]) -> None:
    if not rubric:
        raise Refused("An assessor has nothing to go by. Write at least one criterion.")
    for criterion in rubric:
        points = [level.points for level in criterion.levels]
        if len(points) < 2 or min(points) != 0 or max(points) < 1 or not criterion.text.strip():
            raise Refused(
                "A criterion has a text and at least two levels, of which one brings nothing and one brings points. "
                f"Complete “{criterion.text}”."
            )


def worth_of_levels(rubric: Sequence[Criterion], chosen: Sequence[int]) -> Fraction:
    """`chosen`: the place of the level met, for each criterion."""
    if len(chosen) != len(rubric) or any(
        not 0 <= place < len(criterion.levels) for criterion, place in zip(rubric, chosen, strict=True)
    ):
        raise Refused("Choose one level for each criterion.")
    reached = sum(criterion.levels[place].points for criterion, place in zip(rubric, chosen, strict=True))
    return Fraction(reached, sum(max(level.points for level in criterion.levels) for criterion in rubric))


@dataclass(frozen=True, kw_only=True)
class Description(Content):
    """Text between the questions; it asks nothing and is worth nothing."""

    kind = "description"
    words = "Description"

    def _check(self) -> None:
        pass

    def sheet(self) -> Sheet:
        return Sheet(Form.NONE)

    def worth(self, response: Response) -> Fraction:
        return NOTHING

    def right(self) -> Response:
        return {}

    @property
    def possible(self) -> int:
        return 0
