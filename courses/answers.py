"""Whether an answer can be one to a question, and the shape in which it is kept."""

from collections.abc import Iterable

from courses.models import QuestionVersion
from people.refusals import Refused


def choice_of(version: QuestionVersion, option_ids: Iterable[int]) -> dict[str, list[int]]:
    chosen = sorted(set(option_ids))
    if set(chosen) - {option.pk for option in version.options.all()}:
        raise Refused("That answer is none of this question's options. Reload the page and choose again.")
    if version.kind == QuestionVersion.Kind.SINGLE and len(chosen) > 1:
        raise Refused("This question takes one answer. Choose one.")
    return {"options": chosen}


def right_options(version: QuestionVersion) -> frozenset[int]:
    return frozenset(option.pk for option in version.options.all() if option.is_right)
