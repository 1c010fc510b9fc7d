"""Each type of question in Moodle XML as the kind of question that it is here."""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from courses.importing.cloze import gaps_of
from courses.importing.found import Notes, Unaskable
from courses.importing.weights import exact_number, for_many, for_one, share_of
from courses.importing.wording import AUTO, HTML, MARKDOWN, PLAIN, Text
from courses.importing.xml_tree import Node
from courses.kinds import (
    GAP,
    NOTHING,
    WHOLE,
    Answer,
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
    Pair,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
    Unit,
    Word,
)

Said = dict[str, Any]
Reader = Callable[[Node, Said, Notes], Content]
FORMATS = {"html": HTML, "markdown": MARKDOWN, "plain_text": PLAIN, "moodle_auto_format": AUTO}
YES = {"1", "true", "yes"}


def text_of(node: Node | None) -> Text:
    if node is None:
        return Text("")
    text = node.one("text")
    return Text(text.text.strip() if text else "", FORMATS.get(node.attributes.get("format", ""), AUTO))


def _multichoice(node: Node, said: Said, notes: Notes) -> Content:
    options = _answers(node, notes)
    is_single = node.said("single").lower() in YES
    worths = (for_one if is_single else for_many)([worth for worth, _, _ in options], notes)
    return (SingleChoice if is_single else MultipleChoice)(
        **said, options=_options(worths, options), keeps_order=_keeps_order(node), has_markdown=_has_markdown(node)
    )


def _all_or_nothing(node: Node, said: Said, notes: Notes) -> Content:
    options = _answers(node, notes)
    right = [worth > 0 for worth, _, _ in options]
    share = Fraction(1, max(sum(right), 1))
    worths = [share if is_right else NOTHING for is_right in right]
    return MultipleChoice(
        **said,
        options=_options(worths, options),
        keeps_order=_keeps_order(node),
        has_markdown=_has_markdown(node),
        is_whole=True,
    )


def _true_false(node: Node, said: Said, notes: Notes) -> Content:
    answers = {answer.said("text").lower(): answer for answer in node.all("answer")}
    if not {"true", "false"} <= set(answers):
        raise Unaskable("It has not both answers, true and false.")
    worth = {name: _fraction(answer) for name, answer in answers.items()}
    if worth["true"] == worth["false"]:
        raise Unaskable("It does not say which of true and false is right.")
    told = {name: text_of(answer.one("feedback")).markdown(notes) for name, answer in answers.items()}
    return TrueFalse(
        **said, is_true=worth["true"] > worth["false"], feedback_true=told["true"], feedback_false=told["false"]
    )


def _short_answer(node: Node, said: Said, notes: Notes) -> Content:
    answers = _answers(node, notes, as_typed=True)
    worths = for_one([worth for worth, _, _ in answers], notes)
    made = [Answer(text, worth, feedback) for worth, (_, text, feedback) in zip(worths, answers, strict=True)]
    return ShortAnswer(**said, answers=tuple(made), case_matters=node.said("usecase") in YES)


def _numerical(node: Node, said: Said, notes: Notes) -> Content:
    answers = _answers(node, notes, as_typed=True)
    worths = for_one([worth for worth, _, _ in answers], notes)
    tolerances = [answer.said("tolerance") or "0" for answer in node.all("answer")]
    made = [
        NumberAnswer(None if text == "*" else _number(text), _number(tolerance), worth, feedback)
        for worth, tolerance, (_, text, feedback) in zip(worths, tolerances, answers, strict=True)
    ]
    marked = node.said("unitgradingtype")
    units = tuple(
        Unit(unit.said("unit_name"), _number(unit.said("multiplier") or "1"))
        for units in node.all("units")
        for unit in units.all("unit")
    )
    if marked == "2" and units:
        notes.add("A missing unit cost a share of all points; here it costs that share of what the number is worth.")
    return Numerical(
        **said,
        answers=tuple(made),
        units=units,
        unit_is_needed=bool(units) and marked in {"1", "2"},
        unit_penalty=_number(node.said("unitpenalty") or "1") if units and marked in {"1", "2"} else WHOLE,
    )


def _matching(node: Node, said: Said, notes: Notes) -> Content:
    rows = [
        (text_of(row).plain(notes), row.said("answer", "text"))
        for row in [*node.all("subquestion"), *node.all("matching")]
    ]
    return Matching(
        **said,
        pairs=tuple(Pair(prompt, answer) for prompt, answer in rows if prompt),
        distractors=tuple(answer for prompt, answer in rows if not prompt),
    )


