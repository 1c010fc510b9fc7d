"""The block above the text: YAML whose every scalar is read as the text that it is."""

import re
from typing import Any

import yaml

from knowledge.exchange.records import Malformed

_BLOCK = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_OURS = re.compile(r"^cairn:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_LINE_END = re.compile("[\n\r\x85\u2028\u2029]")
FORMAT = "1"


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)


class _TextLoader(yaml.SafeLoader):
    yaml_implicit_resolvers: dict = {}

    def compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            raise Malformed("The front matter repeats itself by YAML aliases, which are not followed. Write it out.")
        return super().compose_node(parent, index)


def _text(dumper, text):
    # Line ends of any kind, which YAML folds unless they are escaped.
    style = '"' if _LINE_END.search(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def dump(values: dict[str, Any]) -> str:
    text = yaml.dump(
        {"cairn": int(FORMAT), **values}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=float("inf")
    )
    return f"---\n{text}---\n"


def split(text: str) -> tuple[dict[str, Any], str] | None:
    """The block's values and what follows it; None where the file is not of Cairn's format."""
    found = _BLOCK.match(text)
    ours = _OURS.search(found[1]) if found else None
    if not found or not ours:
        return None
    if ours[1].strip("'\"") != FORMAT:
        raise Malformed(f"The file says that it is of Cairn’s format {ours[1][:20]}; this Cairn reads format {FORMAT}.")
    return _values(found[1]), text[found.end() :]


def _values(block: str) -> dict[str, Any]:
    loader = None
    try:
        loader = _TextLoader(block)
        values = loader.get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 2}" if mark else ""
        raise Malformed(f"The front matter is no valid YAML{where}.") from None
    except (ValueError, TypeError, RecursionError) as error:
        if isinstance(error, Malformed):
            raise
        raise Malformed("The front matter is no valid YAML.") from None
    finally:
        if loader is not None:
            loader.dispose()
    if not isinstance(values, dict):
        raise Malformed("The front matter is no list of fields.")
    return values
