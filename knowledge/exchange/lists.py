"""The options of a decision and the whys of a lesson, as lists that MADR and people know."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from knowledge.exchange.records import Malformed, Option, Why
from knowledge.exchange.texts import escaped, guarded, is_line, is_plain, unescaped, unguarded

SIDES = {"good": "Good", "neutral": "Neutral", "bad": "Bad"}
CHOSEN = " (chosen)"
_TAIL = re.compile(r" (\\*\(chosen\))$")
_ESCAPED_TAIL = re.compile(r" \\(\\*\(chosen\))$")
_ITEM = re.compile(r"( *)[*-] (.*)$")
_SIDE = re.compile(r"[*-] (Good|Neutral|Bad), because(?: (.*))?$")
_OURS = r"(?:### |[*-] (?:Good|Neutral|Bad), because(?: |$)"


def texts_of(option: Option) -> tuple[str, ...]:
    return (option.text, option.good, option.neutral, option.bad)


def with_each(option: Option, change: Callable[[str], str]) -> Option:
    """With each of its texts changed."""
    text, good, neutral, bad = map(change, texts_of(option))
    return replace(option, text=text, good=good, neutral=neutral, bad=bad)


def fit_as_options(options: tuple[Option, ...], reserved: tuple[str, ...]) -> bool:
    """Whether they can stand as lists; else they stand above the text, as rows."""
    return all(
        is_line(option.title) and f"### {option.title}" not in reserved and all(map(is_plain, texts_of(option)))
        for option in options
    )


def considered(options: tuple[Option, ...]) -> str:
    return "\n".join(
        f"* {_TAIL.sub(lambda tail: f' {chr(92)}{tail[1]}', option.title)}{CHOSEN if option.is_chosen else ''}"
        for option in options
    )


def pros_and_cons(options: tuple[Option, ...], reserved: str) -> str:
    """What is known of each, under its title; nothing where no more than the titles is known."""
    if not any(any(texts_of(option)) for option in options):
        return ""
    return "\n\n".join("\n\n".join(_details(option, reserved)) for option in options)


def _details(option: Option, reserved: str):
    yield f"### {option.title}"
    if option.text:
        yield guarded(escaped(option.text, _ours(reserved)))
    sides = [
        f"* {word}, because{line and f' {line}'}"
        for name, word in SIDES.items()
        if getattr(option, name)
        for line in getattr(option, name).split("\n")
    ]
    if sides:
        yield "\n".join(sides)


def _ours(reserved: str) -> str:
    return f"{_OURS}|{reserved})"


def read_options(considered: str, details: str, reserved: str) -> tuple[Option, ...]:
    listed = [_listed(line) for line in considered.split("\n") if line.strip()]
    known = _read_details(details, reserved)
    options = []
    for title, is_chosen in listed:
        at = next((index for index, each in enumerate(known) if each["title"] == title), None)
        told = known.pop(at) if at is not None else {"title": title}
        options.append(Option(**told, is_chosen=is_chosen))
    return (*options, *(Option(**told) for told in known))


def _listed(line: str) -> tuple[str, bool]:
    item = _ITEM.match(line)
    if not item:
        raise Malformed("Under “Considered Options” each line names an option: “* ” and its title.")
    title = item[2].strip()
    is_chosen = title.endswith(CHOSEN) and not _ESCAPED_TAIL.search(title)
    title = title.removesuffix(CHOSEN) if is_chosen else title
    return _ESCAPED_TAIL.sub(lambda tail: f" {tail[1]}", title), is_chosen


def _read_details(text: str, reserved: str) -> list[dict[str, Any]]:
    found: list[tuple[str, list[str]]] = []
    for line in text.split("\n"):
        if line.startswith("### "):
            found.append((line[4:].strip(), []))
        elif found:
            found[-1][1].append(line)
        elif line.strip():
            raise Malformed("Under “Pros and Cons of the Options” the title of an option comes first: “### ” and it.")
    return [{"title": title, **_sides(lines), "text": _text(lines, reserved)} for title, lines in found]


def _sides(lines: list[str]) -> dict[str, str]:
    sides: dict[str, list[str]] = {}
    for line in lines:
        if side := _SIDE.match(line):
            sides.setdefault(side[1].lower(), []).append(side[2] or "")
    return {name: "\n".join(each) for name, each in sides.items()}


def _text(lines: list[str], reserved: str) -> str:
    text = "\n".join(line for line in lines if not _SIDE.match(line))
    return unescaped(unguarded(text), _ours(reserved))


def fit_as_whys(whys: tuple[Why, ...]) -> bool:
    return all(is_line(why.text) for why in whys)


def asked(whys: tuple[Why, ...]) -> str:
    return "\n".join(f"{'  ' * (why.depth - 1)}* {why.text}" for why in whys)


def read_whys(text: str) -> tuple[Why, ...]:
    whys: list[Why] = []
    for line in text.split("\n"):
        if not line.strip():
            continue
        item = _ITEM.match(line)
        if not item:
            raise Malformed("Under “Why It Happened” each line answers one why: “* ” and the answer.")
        deepest = whys[-1].depth + 1 if whys else 1
        whys.append(Why(min(len(item[1]) // 2 + 1, deepest), item[2].strip()))
    return tuple(whys)