def _ordering(node: Node, said: Said, notes: Notes) -> Content:
    rows = [(share_of(row.attributes.get("fraction", "")), row) for row in node.all("answer")]
    places = [place for place, _ in rows]
    if None not in places and len(set(places)) == len(places):
        rows.sort(key=lambda row: row[0] or NOTHING)
    if node.said("selecttype") not in {"", "0"} and node.said("selectcount") not in {"", "-1", "0"}:
        notes.add("Only some of its items were asked at a time. Here all are.")
    if node.said("gradingtype") not in {"", "1"}:
        notes.add("It was marked in another way. Here each item brings its share that is followed by the right one.")
    return Ordering(**said, items=tuple(text_of(row).plain(notes) for _, row in rows))


def _missing_words(node: Node, said: Said, notes: Notes) -> Content:
    """Gaps name a word by its place in the list; here they are numbered as one reads them."""
    boxes = [(PLAIN, box) for box in node.all("selectoption")] + [(AUTO, box) for box in node.all("dragbox")]
    named = [Word(Text(box.said("text"), form).plain(notes), _group(box)) for form, box in boxes]
    words = list(dict.fromkeys(named))
    answers: list[int] = []

    def numbered(gap: re.Match) -> str:
        place = int(gap[1]) - 1
        if not 0 <= place < len(named):
            raise Unaskable(f"Its gap [[{gap[1]}]] names no word: there are {len(named)}.")
        answers.append(words.index(named[place]))
        return f"[[{len(answers)}]]"

    stem = GAP.sub(numbered, said["stem"])
    return MissingWords(**{**said, "stem": stem}, word_list=tuple(words), answers=tuple(answers))


def _cloze(node: Node, said: Said, notes: Notes) -> Content:
    text = text_of(node.one("questiontext"))
    stem, words, answers = gaps_of(text.text, notes)
    said = {**said, "stem": Text(stem, text.format).markdown(notes)}
    return MissingWords(**said, word_list=tuple(words), answers=tuple(answers))


def _essay(node: Node, said: Said, notes: Notes) -> Content:
    if node.said("responsetemplate", "text"):
        notes.add("The text with which an answer was to begin is left out.")
    if node.said("attachments") not in {"", "0"}:
        notes.add("Files cannot be handed in with an answer.")
    if node.said("minwordlimit") or node.said("maxwordlimit"):
        notes.add("How many words an answer may have is left out.")
    return FreeText(**said, guidance=text_of(node.one("graderinfo")).markdown(notes))


def _description(node: Node, said: Said, notes: Notes) -> Content:
    return Description(**said)


READERS: dict[str, Reader] = {
    "multichoice": _multichoice,
    "multichoiceset": _all_or_nothing,
    "truefalse": _true_false,
    "shortanswer": _short_answer,
    "numerical": _numerical,
    "matching": _matching,
    "ordering": _ordering,
    "gapselect": _missing_words,
    "ddwtos": _missing_words,
    "cloze": _cloze,
    "multianswer": _cloze,
    "essay": _essay,
    "description": _description,
}


def _answers(node: Node, notes: Notes, *, as_typed: bool = False) -> list[tuple[Fraction, str, str]]:
    """Each with its worth, its words and its feedback. What someone is to type is never markup."""
    read = []
    for answer in node.all("answer"):
        words = answer.said("text") if as_typed else text_of(answer).plain(notes)
        read.append((_fraction(answer), words, text_of(answer.one("feedback")).markdown(notes)))
    if read and max(worth for worth, _, _ in read) == Fraction(1, 100):
        notes.add("What its answers are worth was written as shares of 1, not of 100.")
        read = [(worth * 100, words, feedback) for worth, words, feedback in read]
    return read


def _options(worths: list[Fraction], read: list[tuple[Fraction, str, str]]) -> tuple[Option, ...]:
    return tuple(Option(text, worth, feedback) for worth, (_, text, feedback) in zip(worths, read, strict=True))


def _fraction(answer: Node) -> Fraction:
    written = answer.attributes.get("fraction", "0")
    share = share_of(written)
    if share is None:
        raise Unaskable(f"What an answer is worth, “{written[:40]}”, is no number.")
    return share


def _number(text: str) -> Fraction:
    number = exact_number(text)
    if number is None:
        raise Unaskable(f"“{text[:40]}” is no number.")
    return number


def _keeps_order(node: Node) -> bool:
    written = node.said("shuffleanswers").lower()
    return bool(written) and written not in YES


def _has_markdown(node: Node) -> bool:
    """All its answers, since here they are of one format."""
    return all(text_of(answer).format == MARKDOWN for answer in node.all("answer"))


def _group(box: Node) -> int:
    written = box.said("group")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 4 else 1
