"""What someone who sits a quiz sees of a question, in which order, and how what they post becomes a response.

A response is JSON in one of three shapes. Places count from 0, in the order in which the question was written, so that
a response means the same whatever the order shown:

    {"chosen": [place, …]}          of the options, ascending: one of them, or many
    {"text": "…"}                   a line, or a longer text
    {"placed": [place or null, …]}  for each prompt, which option was put there

Forms post places in the order *shown*: neither a name nor a number in the page says where something stood when it was
written, which of a matching or an ordering question would be the answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any

from people.refusals import Refused

Response = Mapping[str, Any]
# {"options": [place, …], "prompts": [place, …]}, in the order shown.
Order = Mapping[str, Sequence[int]]

LONGEST_LINE = 500
LONGEST_TEXT = 20_000
NOT_OF_THIS = "That answer is none of this question's. Reload the page and answer again."


class Form(StrEnum):
    """How it is answered."""

    ONE = "one"
    MANY = "many"
    LINE = "line"
    TEXT = "text"
    PLACES = "places"
    NONE = "none"


class Shuffled(StrEnum):
    NEVER = "never"
    IF_ASKED = "if asked"  # where the quiz says so
    ALWAYS = "always"


@dataclass(frozen=True)
class Sheet:
    """`offers`: for each prompt the places of the options that it takes; empty where each takes all. `has_markdown`: of
    the options, which are untrusted either way."""

    form: Form
    options: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    offers: tuple[tuple[int, ...], ...] = ()
    options_shuffled: Shuffled = Shuffled.NEVER
    prompts_shuffled: Shuffled = Shuffled.NEVER
    hint: str = ""
    has_markdown: bool = False

    def order(self, *, shuffles: bool, chance: Random) -> Order:
        return {
            "options": _order(len(self.options), self.options_shuffled, shuffles, chance),
            "prompts": _order(len(self.prompts), self.prompts_shuffled, shuffles, chance),
        }

    def offered(self, prompt: int) -> Sequence[int]:
        return self.offers[prompt] if self.offers else range(len(self.options))


def _order(count: int, shuffled: Shuffled, shuffles: bool, chance: Random) -> list[int]:
    places = list(range(count))
    if shuffled is Shuffled.ALWAYS or (shuffles and shuffled is Shuffled.IF_ASKED):
        chance.shuffle(places)
    return places


def read(sheet: Sheet, order: Order, posted: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """`posted` is {"": values} for a field of the question's own name, and {"0": values, …} for one of each prompt
    shown. Whether the response fits the sheet is asked by `check`."""
    if sheet.form in (Form.ONE, Form.MANY):
        return {"chosen": sorted({place_in(order["options"], value) for value in posted.get("", ())})}
    if sheet.form in (Form.LINE, Form.TEXT):
        return {"text": _text(posted.get("", ()))}
    if sheet.form is Form.PLACES:
        return {"placed": _placed(sheet, order, posted)}
    raise Refused("There is nothing to answer here.")


def is_answered(response: Response) -> bool:
    if "placed" in response:
        return any(place is not None for place in response["placed"])
    return bool(response.get("chosen") or response.get("text", "").strip())


def _text(values: Sequence[str]) -> str:
    return "".join(values[:1]).replace("\r\n", "\n").replace("\x00", "")


def _placed(sheet: Sheet, order: Order, posted: Mapping[str, Sequence[str]]) -> list[int | None]:
    placed: list[int | None] = [None] * len(sheet.prompts)
    for shown, values in posted.items():
        chosen = "".join(values[:1])
        placed[place_in(order["prompts"], shown)] = place_in(order["options"], chosen) if chosen else None
    return placed


def place_in(places: Sequence[int], shown: str) -> int:
    if not (shown.isascii() and shown.isdigit() and len(shown) < 6 and int(shown) < len(places)):
        raise Refused(NOT_OF_THIS)
    return places[int(shown)]


def check(sheet: Sheet, response: Response) -> None:
    """Refused where a response is none to this sheet."""
    if not response:
        return
    if sheet.form in (Form.ONE, Form.MANY):
        _check_chosen(sheet, response.get("chosen"))
    elif sheet.form in (Form.LINE, Form.TEXT):
        _check_text(sheet, response.get("text"))
    elif sheet.form is Form.PLACES:
        _check_placed(sheet, response.get("placed"))
    else:
        raise Refused("There is nothing to answer here.")


def _check_chosen(sheet: Sheet, chosen: Sequence[int] | None) -> None:
    if chosen is None or not set(chosen) <= set(range(len(sheet.options))):
        raise Refused(NOT_OF_THIS)
    if sheet.form is Form.ONE and len(chosen) > 1:
        raise Refused("This question takes one answer. Choose one.")


def _check_text(sheet: Sheet, text: str | None) -> None:
    most = LONGEST_LINE if sheet.form is Form.LINE else LONGEST_TEXT
    if text is None:
        raise Refused(NOT_OF_THIS)
    if len(text) > most:
        raise Refused(f"The answer has {len(text):,} characters; {most:,} are the most. Shorten it.")


def _check_placed(sheet: Sheet, placed: Sequence[int | None] | None) -> None:
    if placed is None or len(placed) != len(sheet.prompts):
        raise Refused(NOT_OF_THIS)
    if any(place is not None and place not in sheet.offered(prompt) for prompt, place in enumerate(placed)):
        raise Refused(NOT_OF_THIS)
