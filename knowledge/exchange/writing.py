"""A record as the text of its file. The same record is the same text, always."""

from typing import Any

from knowledge.exchange import front, lists, texts
from knowledge.exchange.records import Option, Record
from knowledge.exchange.shapes import PROS_AND_CONS, SHAPES, Field, Form


def write(record: Record) -> str:
    shape = SHAPES[record.kind]
    above: dict[str, Any] = {}
    odd: dict[str, Any] = {"crlf": [], "verbatim": {}}
    for field in shape.above:
        above |= _above(field, record.fields[field.name], odd)
    ours = texts.exactly(shape.reserved)
    sections = [_section(field, record.fields[field.name], shape.reserved, ours, odd) for field in shape.under]
    details = _pros_and_cons(record, shape, ours)
    # MADR has them between the outcome and what follows it.
    sections.insert(len(sections) - 1 if details else len(sections), details)
    if shape.last:
        sections.append(_last(shape, record.fields[shape.last], odd))
    block = front.dump(_head(record) | above | _about(record) | {key: value for key, value in odd.items() if value})
    heading = f"# {record.title}" if texts.is_line(record.title) else ""
    return "\n".join([block, *(f"{part}\n" for part in (heading, *sections) if part)])


def _head(record: Record) -> dict[str, Any]:
    head = {"id": record.id, "kind": record.kind, "number": record.number}
    # A title is the first heading, unless it cannot stand there.
    return head | _told(title="" if texts.is_line(record.title) else record.title, slug=record.slug)


def _about(record: Record) -> dict[str, Any]:
    edition = record.edition
    return _told(
        owner=record.owner,
        deputies=record.deputies,
        experts=record.experts,
        processes=record.processes,
        tags=record.tags,
        review_months=record.review_months,
        readers=[list(names) for names in record.readers],
        edition=edition and _told(number=edition.number, in_force=edition.in_force, change=edition.change),
        files={
            name: _told(kind=file.kind, title=file.title, sha256=file.sha256)
            for name, file in sorted(record.files.items())
        },
        refers_to=dict(sorted(record.ids.items())),
    )


def _told(**values: Any) -> dict[str, Any]:
    """What is not empty, by the keys of the file."""
    return {
        name.replace("_", "-"): list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value
    }


def _above(field: Field, value: Any, odd: dict) -> dict[str, Any]:
    if value == field.empty:
        return {}
    if field.form is Form.LINES:
        text, is_crlf = texts.with_one_line_end(value)
        if is_crlf:
            odd["crlf"].append(field.name)
        return {field.label: text.split("\n")}
    if field.form is Form.ROWS:
        return {field.label: [_row(field.columns, row) for row in value]}
    return {field.label: list(value) if isinstance(value, tuple) else value}


def _row(columns: tuple[str, ...], row: dict[str, str]) -> dict[str, str]:
    return {column: row[column] for column in columns if row[column]} or {columns[0]: ""}


def _section(field: Field, value: Any, reserved: tuple[str, ...], ours: str, odd: dict) -> str:
    if not value:
        return ""
    if field.form is Form.OPTIONS:
        return _considered(field, value, reserved, odd)
    if field.form is Form.WHYS:
        if lists.fit_as_whys(value):
            return f"{field.label}\n\n{lists.asked(value)}"
        odd["verbatim"][field.name] = [{"depth": why.depth, "text": why.text} for why in value]
        return ""
    text = _plain(field.name, value, odd)
    return text and f"{field.label}\n\n{texts.guarded(texts.escaped(text, ours))}"


def _last(shape, value: str, odd: dict) -> str:
    text = _plain(shape.last, value, odd)
    heading = f"{shape.last_heading}\n\n" if shape.last_heading else ""
    return text and f"{heading}{texts.guarded(text)}"


def _plain(name: str, value: str, odd: dict) -> str:
    """The text as it can stand in the file; empty where only the block above the text can hold it."""
    text, is_crlf = texts.with_one_line_end(value)
    if not texts.is_plain(text):
        odd["verbatim"][name] = value
        return ""
    if is_crlf:
        odd["crlf"].append(name)
    return text


def _considered(field: Field, value: tuple[Option, ...], reserved: tuple[str, ...], odd: dict) -> str:
    options = _with_one_line_end(value)
    if options is None or not lists.fit_as_options(options, reserved):
        odd["verbatim"][field.name] = [_told_option(option) for option in value]
        return ""
    if options != value:
        odd["crlf"].append(field.name)
    return f"{field.label}\n\n{lists.considered(options)}"


def _pros_and_cons(record: Record, shape, ours: str) -> str:
    options = _with_one_line_end(record.fields.get("options", ()))
    if not options or not lists.fit_as_options(options, shape.reserved):
        return ""
    details = lists.pros_and_cons(options, ours)
    return details and f"{PROS_AND_CONS}\n\n{details}"


def _with_one_line_end(options: tuple[Option, ...]) -> tuple[Option, ...] | None:
    """All with \\n; None where some have it already and others do not."""
    every = [text for option in options for text in lists.texts_of(option) if "\n" in text]
    ends = {texts.with_one_line_end(text)[1] for text in every}
    if ends == {True, False}:
        return None
    return tuple(lists.with_each(option, lambda text: texts.with_one_line_end(text)[0]) for option in options)


def _told_option(option: Option) -> dict[str, Any]:
    return {
        "title": option.title,
        **_told(text=option.text, good=option.good, neutral=option.neutral, bad=option.bad, chosen=option.is_chosen),
    }
