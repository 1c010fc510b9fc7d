"""What someone sees of an open attempt. The right answers do not even leave the database for it."""

from dataclasses import dataclass

from courses.kinds import GAP, Form
from courses.models import Attempt, AttemptQuestion
from courses.responses import SEEN, field_of


@dataclass(frozen=True)
class SheetOption:
    """`value` is what a form posts: where it stands in the order shown."""

    value: int
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class SheetPrompt:
    field: str
    text: str
    options: list[SheetOption]


@dataclass(frozen=True)
class SheetQuestion:
    pk: int
    position: int
    field: str
    form: Form
    stem: str
    points: int
    hint: str
    text: str
    options: list[SheetOption]
    has_markdown: bool
    prompts: list[SheetPrompt]
    saves: int
    is_answered: bool

    @property
    def fields(self) -> str:
        """The names of all that is posted of it."""
        return ",".join([self.field, *(prompt.field for prompt in self.prompts), f"{SEEN}{self.pk}"])

    @property
    def has_gaps(self) -> bool:
        return bool(self.prompts) and GAP.search(self.stem) is not None


def sheet_of(attempt: Attempt) -> list[SheetQuestion]:
    return [_question(asked) for asked in questions_of(attempt)]


def questions_of(attempt: Attempt):
    return attempt.asked.select_related("version").defer("version__content")


def _question(asked: AttemptQuestion) -> SheetQuestion:
    version, sheet, order, answer = asked.version, asked.version.shows, asked.order, asked.answer
    chosen, placed = answer.get("chosen", ()), answer.get("placed") or [None] * len(sheet.prompts)

    def shown(places, is_chosen):
        return [
            SheetOption(value, sheet.options[place], is_chosen(place))
            for value, place in enumerate(order["options"])
            if place in places
        ]

    everything = range(len(sheet.options))
    return SheetQuestion(
        pk=asked.pk,
        position=asked.position,
        field=field_of(asked.pk),
        form=sheet.form,
        stem=version.stem,
        points=version.possible,
        hint=sheet.hint,
        text=answer.get("text", ""),
        options=shown(everything, lambda place: place in chosen) if sheet.form in (Form.ONE, Form.MANY) else [],
        has_markdown=sheet.has_markdown,
        prompts=[
            SheetPrompt(
                field_of(asked.pk, place),
                sheet.prompts[prompt],
                shown(sheet.offered(prompt), lambda option, prompt=prompt: placed[prompt] == option),
            )
            for place, prompt in enumerate(order["prompts"])
        ],
        saves=asked.saves,
        is_answered=asked.is_answered,
    )
