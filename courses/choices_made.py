"""How often each answer to a question was given. Pure. What people wrote at length is shown to no one here."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from courses.kinds import Content, Form, Response, ShortAnswer, is_answered

# Of typed answers: those that at least two gave, as far as they fit a page. A single one may tell who wrote it.
MOST_TYPED, LEAST_TYPED = 8, 2


@dataclass(frozen=True)
class Choice:
    """`is_right` None: neither. `upper` and `lower`: how many of the best third and of the weakest gave it."""

    text: str
    is_right: bool | None
    count: int
    upper: int
    lower: int


def choices_made(
    says: Content, everyone: Sequence[Response], upper: Sequence[Response], lower: Sequence[Response]
) -> list[Choice]:
    counted = [Counter(key for response in some for key in _keys(says, response)) for some in (everyone, upper, lower)]
    choices = [
        Choice(text, is_right, *(count[key] for count in counted)) for key, text, is_right in _offered(says, counted[0])
    ]
    shown = sum(choice.count for choice in choices)
    if says.sheet().form is Form.LINE and (given := sum(counted[0].values())) > shown:
        choices.append(Choice("Other answers", None, given - shown, *(_beyond(choices, counted))))
    if unanswered := _unanswered(everyone):
        choices.append(Choice("No answer", None, unanswered, _unanswered(upper), _unanswered(lower)))
    return choices


def _beyond(choices, counted) -> tuple[int, int]:
    upper = sum(counted[1].values()) - sum(choice.upper for choice in choices)
    return upper, sum(counted[2].values()) - sum(choice.lower for choice in choices)


def _unanswered(responses: Sequence[Response]) -> int:
    return sum(not is_answered(response) for response in responses)


def _keys(says: Content, response: Response) -> list:
    """What is counted of a response: places of options, what was put in each place, or the text."""
    form = says.sheet().form
    if form in (Form.ONE, Form.MANY):
        return list(response.get("chosen", ()))
    if form is Form.PLACES:
        return [(prompt, place) for prompt, place in enumerate(response.get("placed", ())) if place is not None]
    text = _folded(says, response.get("text", "")) if form is Form.LINE else ""
    return [text] if text else []


def _folded(says: Content, text: str) -> str:
    """Letters' case only where it does not decide what the answer is worth."""
    text = " ".join(text.split())
    return text.casefold() if isinstance(says, ShortAnswer) and not says.case_matters else text


def _offered(says: Content, counts: Counter) -> list[tuple]:
    """(key, text, is it right), in the order in which they were written: of what can be put in places what was, and
    what is right; of typed answers the most frequent first."""
    sheet, right = says.sheet(), says.right()
    if sheet.form in (Form.ONE, Form.MANY):
        return [(place, text, place in right["chosen"]) for place, text in enumerate(sheet.options)]
    if sheet.form is Form.PLACES:
        return [
            ((prompt, place), f"{text}: {sheet.options[place]}", right["placed"][prompt] == place)
            for prompt, text in enumerate(sheet.prompts)
            for place in sheet.offered(prompt)
            if counts[prompt, place] or right["placed"][prompt] == place
        ]
    typed = sorted((text for text in counts if counts[text] >= LEAST_TYPED), key=lambda text: (-counts[text], text))
    return [(text, text, says.worth({"text": text}) > 0) for text in typed[:MOST_TYPED]]
