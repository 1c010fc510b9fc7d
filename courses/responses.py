"""What a form posts of a quiz, as responses."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from courses.kinds import Response, read
from courses.models import AttemptQuestion
from people.refusals import Refused

# question-7 (its options, or its text), question-7-0 (its first prompt shown), and seen-7: how often it had been saved
# when the page was made.
FIELD, SEEN = "question-", "seen-"
NOT_OURS = "That answer is none of this question's. Reload the page and answer again."


@dataclass(frozen=True)
class Posted:
    asked: AttemptQuestion
    response: Response
    seen: int | None = None


def field_of(asked_pk: int, prompt: int | None = None) -> str:
    """The name under which a form posts the answer to a question, or to one of its prompts."""
    return f"{FIELD}{asked_pk}" if prompt is None else f"{FIELD}{asked_pk}-{prompt}"


def posted_in(post, questions: Iterable[AttemptQuestion]) -> list[Posted]:
    """What was on the page, of `questions`: what it leaves out keeps its answer, an empty answer takes it back."""
    asked = {question.pk: question for question in questions}
    values: dict[int, dict[str, list[str]]] = defaultdict(dict)
    seen: dict[int, int] = {}
    for name in post:
        if name.startswith(SEEN):
            pk = _whole(name.removeprefix(SEEN))
            seen[pk] = _whole(post[name])
            values[pk].update({})
        elif name.startswith(FIELD):
            number, _, prompt = name.removeprefix(FIELD).partition("-")
            values[_whole(number)][prompt] = post.getlist(name)
    if values.keys() - asked.keys():
        raise Refused("An answer belongs to a question that this attempt does not ask. Reload the page.")
    return [
        Posted(asked[pk], read(asked[pk].version.shows, asked[pk].order, fields), seen.get(pk))
        for pk, fields in sorted(values.items())
    ]


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Refused(NOT_OURS)
    return int(text)
