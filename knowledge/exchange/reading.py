"""The text of a file as the record that it is."""

import re
import uuid
from typing import Any

from knowledge.exchange import front, lists, texts
from knowledge.exchange.records import EditionNote, FileNote, Malformed, Option, Record, Why
from knowledge.exchange.shapes import PROS_AND_CONS, SHAPES, Field, Form, Shape
from knowledge.exchange.values import Values

TITLE = re.compile(r"\s*^# +(\S.*?)[ \t]*(?:\n|\Z)", re.MULTILINE)
FORMS = {
    Form.TEXT: Values.text,
    Form.CHOICE: Values.text,
    Form.PERSON: Values.text,
    Form.PAGE: Values.text,
    Form.LINES: Values.lines,
    Form.PAGES: Values.texts,
    Form.DATE: Values.date,
}


def read(text: str) -> Record | None:
    """The record, or None where the file is not of Cairn's format. Malformed, where it is and cannot be read."""
    parts = front.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    if parts is None:
        return None
    values = Values(parts[0])
    values.text("cairn")
    kind = values.text("kind")
    if kind not in SHAPES:
        raise Malformed(f"“kind” must be one of {', '.join(SHAPES)}.")
    shape = SHAPES[kind]
    title, body = _title(values, parts[1])
    crlf, verbatim = set(values.texts("crlf")), Values(values.mapping("verbatim"))
    fields = {field.name: _above(field, values) for field in shape.above} | _under(shape, body, verbatim)
    fields = {name: _with_crlf(value) if name in crlf else value for name, value in fields.items()}
    about = _about(values)
    unknown = (*values.left(), *verbatim.left())
    return Record(kind=kind, title=title, fields=fields, **about, unknown=unknown)


def _title(values: Values, body: str) -> tuple[str, str]:
    if title := values.text("title"):
        return title, body
    found = TITLE.match(body)
    if not found:
        raise Malformed("The file has no title: write it after the front matter, as “# ” and the title.")
    return found[1].strip(), body[found.end() :]


def _about(values: Values) -> dict[str, Any]:
    edition = Values(values.mapping("edition"))
    number, in_force, change = edition.number("number", 0), edition.date("in-force"), edition.text("change")
    files = {name: Values.of(name, told) for name, told in values.mapping("files").items()}
    return {
        "id": _id(values.text("id"), "id"),
        "number": values.text("number"),
        "slug": values.text("slug"),
        "owner": values.text("owner"),
        **{name: values.texts(name) for name in ("deputies", "experts", "processes", "tags")},
        "review_months": values.number("review-months", 12),
        "readers": tuple(Values({"readers": names}).texts("readers") for names in values.items("readers")),
        "edition": EditionNote(number, in_force, change) if number and in_force else None,
        "files": {
            name: FileNote(told.text("kind"), told.text("title"), told.text("sha256")) for name, told in files.items()
        },
        "ids": {name: _id(told, "refers-to") for name, told in values.mapping("refers-to").items()},
    }


def _id(text: Any, key: str) -> str:
    try:
        return str(uuid.UUID(text))
    except (ValueError, AttributeError, TypeError):
        raise Malformed(f"“{key}” must be an id as Cairn wrote it.") from None


def _above(field: Field, values: Values) -> Any:
    if field.form is Form.FLAG:
        return values.flag(field.label, field.default)
    if field.form is Form.ROWS:
        rows = [Values.of(field.label, row) for row in values.items(field.label)]
        return tuple({column: row.text(column) for column in field.columns} for row in rows)
    return FORMS[field.form](values, field.label)


def _under(shape: Shape, body: str, verbatim: Values) -> dict[str, Any]:
    ours = texts.exactly(shape.reserved)
    found = _sections(shape, body, ours)
    fields: dict[str, Any] = {}
    for field in shape.under:
        text = found.get(field.label, "")
        if field.form is Form.OPTIONS:
            rows = verbatim.items(field.name)
            details = found.get(PROS_AND_CONS, "")
            fields[field.name] = _options(rows) if rows else lists.read_options(text, details, ours)
        elif field.form is Form.WHYS:
            rows = verbatim.items(field.name)
            fields[field.name] = _whys(rows) if rows else lists.read_whys(text)
        else:
            fields[field.name] = verbatim.text(field.name) or texts.unescaped(texts.unguarded(text), ours)
    if shape.last:
        fields[shape.last] = verbatim.text(shape.last) or texts.unguarded(found.get(shape.last_heading, ""))
    return fields


def _sections(shape: Shape, body: str, ours: str) -> dict[str, str]:
    """The text below each heading that means something here."""
    if not shape.reserved:
        return {"": body}
    found: dict[str, list[str]] = {"": []}
    heading = ""
    for line in body.split("\n"):
        if (heading != shape.last_heading or not heading) and re.match(ours, line):
            heading = line.rstrip(" \t")
            if heading in found:
                raise Malformed(f"The heading “{heading.lstrip('# ')}” stands there twice.")
            found[heading] = []
            continue
        found[heading].append(line)
    if any(line.strip() for line in found[""]):
        first = shape.reserved[0].lstrip("# ")
        raise Malformed(f"There is text above the first heading: put it under one, such as “{first}”.")
    return {heading: "\n".join(lines) for heading, lines in found.items()}


def _options(rows: list[Any]) -> tuple[Option, ...]:
    told = [Values.of("options", row) for row in rows]
    return tuple(
        Option(
            title=row.text("title"),
            text=row.text("text"),
            good=row.text("good"),
            neutral=row.text("neutral"),
            bad=row.text("bad"),
            is_chosen=row.flag("chosen"),
        )
        for row in told
    )


def _whys(rows: list[Any]) -> tuple[Why, ...]:
    told = [Values.of("whys", row) for row in rows]
    return tuple(Why(row.number("depth", 1), row.text("text")) for row in told)


def _with_crlf(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\n", "\r\n")
    return tuple(lists.with_each(each, _with_crlf) for each in value)
