"""From the Markdown of a page to the fields of its kind. Pure; what no field takes is refused with a sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
PART = re.compile(r"^### (.+)$", re.MULTILINE)
ITEM = re.compile(r"^(?:-|\d+\.) (?P<text>.+)$")
ARGUMENT = re.compile(r"^- (?P<side>Good|Neutral|Bad), because (?P<text>.+)$")
CHOICE = re.compile(r'(?P<verb>Chosen|Proposed) option: "(?P<title>[^"]+)"')

DECISION = {
    "Context and Problem Statement": "context",
    "Decision Drivers": "drivers",
    "Decision Outcome": "outcome",
    "More Information": "more_information",
}
OUTCOME = {"Consequences": "consequences", "Confirmation": "confirmation"}
OPTIONS, WEIGHED = "Considered Options", "Pros and Cons of the Options"
LESSON = {
    "What happened": "what_happened",
    "Impact": "impact",
    "What went right": "went_well",
    "Root cause": "root_cause",
    "Correction": "correction",
    "Corrective action": "corrective_action",
}
LISTS = ("Suppliers", "Inputs", "Steps", "Outputs", "Customers")
TABLES = {"Measures": ("name", "target", "how"), "Risks": ("risk", "control")}

Rows = list[dict[str, Any]]


class Unfitting(ValueError):
    """A text that the fields of its kind cannot take."""


@dataclass(frozen=True)
class Fields:
    """`texts` by the names of the model's fields; `rows` are those of its options, measures and risks."""

    texts: dict[str, str]
    rows: dict[str, Rows]


def fields_of(kind: str, text: str) -> Fields:
    return {"processes": _process, "decisions": _decision, "lessons": _lesson, "briefs": _brief}[kind](text)


def without(text: str, headings: tuple[str, ...]) -> str:
    """The text as it was before it had the sections under these headings."""
    opening, sections = _split(HEADING, text)
    left = [f"## {heading}\n\n{body}" for heading, body in sections.items() if heading not in headings]
    return "\n\n".join([opening, *left]).strip() + "\n"


def _brief(text: str) -> Fields:
    return Fields({"body": text}, {})


def _lesson(text: str) -> Fields:
    opening, sections = _split(HEADING, text)
    _nothing_before(opening)
    return Fields(dict.fromkeys(LESSON.values(), "") | _named(sections, LESSON), {})


def _process(text: str) -> Fields:
    body, sections = _split(HEADING, text)
    texts = {heading.lower(): "\n".join(_items(sections.pop(heading, ""))) for heading in LISTS}
    rows = {heading.lower(): list(_rows(sections.pop(heading, ""), names)) for heading, names in TABLES.items()}
    left = [f"## {heading}\n\n{section}" for heading, section in sections.items()]
    return Fields(texts | {"body": "\n\n".join([body, *left])}, rows)


def _decision(text: str) -> Fields:
    opening, sections = _split(HEADING, text)
    _nothing_before(opening)
    titles = list(_items(sections.pop(OPTIONS, "")))
    _, weighed = _split(PART, sections.pop(WEIGHED, ""))
    texts = dict.fromkeys([*DECISION.values(), *OUTCOME.values()], "") | _named(sections, DECISION)
    texts["outcome"], after = _split(PART, texts["outcome"])
    texts |= _named(after, OUTCOME)
    return Fields(texts, {"options": list(_options(titles, weighed, texts["outcome"]))})


def _options(titles: list[str], weighed: dict[str, str], outcome: str) -> Iterator[dict[str, Any]]:
    chosen = CHOICE.search(outcome)
    named = [*weighed, *([chosen["title"]] if chosen else [])]
    if unknown := [title for title in named if title not in titles]:
        raise Unfitting(f"{unknown[0]!r} is weighed or chosen, but not among its considered options")
    for title in titles:
        is_chosen = chosen is not None and (chosen["verb"], chosen["title"]) == ("Chosen", title)
        yield {"title": title, "is_chosen": is_chosen, **_weighed(weighed.get(title, ""))}


def _weighed(text: str) -> dict[str, str]:
    sides: dict[str, list[str]] = {"good": [], "neutral": [], "bad": []}
    described = []
    for line in text.splitlines():
        argument = ARGUMENT.match(line)
        if argument:
            sides[argument["side"].lower()].append(argument["text"])
        else:
            described.append(line)
    return {side: "\n".join(lines) for side, lines in sides.items()} | {"text": "\n".join(described).strip()}


def _split(heading: re.Pattern[str], text: str) -> tuple[str, dict[str, str]]:
    """What stands before the first heading, and what under each."""
    opening, *rest = heading.split(text)
    return opening.strip(), dict(zip(rest[::2], (part.strip() for part in rest[1::2]), strict=True))


def _named(sections: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    if unknown := [heading for heading in sections if heading not in names]:
        raise Unfitting(f"no field is headed {unknown[0]!r}")
    return {names[heading]: text for heading, text in sections.items()}


def _nothing_before(opening: str) -> None:
    if opening:
        raise Unfitting(f"{opening[:40]!r} stands before the first heading")


def _items(text: str) -> Iterator[str]:
    for line in text.splitlines():
        item = ITEM.match(line)
        if item is None:
            raise Unfitting(f"{line[:40]!r} is no item of a list")
        yield item["text"]


def _rows(text: str, names: tuple[str, ...]) -> Iterator[dict[str, str]]:
    for line in text.splitlines()[2:]:  # below the table's heads and their rule
        cells = [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]
        if len(cells) != len(names):
            raise Unfitting(f"{line[:40]!r} has {len(cells)} cells, not {len(names)}")
        yield dict(zip(names, cells, strict=True))
