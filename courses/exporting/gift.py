"""GIFT that Moodle reads, and that is read back here as what was written."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from courses.exporting.losses import (
    in_decimals,
    in_shares,
    unsayable,
    without,
    without_points,
    without_rubric,
    without_tags,
)
from courses.importing.found import Found, Notes
from courses.importing.gift_blocks import FENCE
from courses.importing.plain import SPECIAL
from courses.importing.weights import percent_of
from courses.kinds import (
    NOTHING,
    WHOLE,
    Content,
    Description,
    FreeText,
    Matching,
    MissingWords,
    MultipleChoice,
    NumberAnswer,
    Numerical,
    Option,
    Ordering,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
    in_digits,
)

ESCAPES = str.maketrans({**{one: f"\\{one}" for one in "\\~=#{}:"}, "\n": "\\n"})


def sayable(found: Found, notes: Notes) -> Found:
    content = _sayable(without_points(found.content, notes), notes)
    if "\\" in found.external_id:
        found = without(found, notes, "Its identifier is left out, since it has a backslash.", external_id="")
    return without_tags(replace(found, content=content), "\\", notes)


def _sayable(content: Any, notes: Notes) -> Content:
    if isinstance(content, MissingWords | Ordering):
        raise unsayable(f"questions of the kind “{content.words}”", "GIFT")
    if isinstance(content, SingleChoice | MultipleChoice):
        content = in_shares(content, notes) if isinstance(content, MultipleChoice) else content
        return without(content, notes, "That its answers keep their order is left out.", keeps_order=False)
    if isinstance(content, ShortAnswer):
        return without(content, notes, "That capital letters matter is left out.", case_matters=False)
    if isinstance(content, Numerical):
        content = in_decimals(content, notes)
        return without(content, notes, "Its units are left out.", units=(), unit_is_needed=False, unit_penalty=WHOLE)
    if isinstance(content, FreeText):
        content = without(content, notes, "The guidance for whoever marks it is left out.", guidance="")
        return without_rubric(content, notes)
    if isinstance(content, Description):
        return without(content, notes, "The explanation of a description is left out.", explanation="")
    return content


def document(questions: Iterable[Found]) -> str:
    blocks: list[str] = []
    told: str | None = ""
    for found in questions:
        if found.category != told:
            path = f"/{found.category}".replace("\\", "\\\\") if found.category else ""
            blocks.append(f"$CATEGORY: $course$/top{path}\n")
        blocks.append(_block(found))
        # A description may leave code open, and what follows would be read as more of it.
        told = None if isinstance(found.content, Description) and FENCE.search(found.content.stem) else found.category
    return "\n".join(blocks)


def _block(found: Found) -> str:
    said = [("id", found.external_id)] if found.external_id else []
    said += [("tag", tag) for tag in found.tags]
    comment = " ".join(f"[{key}:{value.replace(']', chr(92) + ']')}]" for key, value in said)
    name = f"::{_escaped(found.name)}::" if found.name else ""
    stem = f"{name}[markdown]{_escaped(found.content.stem)}"
    return f"{f'// {comment}{chr(10)}' if comment else ''}{stem}{_answers(found.content)}\n"


def _answers(content: Any) -> str:
    if isinstance(content, Description):
        return ""
    general = f"####{_text(content.explanation)}" if content.explanation else ""
    if isinstance(content, FreeText):
        return f"{{{general}}}"
    if isinstance(content, TrueFalse):
        return f"{{{_verdict(content)}{general}}}"
    lines = [*_lines(content), general] if general else _lines(content)
    return "{" + ("#" if isinstance(content, Numerical) else "") + "".join(f"\n\t{line}" for line in lines) + "\n}"


def _verdict(content: TrueFalse) -> str:
    told = [_text(content.feedback_false), _text(content.feedback_true)]
    wrong, right = told if content.is_true else reversed(told)
    feedback = f"#{wrong}#{right}" if right else f"#{wrong}" if wrong else ""
    return f"{'TRUE' if content.is_true else 'FALSE'}{feedback}"


def _lines(content: Any) -> list[str]:
    if isinstance(content, Matching):
        pairs = [f"={_words(pair.prompt)} -> {_escaped(pair.answer)}" for pair in content.pairs]
        return [*pairs, *(f"= -> {_escaped(answer)}" for answer in content.distractors)]
    if isinstance(content, ShortAnswer):
        return [f"=%{percent_of(one.worth)}%{_words(one.text)}{_feedback(one.feedback)}" for one in content.answers]
    if isinstance(content, Numerical):
        return [f"=%{percent_of(one.worth)}%{_number(one)}{_feedback(one.feedback)}" for one in content.answers]
    return [f"{_mark(content, one)}{_option(content, one)}{_feedback(one.feedback)}" for one in content.options]


def _option(content: Any, option: Option) -> str:
    """Markdown is said of each, else it would be read as plain."""
    return f"[markdown]{_escaped(option.text)}" if content.has_markdown else _words(option.text)


def _mark(content: Any, option: Option) -> str:
    return "=" if isinstance(content, SingleChoice) and option.worth == WHOLE else _weight(option.worth)


def _weight(worth) -> str:
    return f"~%{percent_of(worth)}%" if worth != NOTHING else "~"


def _number(answer: NumberAnswer) -> str:
    return "*" if answer.value is None else f"{in_digits(answer.value)}:{in_digits(answer.tolerance)}"


def _feedback(text: str) -> str:
    return f"#{_text(text)}" if text else ""


def _text(text: str) -> str:
    """Markdown, as the question's own text."""
    return f"{'[markdown]' if text.startswith('[') else ''}{_escaped(text)}"


def _words(text: str) -> str:
    """Plain words within Markdown."""
    is_plain = text.startswith(("[", "%")) or SPECIAL.search(text)
    return f"{'[plain]' if is_plain else ''}{_escaped(text)}"


def _escaped(text: str) -> str:
    return text.translate(ESCAPES)
