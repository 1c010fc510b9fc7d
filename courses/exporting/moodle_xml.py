"""Moodle XML that Moodle reads, and that is read back here as what was written."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any
from xml.sax.saxutils import escape

from courses.exporting.losses import in_decimals, without_points, without_rubric
from courses.importing.found import Found, Notes
from courses.importing.weights import percent_of
from courses.kinds import (
    GAP,
    WHOLE,
    Description,
    FreeText,
    Matching,
    MissingWords,
    MultipleChoice,
    Numerical,
    Ordering,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
    in_digits,
)

MARKDOWN, PLAIN = "markdown", "plain_text"
TYPES: dict[type, str] = {
    SingleChoice: "multichoice",
    MultipleChoice: "multichoice",
    TrueFalse: "truefalse",
    ShortAnswer: "shortanswer",
    Numerical: "numerical",
    Matching: "matching",
    Ordering: "ordering",
    MissingWords: "gapselect",
    FreeText: "essay",
    Description: "description",
}


def sayable(found: Found, notes: Notes) -> Found:
    content: Any = found.content
    if isinstance(content, Description):
        content = without_points(content, notes)
    if isinstance(content, Numerical):
        content = in_decimals(content, notes)
        content = content if content.unit_is_needed else replace(content, unit_penalty=WHOLE)
    if isinstance(content, FreeText):
        content = without_rubric(content, notes)
    if isinstance(content, MultipleChoice) and content.is_whole:
        content = _evenly(content)
    return replace(found, content=content)


def _evenly(content: MultipleChoice) -> MultipleChoice:
    """Of what is all or nothing, only which options are right has a meaning."""
    share = Fraction(1, sum(one.worth > 0 for one in content.options))
    options = tuple(replace(one, worth=share if one.worth > 0 else Fraction(0)) for one in content.options)
    return replace(content, options=options)


def document(questions: Iterable[Found]) -> str:
    lines, category = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"], ""
    for found in questions:
        if found.category != category:
            category = found.category
            path = f"$course$/top/{category}" if category else "$course$/top"
            lines.append(f'<question type="category"><category>{_element("text", path)}</category></question>')
        lines += _question(found)
    return "\n".join([*lines, "</quiz>", ""])


def _question(found: Found) -> list[str]:
    content: Any = found.content
    kind = "multichoiceset" if getattr(content, "is_whole", False) else TYPES[type(content)]
    return [
        f'<question type="{kind}">',
        f"<name>{_element('text', found.name)}</name>",
        _text("questiontext", _stem(content), MARKDOWN),
        _text("generalfeedback", content.explanation, MARKDOWN),
        _element("defaultgrade", str(content.possible)),
        _element("idnumber", found.external_id),
        *_body(content),
        *_tags(found),
        "</question>",
    ]


def _tags(found: Found) -> list[str]:
    tags = [f"<tag>{_element('text', tag)}</tag>" for tag in found.tags]
    return ["<tags>", *tags, "</tags>"] if tags else []


def _stem(content: Any) -> str:
    """In Moodle a gap names its word; here gaps are numbered as one reads them."""
    if not isinstance(content, MissingWords):
        return content.stem
    return GAP.sub(lambda gap: f"[[{content.answers[int(gap[1]) - 1] + 1}]]", content.stem)


def _body(content: Any) -> list[str]:
    if isinstance(content, SingleChoice | MultipleChoice):
        form = MARKDOWN if content.has_markdown else PLAIN
        lines = [_answer(one.worth, one.text, one.feedback, form=form) for one in content.options]
        order = _element("shuffleanswers", "false" if content.keeps_order else "true")
        return [_element("single", str(isinstance(content, SingleChoice)).lower()), order, *lines]
    if isinstance(content, TrueFalse):
        told = [("true", content.feedback_true), ("false", content.feedback_false)]
        right = str(content.is_true).lower()
        return [_answer(Fraction(word == right), word, feedback) for word, feedback in told]
    if isinstance(content, ShortAnswer):
        lines = [_answer(one.worth, one.text, one.feedback) for one in content.answers]
        return [_element("usecase", str(int(content.case_matters))), *lines]
    return _other_body(content)


def _other_body(content: Any) -> list[str]:
    if isinstance(content, Numerical):
        return _numerical(content)
    if isinstance(content, Matching):
        rows = [(pair.prompt, pair.answer) for pair in content.pairs]
        rows += [("", answer) for answer in content.distractors]
        return [
            f'<subquestion format="{PLAIN}">{_element("text", prompt)}'
            f"<answer>{_element('text', answer)}</answer></subquestion>"
            for prompt, answer in rows
        ]
    if isinstance(content, Ordering):
        items = [_answer(Fraction(place, 100), item, "") for place, item in enumerate(content.items, 1)]
        return ["<selecttype>0</selecttype>", "<gradingtype>1</gradingtype>", *items]
    if isinstance(content, MissingWords):
        return [
            f"<selectoption>{_element('text', word.text)}{_element('group', str(word.group))}</selectoption>"
            for word in content.word_list
        ]
    return [_text("graderinfo", content.guidance, MARKDOWN)] if isinstance(content, FreeText) else []


def _numerical(content: Numerical) -> list[str]:
    lines = [
        _answer(
            one.worth,
            "*" if one.value is None else in_digits(one.value),
            one.feedback,
            _element("tolerance", in_digits(one.tolerance)),
        )
        for one in content.answers
    ]
    units = "".join(
        f"<unit>{_element('multiplier', in_digits(unit.factor))}{_element('unit_name', unit.name)}</unit>"
        for unit in content.units
    )
    marking = _element("unitgradingtype", str(int(content.unit_is_needed)))
    penalty = _element("unitpenalty", in_digits(content.unit_penalty))
    return [*lines, f"<units>{units}</units>", marking, penalty, _element("showunits", "0" if units else "3")]


def _answer(worth: Fraction, text: str, feedback: str, more: str = "", *, form: str = PLAIN) -> str:
    told = _text("feedback", feedback, MARKDOWN) if feedback else ""
    return f'<answer fraction="{percent_of(worth)}" format="{form}">{_element("text", text)}{told}{more}</answer>'


def _text(tag: str, text: str, form: str) -> str:
    return f'<{tag} format="{form}">{_element("text", text)}</{tag}>'


def _element(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>"
