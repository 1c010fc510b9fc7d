"""What each kind of record holds, and where in its file: above the text, or under a heading of its own."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Form(StrEnum):
    TEXT = "text"
    LINES = "lines"
    DATE = "date"
    FLAG = "flag"
    CHOICE = "choice"
    PERSON = "person"
    PAGE = "page"
    PAGES = "pages"
    ROWS = "rows"
    MARKDOWN = "markdown"
    OPTIONS = "options"
    WHYS = "whys"


EMPTY: dict[Form, Any] = {
    Form.DATE: None,
    Form.PAGES: (),
    Form.ROWS: (),
    Form.OPTIONS: (),
    Form.WHYS: (),
}


@dataclass(frozen=True)
class Field:
    name: str
    form: Form
    # Its key above the text, or its heading with the signs before it.
    label: str
    # Of rows.
    columns: tuple[str, ...] = ()
    # Of a flag: what it is where the file does not say.
    default: bool = False

    @property
    def empty(self) -> Any:
        return self.default if self.form is Form.FLAG else EMPTY.get(self.form, "")


@dataclass(frozen=True)
class Shape:
    shelf: str
    prefix: str
    above: tuple[Field, ...] = ()
    under: tuple[Field, ...] = ()
    # The field that runs to the end of the file, and the heading before it; none where it is all there is.
    last: str = ""
    last_heading: str = ""
    # Other headings that mean something.
    headings: tuple[str, ...] = ()

    @property
    def reserved(self) -> tuple[str, ...]:
        """The lines that a text under a heading cannot hold as they are."""
        last = (self.last_heading,) if self.last_heading else ()
        return (*(each.label for each in self.under), *self.headings, *last)

    @property
    def all_fields(self) -> tuple[Field, ...]:
        last = (Field(self.last, Form.MARKDOWN, self.last_heading),) if self.last else ()
        return (*self.above, *self.under, *last)


def _rows(name: str, *columns: str, label: str = "") -> Field:
    return Field(name, Form.ROWS, label or name, columns)


PROS_AND_CONS = "## Pros and Cons of the Options"

SHAPES = {
    "process": Shape(
        shelf="processes",
        prefix="PRO",
        above=(
            Field("purpose", Form.TEXT, "purpose"),
            Field("suppliers", Form.LINES, "suppliers"),
            Field("inputs", Form.LINES, "inputs"),
            Field("steps", Form.LINES, "steps"),
            Field("outputs", Form.LINES, "outputs"),
            Field("customers", Form.LINES, "customers"),
            _rows("measures", "name", "target", "how"),
            _rows("risks", "risk", "control"),
            Field("part_of", Form.PAGE, "part-of"),
            Field("feeds", Form.PAGES, "feeds"),
            Field("four_eyes", Form.FLAG, "four-eyes", default=True),
        ),
        last="body",
    ),
    "brief": Shape(
        shelf="briefs",
        prefix="BRF",
        above=(Field("summary", Form.TEXT, "summary"),),
        last="body",
    ),
    "decision": Shape(
        shelf="decisions",
        prefix="DEC",
        above=(
            Field("status", Form.CHOICE, "status"),
            Field("decided_on", Form.DATE, "date"),
            Field("decision_makers", Form.LINES, "decision-makers"),
            Field("consulted", Form.LINES, "consulted"),
            Field("informed", Form.LINES, "informed"),
            Field("supersedes", Form.PAGES, "supersedes"),
            _rows("lesson_marks", "lesson", "mark", "because", label="lessons"),
        ),
        under=(
            Field("context", Form.MARKDOWN, "## Context and Problem Statement"),
            Field("drivers", Form.MARKDOWN, "## Decision Drivers"),
            Field("options", Form.OPTIONS, "## Considered Options"),
            Field("outcome", Form.MARKDOWN, "## Decision Outcome"),
            Field("consequences", Form.MARKDOWN, "### Consequences"),
            Field("confirmation", Form.MARKDOWN, "### Confirmation"),
            Field("more_information", Form.MARKDOWN, "## More Information"),
        ),
        headings=(PROS_AND_CONS,),
        last="body",
        last_heading="## Further Text",
    ),
    "lesson": Shape(
        shelf="lessons",
        prefix="LES",
        above=(
            Field("is_positive", Form.FLAG, "went-well"),
            Field("happened_on", Form.DATE, "happened-on"),
            Field("found_on", Form.DATE, "found-on"),
            Field("found_where", Form.TEXT, "found-where"),
            Field("action_owner", Form.PERSON, "action-owner"),
            Field("action_due", Form.DATE, "action-due"),
            Field("recurrence_of", Form.PAGE, "recurrence-of"),
            Field("reporting", Form.CHOICE, "reported"),
        ),
        under=(
            Field("what_happened", Form.MARKDOWN, "## What Happened"),
            Field("impact", Form.MARKDOWN, "## Impact"),
            Field("went_well", Form.MARKDOWN, "## What Went Right"),
            Field("whys", Form.WHYS, "## Why It Happened"),
            Field("root_cause", Form.MARKDOWN, "## Root Cause"),
            Field("correction", Form.MARKDOWN, "## Correction"),
            Field("corrective_action", Form.MARKDOWN, "## Corrective Action"),
        ),
    ),
}
SHELVES = {shape.shelf: kind for kind, shape in SHAPES.items()}
