"""The block of fields above a text (YAML between ---, TOML between +++), read within bounds and never evaluated."""

import json
import re
import tomllib
from dataclasses import dataclass, field

import yaml

from knowledge.importing.decoding import Unreadable
from knowledge.importing.vocabulary import fold

# The largest block met held 23 kB; what is deeper or longer than this was made to exhaust a reader.
LARGEST = 64_000
MOST_EVENTS = 10_000
DEEPEST = 20

_KEY = re.compile(r"([^\s:#=\-\[{\"'][^:=\n]{0,60}?)\s*[:=](?:[ \t]+(.*))?$")


class _TextLoader(yaml.SafeLoader):
    """Every scalar stays the text that it was: 2024-02-31 is then a mistake to report, not a crash."""

    yaml_implicit_resolvers: dict = {}


@dataclass(frozen=True)
class FrontMatter:
    """`values` by folded key; `parts` is the same block as written, cut before each top-level key."""

    values: dict[str, list[str]] = field(default_factory=dict)
    parts: tuple[tuple[str | None, str], ...] = ()
    language: str = "yaml"

    def first(self, *keys: str) -> str:
        return next((self.values[key][0] for key in keys if self.values.get(key)), "")

    @property
    def comments(self) -> list[str]:
        return [line[1:].strip() for _, part in self.parts for line in part.splitlines() if line.startswith("#")]


def split(text: str) -> tuple[FrontMatter, str]:
    """The front matter, empty where there is none, and the text below it."""
    if told := _json(text):
        return told
    opening, _, rest = text.lstrip("\n").partition("\n")
    fence = opening.rstrip()
    if fence not in {"---", "+++"}:
        return FrontMatter(), text
    block, closed, body = _until(rest, fence)
    if not closed or not _looks_like_fields(block):
        return FrontMatter(), text
    if len(block) > LARGEST:
        raise Unreadable(f"The front matter is longer than {LARGEST // 1000} kB.")
    language = "yaml" if fence == "---" else "toml"
    return FrontMatter(_values(block, language), _parts(block), language), body


_JSON = re.compile(r"\s*(?:;;;[ \t]*\n)?(?=\{[\s\"])")


def _json(text: str) -> tuple[FrontMatter, str] | None:
    """A JSON object above the text, alone or between ;;;."""
    start = _JSON.match(text[:1000])
    if not start:
        return None
    try:
        data, end = json.JSONDecoder().raw_decode(text[: start.end() + LARGEST], start.end())
    except (ValueError, RecursionError):
        return None
    rest = re.match(r"[ \t]*\n(?:;;;[ \t]*(?:\n|$))?", text[end:])
    if not isinstance(data, dict) or not data or not rest:
        return None
    block = text[start.end() : end]
    values = {_key(key): _texts(value) for key, value in data.items()}
    return FrontMatter(values, ((None, block),), "json"), text[end + rest.end() :]


def _until(text: str, fence: str) -> tuple[str, bool, str]:
    ends = {fence, "..."} if fence == "---" else {fence}
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if line.rstrip() in ends:
            return "\n".join(lines[:index]), True, "\n".join(lines[index + 1 :])
    return text, False, ""


def _looks_like_fields(block: str) -> bool:
    lines = [line for line in block.split("\n") if line.strip() and not line.startswith("#")]
    return not lines or any(_KEY.match(line[:1000]) for line in lines)


def _values(block: str, language: str) -> dict[str, list[str]]:
    data = _toml(block) if language == "toml" else _yaml(block)
    if not isinstance(data, dict):
        data = _line_by_line(block)
    return {_key(key): _texts(value) for key, value in data.items()}


def _toml(block: str) -> object:
    try:
        return tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _yaml(block: str) -> object:
    """What the block says, or None where it is no valid YAML."""
    try:
        _refuse_bombs(block)
        loader = _TextLoader(block)
        try:
            return loader.get_single_data()
        finally:
            loader.dispose()
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        if isinstance(error, Unreadable):
            raise
        return None


def _refuse_bombs(block: str) -> None:
    anchored = False
    depth = 0
    for count, event in enumerate(yaml.parse(block, Loader=yaml.SafeLoader)):
        anchored = anchored or (not isinstance(event, yaml.AliasEvent) and bool(getattr(event, "anchor", None)))
        if isinstance(event, yaml.AliasEvent) and anchored:
            raise Unreadable("The front matter repeats itself by YAML aliases, which are not followed. Write it out.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST or count > MOST_EVENTS:
            raise Unreadable(f"The front matter is nested deeper than {DEEPEST} levels or has too many fields.")


def _line_by_line(block: str) -> dict[str, str]:
    matches = (_KEY.match(line[:1000]) for line in block.split("\n"))
    return {match[1]: (match[2] or "").strip().strip("\"'") for match in matches if match}


def _key(key: object) -> str:
    return fold(str(key)).replace("_", " ").replace("-", " ")


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        # `date: { 2024-06-20 }` is a mapping to YAML; to whoever wrote it, it is the date.
        return [str(key) for key in value if not value[key]] or [str(item) for item in value.values()]
    if isinstance(value, list | tuple | set):
        return [text for item in value for text in _texts(item)]
    return [str(value).strip()] if value not in (None, "") else []


def _parts(block: str) -> tuple[tuple[str | None, str], ...]:
    parts: list[tuple[str | None, list[str]]] = []
    for line in block.split("\n"):
        match = _KEY.match(line[:1000])
        if match or not parts or line.startswith("#"):
            parts.append((_key(match[1]) if match else None, [line]))
        else:
            parts[-1][1].append(line)
    return tuple((key, "\n".join(lines)) for key, lines in parts)
