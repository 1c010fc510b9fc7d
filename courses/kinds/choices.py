"""Single choice, multiple choice, true or false."""

from dataclasses import dataclass
from fractions import Fraction

from courses.kinds.content import NOTHING, WHOLE, Content, Option, check_options
from courses.kinds.sheets import Form, Response, Sheet, Shuffled
from people.refusals import Refused


@dataclass(frozen=True, kw_only=True)
class Choice(Content):
    """`has_markdown`: its options are Markdown too; else they are plain text."""

    options: tuple[Option, ...]
    keeps_order: bool = False
    has_markdown: bool = False

    def sheet(self) -> Sheet:
        shuffled = Shuffled.NEVER if self.keeps_order else Shuffled.IF_ASKED
        texts = tuple(option.text for option in self.options)
        return Sheet(self._form(), texts, options_shuffled=shuffled, has_markdown=self.has_markdown)

    def _form(self) -> Form:
        return Form.ONE

    def said(self, response: Response) -> list[str]:
        return [option.feedback for option in self._of(response) if option.feedback]

    def _of(self, response: Response) -> list[Option]:
        return [self.options[place] for place in response.get("chosen", ())]


@dataclass(frozen=True, kw_only=True)
class SingleChoice(Choice):
    """Worth what the chosen option is; that may be less than nothing, where guessing is to cost."""

    kind = "single"
    words = "Single choice"

    def _check(self) -> None:
        check_options(self.options)
        if not any(option.worth == WHOLE for option in self.options):
            raise Refused("No option is worth the whole. Mark the right one.")

    def worth(self, response: Response) -> Fraction:
        return sum((option.worth for option in self._of(response)), NOTHING)

    def right(self) -> Response:
        return {"chosen": [next(place for place, option in enumerate(self.options) if option.worth == WHOLE)]}


@dataclass(frozen=True, kw_only=True)
class MultipleChoice(Choice):
    """`is_whole`: exactly the right options or nothing. Else the worths are added, from nothing to the whole."""

    kind = "multiple"
    words = "Multiple choice"

    is_whole: bool = False

    def _check(self) -> None:
        check_options(self.options)
        if not any(option.worth > 0 for option in self.options):
            raise Refused("A multiple-choice question has at least one right option. Mark one.")
        if not self.is_whole and sum(option.worth for option in self.options if option.worth > 0) != WHOLE:
            raise Refused("The right options together are not worth 100 %. Change what each of them is worth.")

    def _form(self) -> Form:
        return Form.MANY

    def worth(self, response: Response) -> Fraction:
        chosen = list(response.get("chosen", ()))
        if self.is_whole:
            return WHOLE if chosen == self.right()["chosen"] else NOTHING
        return min(max(sum((option.worth for option in self._of(response)), NOTHING), NOTHING), WHOLE)

    def right(self) -> Response:
        return {"chosen": [place for place, option in enumerate(self.options) if option.worth > 0]}


@dataclass(frozen=True, kw_only=True)
class TrueFalse(Content):
    kind = "true-false"
    words = "True or false"

    is_true: bool
    feedback_true: str = ""
    feedback_false: str = ""

    def _check(self) -> None:
        pass

    def sheet(self) -> Sheet:
        return Sheet(Form.ONE, ("True", "False"))

    def worth(self, response: Response) -> Fraction:
        return WHOLE if response.get("chosen") == self.right()["chosen"] else NOTHING

    def right(self) -> Response:
        return {"chosen": [0 if self.is_true else 1]}

    def said(self, response: Response) -> list[str]:
        told = {0: self.feedback_true, 1: self.feedback_false}
        return [told[place] for place in response.get("chosen", ()) if told[place]]
