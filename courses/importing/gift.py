"""GIFT, as Moodle reads it: https://docs.moodle.org/en/GIFT_format"""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from courses.importing.found import Found, Notes, Problem, Reading, Unaskable, label_of, reading_of
from courses.importing.gift_blocks import TITLE, Block, blocks_of, unescaped
from courses.importing.weights import exact_number, for_many, for_one, share_of
from courses.importing.wording import AUTO, BREAK, FORMATS, MARKDOWN, Text
from courses.kinds import (
    NOTHING,
    WHOLE,
    Answer,
    Content,
    Description,
    FreeText,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Numerical,
    Option,
    Pair,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)
from people.refusals import Refused

GIFT = "gift"
FORMAT = re.compile(rf"\[({'|'.join(FORMATS)})\]")
WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{0,20})?)%")
BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
GENERAL = re.compile(r"\\.|####", re.DOTALL)
HASH = re.compile(r"\\.|#", re.DOTALL)
MARKER = re.compile(r"\\.|[~=]", re.DOTALL)
EQUALS = re.compile(r"\\.|=", re.DOTALL)
ARROW = "->"
TRUE, FALSE = {"T", "TRUE"}, {"F", "FALSE"}
BLANK = "_____"


def read_gift(text: str) -> Reading:
    return reading_of(GIFT, (_read(block) for block in blocks_of(text)))


def _read(block: Block) -> Found | Problem:
    title = TITLE.match(block.text)
    name = " ".join(unescaped(title[0].strip()[2:-2]).split()) if title else ""
    body = block.text[title.end() :].strip() if title else block.text
    notes = Notes(f"A line that begins with // is a comment, and left out: “{line[:80]}”" for line in block.dropped)
    try:
        content = _Question(body, notes).content()
        content.check()
    except (Refused, Unaskable) as reason:
        return Problem(name or label_of(body), block.line, str(reason))
    return Found(
        content,
        name=name,
        category=block.category,
        tags=block.tags,
        external_id=block.external_id,
        line=block.line,
        notes=tuple(notes),
    )


class _Question:
    """The text of one question without its title, and what is found in it."""

    def __init__(self, text: str, notes: Notes):
        self.notes = notes
        before, answers, after = _parted(text)
        self.stem = _text(text if answers is None else f"{before}{BLANK if after else ''}{after}", AUTO)
        self.has_answers = answers is not None
        self.answers = answers or ""
        self.explanation = ""
        if (general := _last(GENERAL, self.answers)) is not None:
            self.explanation = self.feedback(self.answers[general + 4 :])
            self.answers = self.answers[:general].strip()

    def content(self) -> Content:
        said: dict[str, Any] = {"stem": self.stem.markdown(self.notes), "explanation": self.explanation}
        if not self.has_answers:
            return Description(**said)
        if not self.answers:
            return FreeText(**said)
        if self.answers.startswith("#"):
            return self._numerical(said)
        if _first(MARKER, self.answers, "~") is not None:
            return self._choice(said)
        verdict = _cut(HASH, self.answers)[0].strip()
        if verdict.upper() in TRUE | FALSE and (len(verdict) > 1 or verdict.isupper()):
            return self._true_false(said, is_true=verdict.upper() in TRUE)
        items = _items(EQUALS, self.answers)
        if all(mark == "=" and ARROW in item for mark, item in items):
            return self._matching(said, items)
        return self._short_answer(said, items)

    def feedback(self, raw: str) -> str:
        return _text(raw, self.stem.format).markdown(self.notes)

    def plain(self, raw: str) -> str:
        return _text(raw, self.stem.format).plain(self.notes)

    def _weighed(self, items) -> Iterator[tuple[Fraction, str, str]]:
        """Each with its worth, its text as written and its feedback."""
        for mark, item in items:
            worth, item = _worth(item, WHOLE if mark == "=" else NOTHING)
            text, feedback = _cut(HASH, item)
            yield worth, text, self.feedback(feedback)

    def _choice(self, said) -> Content:
        items = _items(MARKER, self.answers)
        # “=~%50%” is written by some for a right one of several.
        kept = [item for item, after in zip(items, [*items[1:], ("", "")], strict=True) if not _is_empty(item, after)]
        weighed = list(self._weighed(kept))
        options = [(worth, self.plain(text), feedback) for worth, text, feedback in weighed]
        is_single = any(mark == "=" for mark, _ in kept)
        if len(options) < 2:
            raise Unaskable("A question has at least two answers to choose from. Add one.")
        if not all(text for _, text, _ in options):
            raise Unaskable("An answer has no text. If it begins with # or holds ~ or =, write \\#, \\~, \\=.")
        worths = (for_one if is_single else for_many)([worth for worth, _, _ in options], self.notes)
        made = tuple(Option(text, worth, said) for worth, (_, text, said) in zip(worths, options, strict=True))
        has_markdown = all(_text(text, AUTO).format == MARKDOWN for _, text, _ in weighed)
        return (SingleChoice if is_single else MultipleChoice)(**said, options=made, has_markdown=has_markdown)

    def _true_false(self, said, *, is_true: bool) -> Content:
        """Of the two feedbacks the first is for who is wrong."""
        _, rest = _cut(HASH, self.answers)
        wrong, right = (self.feedback(part) for part in _cut(HASH, rest))
        told = (right, wrong) if is_true else (wrong, right)
        return TrueFalse(**said, is_true=is_true, feedback_true=told[0], feedback_false=told[1])

    def _matching(self, said, items) -> Content:
        pairs, distractors = [], []
        for _, item in items:
            prompt, _, rest = item.partition(ARROW)
            answer, feedback = _cut(HASH, rest)
            if feedback.strip():
                self.notes.add("The feedback on single pairs is left out.")
            prompt, answer = self.plain(prompt), unescaped(answer).strip()
            pairs += [Pair(prompt, answer)] if prompt else []
            distractors += [] if prompt else [answer]
        return Matching(**said, pairs=tuple(pairs), distractors=tuple(distractors))

    def _short_answer(self, said, items) -> Content:
        weighed = list(self._weighed([("=", item) for _, item in items]))
        worths = for_one([worth for worth, _, _ in weighed], self.notes)
        answers = zip(worths, weighed, strict=True)
        return ShortAnswer(
            **said, answers=tuple(Answer(self.plain(text), worth, said) for worth, (_, text, said) in answers)
        )

    def _numerical(self, said) -> Content:
        right, _, wrong = _around(MARKER, self.answers[1:], "~")
        weighed = list(self._weighed([("=", item) for _, item in _items(EQUALS, right) if item.strip()]))
        worths = for_one([worth for worth, _, _ in weighed], self.notes)
        answers = [
            NumberAnswer(*_number(unescaped(text).strip()), worth, feedback)
            for worth, (_, text, feedback) in zip(worths, weighed, strict=True)
        ]
        if feedback := self.feedback(_cut(HASH, wrong)[1]):
            answers.append(NumberAnswer(None, NOTHING, NOTHING, feedback))
        return Numerical(**said, answers=tuple(answers))


