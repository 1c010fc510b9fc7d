"""CSV for the simple case, safe to open in a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from courses.exporting.losses import (
    NO_FEEDBACK,
    NO_WORTH,
    right_or_wrong,
    unsayable,
    without,
    without_rubric,
    without_tags,
)
from courses.importing.found import Found, Notes
from courses.importing.table import WHOLE_KIND
from courses.kinds import (
    WHOLE,
    Answer,
    Description,
    FreeText,
    MultipleChoice,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)

FORMULA = re.compile(r"'*[=+\-@]")
NUMBER = re.compile(r"[+-]?\d{1,15}([.,]\d{1,15})?")


def sayable(found: Found, notes: Notes) -> Found:
    content: Any = found.content
    if isinstance(content, SingleChoice | MultipleChoice):
        content = _choice(content, notes)
    elif isinstance(content, TrueFalse):
        content = without(content, notes, NO_FEEDBACK, feedback_true="", feedback_false="")
    elif isinstance(content, ShortAnswer):
        content = _short_answer(content, notes)
    elif isinstance(content, FreeText):
        content = without(content, notes, "The guidance for whoever marks it is left out.", guidance="")
        content = without_rubric(content, notes)
    elif not isinstance(content, Description):
        raise unsayable(f"questions of the kind “{content.words}”", "CSV")
    return without_tags(replace(found, content=content), ";", notes)


def _choice(content: Any, notes: Notes) -> Any:
    content = without(content, notes, "That its answers keep their order is left out.", keeps_order=False)
    content = without(content, notes, "That its answers are Markdown is left out.", has_markdown=False)
    if isinstance(content, SingleChoice):
        if sum(one.worth == WHOLE for one in content.options) > 1:
            raise unsayable("questions in which one of several right answers is chosen", "CSV")
        return replace(content, options=right_or_wrong(content.options, WHOLE, notes))
    share = Fraction(1, sum(one.worth > 0 for one in content.options))
    evenly = tuple(replace(one, worth=share if one.worth > 0 else one.worth) for one in content.options)
    if not content.is_whole and evenly != content.options:
        notes.add(NO_WORTH)
    plain = right_or_wrong(evenly, share, Notes() if content.is_whole else notes)
    return without(content, notes, NO_FEEDBACK, options=plain) if content.is_whole else replace(content, options=plain)


def _short_answer(content: ShortAnswer, notes: Notes) -> ShortAnswer:
    content = without(content, notes, "That capital letters matter is left out.", case_matters=False)
    right = tuple(one for one in content.answers if one.worth == WHOLE)
    content = without(content, notes, "Answers that are right in part, and wrong ones, are left out.", answers=right)
    plain = tuple(Answer(one.text) for one in right)
    return without(content, notes, NO_FEEDBACK, answers=plain)


def document(questions: Iterable[Found]) -> str:
    rows = [_row(found) for found in questions]
    most = max((len(options) for _, options, _ in rows), default=0)
    titles = [f"option {number}" for number in range(1, most + 1)]
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["name", "kind", "question", "right", *titles, "explanation", "points", "category", "tags", "id"])
    for before, options, after in rows:
        cells = [*before, *options, *[""] * (most - len(options)), *after]
        table.writerow([_guarded(cell) for cell in cells])
    return out.getvalue()


def _row(found: Found) -> tuple[list[str], list[str], list[str]]:
    content: Any = found.content
    right, options = "", []
    if isinstance(content, SingleChoice | MultipleChoice):
        options = [one.text for one in content.options]
        right = ", ".join(str(place) for place, one in enumerate(content.options, 1) if one.worth > 0)
    elif isinstance(content, TrueFalse):
        right = str(content.is_true).lower()
    elif isinstance(content, ShortAnswer):
        options = [one.text for one in content.answers]
    kind = WHOLE_KIND if getattr(content, "is_whole", False) else content.kind
    tags = "; ".join(found.tags) + (";" if any("," in tag for tag in found.tags) else "")
    before = [found.name, kind, content.stem, right]
    return before, options, [content.explanation, str(content.points), found.category, tags, found.external_id]


def _guarded(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) and not NUMBER.fullmatch(cell) else cell
