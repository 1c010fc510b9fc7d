"""What of a question a format cannot say, told before it is written."""

import re
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from typing import Any, TypeVar

from courses.importing.found import Found, Notes, Unaskable
from courses.importing.reading import CONTROL
from courses.kinds import (
    NOTHING,
    WHOLE,
    Content,
    FreeText,
    MultipleChoice,
    NumberAnswer,
    Numerical,
    Option,
    SingleChoice,
    in_digits,
)

Kept = TypeVar("Kept")
OURS = re.compile(r"\]\((?:image|page|doc):\d")
MOST_DECIMALS = 20
NO_FEEDBACK = "The feedback on its answers is left out."
NO_WORTH = "What its answers are worth is left out, but for which are right."


def cleaned(found: Found, notes: Notes) -> Found:
    """Without what no format keeps: spaces at the ends of texts, control characters."""
    content = _trimmed(found.content)
    if content != found.content:
        notes.add("Spaces at the ends of its texts, and control characters, are left out.")
    if OURS.search(" ".join([content.stem, content.explanation, *_options_with_markdown(content)])):
        notes.add("Pictures, pages and documents of this house that it shows or links to do not come along.")
    return replace(
        found,
        content=content,
        name=_line(found.name),
        category=_line(found.category),
        external_id=_line(found.external_id),
        tags=tuple(dict.fromkeys(_line(tag) for tag in found.tags)),
    )


def _options_with_markdown(content: Content) -> list[str]:
    if isinstance(content, SingleChoice | MultipleChoice) and content.has_markdown:
        return [option.text for option in content.options]
    return []


def _line(text: str) -> str:
    return " ".join(CONTROL.sub("", text).split())


def _trimmed(value: Any) -> Any:
    if isinstance(value, str):
        return CONTROL.sub("", value).replace("\r\n", "\n").replace("\r", "\n").strip()
    if isinstance(value, tuple):
        return tuple(_trimmed(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _trimmed(getattr(value, field.name)) for field in fields(value)})
    return value


def without(content: Kept, notes: Notes, note: str, **plain: Any) -> Kept:
    """The content with these values in place of its own; noted where that changes it."""
    changed = replace(content, **plain)  # type: ignore[type-var]
    if changed != content:
        notes.add(note)
    return changed


def without_points(content: Content, notes: Notes) -> Content:
    if content.possible == 0:
        return replace(content, points=1)
    return without(content, notes, f"That it brings {content.points} points is left out.", points=1)


def without_rubric(content: FreeText, notes: Notes) -> FreeText:
    return without(content, notes, "The criteria by which it is marked are left out.", rubric=FreeText(stem="").rubric)


def without_tags(found: Found, unsayable: str, notes: Notes) -> Found:
    tags = tuple(tag for tag in found.tags if not set(tag) & set(unsayable))
    return without(found, notes, f"Its tags with {' or '.join(unsayable)} in them are left out.", tags=tags)


def in_shares(content: MultipleChoice, notes: Notes) -> MultipleChoice:
    """All or nothing, as near as shares come to it: a wrong answer takes away all that the right ones bring."""
    if not content.is_whole:
        return content
    right = sum(option.worth > 0 for option in content.options)
    options = tuple(replace(one, worth=Fraction(1, right) if one.worth > 0 else -WHOLE) for one in content.options)
    notes.add("It is all or nothing here. There each right answer brings its share, and a wrong one takes all away.")
    return replace(content, options=options, is_whole=False)


def right_or_wrong(options: tuple[Option, ...], share: Fraction, notes: Notes) -> tuple[Option, ...]:
    plain = tuple(Option(one.text, share if one.worth >= share else NOTHING) for one in options)
    if [one.worth for one in plain] != [one.worth for one in options]:
        notes.add(NO_WORTH)
    if any(one.feedback for one in options):
        notes.add(NO_FEEDBACK)
    return plain


def in_decimals(content: Numerical, notes: Notes) -> Numerical:
    """Tolerances as numbers, and numbers as decimals that end."""
    absolute = tuple(_absolute(answer) for answer in content.answers)
    content = without(content, notes, "Tolerances are written as numbers, not as shares.", answers=absolute)
    rounded = tuple(
        replace(
            one,
            value=one.value if one.value is None else ending(one.value),
            tolerance=NOTHING if one.value is None else ending(one.tolerance),
        )
        for one in content.answers
    )
    units = tuple(replace(unit, factor=ending(unit.factor)) for unit in content.units)
    return without(
        content,
        notes,
        f"Numbers are rounded to {MOST_DECIMALS} decimals.",
        answers=rounded,
        units=units,
        unit_penalty=ending(content.unit_penalty),
    )


def _absolute(answer: NumberAnswer) -> NumberAnswer:
    if not answer.is_relative:
        return answer
    return replace(answer, tolerance=answer.tolerance * abs(answer.value or NOTHING), is_relative=False)


def ending(number: Fraction) -> Fraction:
    return round(number, MOST_DECIMALS) if "/" in in_digits(number) else number


def unsayable(what: str, form: str) -> Unaskable:
    return Unaskable(f"{form} has no {what}. Export it as Moodle XML.")
