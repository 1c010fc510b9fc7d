"""Moodle's embedded answers (Cloze): {1:MULTICHOICE:=right~wrong} in the text, as words that are missing."""

import re
from collections.abc import Iterator

from courses.importing.found import Notes, Unaskable
from courses.importing.weights import share_of
from courses.importing.wording import HTML, Text
from courses.kinds import NOTHING, WHOLE, Word

PART = re.compile(r"\{(\d{0,3}):([A-Z_]{1,30}):((?:\\.|[^\\{}]){0,20000})\}")
CHOICES = re.compile(r"(MULTICHOICE|MC)(_?(H|V|S|HS|VS))?$")
ANSWER = re.compile(r"(?:\\.|[^\\~])+", re.DOTALL)
WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d{0,20})?)%")
MOST_GAPS = 99


def gaps_of(text: str, notes: Notes) -> tuple[str, list[Word], list[int]]:
    """The text with [[1]] … in place of its parts, the words, and which of them fills each gap."""
    parts = list(PART.finditer(text))
    _check(parts)
    words: list[Word] = []
    answers: list[int] = []
    for group, part in enumerate(parts, 1):
        offered = list(_offered(part[3], notes))
        right = [place for place, (_, share) in enumerate(offered) if share == WHOLE]
        if len(right) != 1 or any(share not in (NOTHING, WHOLE) for _, share in offered):
            raise Unaskable(f"Its part {group} has not just one right answer, worth 100 %, and all others worth 0 %.")
        answers.append(len(words) + right[0])
        words += [Word(text, group) for text, _ in offered]
    numbers = iter(range(1, len(parts) + 1))
    return PART.sub(lambda part: f"[[{next(numbers)}]]", text), words, answers


def _check(parts: list[re.Match]) -> None:
    if not 0 < len(parts) <= MOST_GAPS:
        raise Unaskable(f"It has no embedded answers that are read, or more than {MOST_GAPS}.")
    kinds = sorted({part[2] for part in parts if not CHOICES.match(part[2])})
    if kinds:
        raise Unaskable(f"Embedded answers of type {', '.join(kinds)} are not read; choices (MULTICHOICE) are.")
    if len({part[1] or "1" for part in parts}) > 1:
        raise Unaskable("Its embedded answers have different weights. All gaps weigh the same here.")


def _offered(text: str, notes: Notes) -> Iterator[tuple[str, object]]:
    for answer in ANSWER.findall(text):
        weight = WEIGHT.match(answer)
        share = WHOLE if answer.startswith("=") else share_of(weight[1]) if weight else NOTHING
        said = answer[weight.end() :] if weight else answer.removeprefix("=")
        words, _, feedback = re.sub(r"\\#", "\x00", said).partition("#")
        if feedback.strip():
            notes.add("The feedback on single embedded answers is left out.")
        yield Text(re.sub(r"\\(.)", r"\1", words.replace("\x00", "#")), HTML).plain(notes), share
