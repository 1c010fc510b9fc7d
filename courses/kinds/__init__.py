"""The kinds of question: what each says, what of it may be seen, and what an answer to it is worth. Pure and exact.

    courses/kinds/content.py   what all have in common
    courses/kinds/sheets.py    what someone who sits the quiz sees, and the shapes of a response
    choices, texts, numbers, places: the kinds themselves

Worth is a share of the question's points, a Fraction: no rounding decides whether someone has passed.
"""

from courses.kinds.choices import MultipleChoice, SingleChoice, TrueFalse
from courses.kinds.content import NOTHING, WHOLE, Content, Option, decoded, encoded
from courses.kinds.hashing import FIRST, LATEST, sha256_of
from courses.kinds.numbers import NumberAnswer, Numerical, Unit, in_digits, number_in
from courses.kinds.places import GAP, Matching, MissingWords, Ordering, Pair, Word
from courses.kinds.sheets import Form, Order, Response, Sheet, Shuffled, check, is_answered, read
from courses.kinds.texts import (
    Answer,
    Criterion,
    Description,
    FreeText,
    Level,
    ShortAnswer,
    check_rubric,
    worth_of_levels,
)

KINDS: dict[str, type[Content]] = {
    kind.kind: kind
    for kind in (
        SingleChoice,
        MultipleChoice,
        TrueFalse,
        ShortAnswer,
        Numerical,
        Matching,
        Ordering,
        MissingWords,
        FreeText,
        Description,
    )
}
WORDS = [(name, kind.words) for name, kind in KINDS.items()]


def content_from(kind: str, kept: dict) -> Content:
    return KINDS[kind].from_json(kept)


def sheet_from(kept: dict) -> Sheet:
    return decoded(Sheet, kept)


__all__ = [
    "FIRST",
    "GAP",
    "KINDS",
    "LATEST",
    "NOTHING",
    "WHOLE",
    "WORDS",
    "Answer",
    "Content",
    "Criterion",
    "Description",
    "Form",
    "FreeText",
    "Level",
    "Matching",
    "MissingWords",
    "MultipleChoice",
    "NumberAnswer",
    "Numerical",
    "Option",
    "Order",
    "Ordering",
    "Pair",
    "Response",
    "Sheet",
    "ShortAnswer",
    "Shuffled",
    "SingleChoice",
    "TrueFalse",
    "Unit",
    "Word",
    "check",
    "check_rubric",
    "content_from",
    "encoded",
    "in_digits",
    "is_answered",
    "number_in",
    "read",
    "sha256_of",
    "sheet_from",
    "worth_of_levels",
]