def _parted(text: str) -> tuple[str, str | None, str]:
    """Before the answers, the answers, and after them; None where there are none."""
    braces = [(found.start(), found[0]) for found in BRACE.finditer(text) if found[0] in "{}"]
    if not braces:
        return text, None, ""
    if [brace for _, brace in braces] != ["{", "}"]:
        raise Unaskable(_why_not([brace for _, brace in braces]))
    (begin, _), (end, _) = braces
    return text[:begin], text[begin + 1 : end].strip(), text[end + 1 :]


def _why_not(braces: list[str]) -> str:
    if braces == ["{", "}"] * (len(braces) // 2):
        return "It has two sets of answers or more. Leave a blank line between questions; in text, write \\{ and \\}."
    return "Its braces do not match. Write one { before and one } after the answers, and those in text \\{ \\}."


def _text(raw: str, default: str) -> Text:
    raw = raw.strip()
    found = FORMAT.match(raw)
    form = found[1] if found else default
    return Text(unescaped(raw[found.end() :] if found else raw, "\n" if form == MARKDOWN else BREAK), form)


def _items(marker: re.Pattern, text: str) -> list[tuple[str, str]]:
    """Each with the mark before it; what stands before the first mark has none."""
    items, mark, begin = [], "", 0
    for found in marker.finditer(text):
        if len(found[0]) == 1:
            items.append((mark, text[begin : found.start()].strip()))
            mark, begin = found[0], found.end()
    items.append((mark, text[begin:].strip()))
    return items if items[0][1] else items[1:]


def _is_empty(item: tuple[str, str], after: tuple[str, str]) -> bool:
    return item == ("=", "") and after[0] == "~" and WEIGHT.match(after[1]) is not None


def _worth(item: str, default: Fraction) -> tuple[Fraction, str]:
    found = WEIGHT.match(item)
    share = share_of(found[1]) if found else None
    return (share, item[found.end() :]) if found and share is not None else (default, item)


def _first(marker: re.Pattern, text: str, what: str) -> int | None:
    return next((found.start() for found in marker.finditer(text) if found[0] == what), None)


def _last(marker: re.Pattern, text: str) -> int | None:
    return max((found.start() for found in marker.finditer(text) if not found[0].startswith("\\")), default=None)


def _around(marker: re.Pattern, text: str, what: str) -> tuple[str, str, str]:
    place = _first(marker, text, what)
    return (text, "", "") if place is None else (text[:place], what, text[place + 1 :])


def _cut(marker: re.Pattern, text: str) -> tuple[str, str]:
    before, _, after = _around(marker, text, "#")
    return before, after


def _number(text: str) -> tuple[Fraction | None, Fraction]:
    """Value and tolerance of 3, 3:2 and 1..5; no value for *."""
    if text == "*":
        return None, NOTHING
    if ".." in text:
        low, high = (exact_number(end) for end in text.split("..", 1))
        if low is not None and high is not None:
            return (low + high) / 2, abs(high - low) / 2
    else:
        value, tolerance = (exact_number(part) for part in [*text.split(":", 1), "0"][:2])
        if value is not None and tolerance is not None:
            return value, tolerance
    raise Unaskable(f"“{text[:40]}” is no number, nor a number with its tolerance (3:2) or a range (1..5).")
