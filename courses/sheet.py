"""What someone sees of an open attempt. The answers do not even leave the database for it."""

from dataclasses import dataclass

from django.db.models import Prefetch

from courses.models import Attempt, Option, QuestionVersion


@dataclass(frozen=True)
class SheetOption:
    pk: int
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class SheetQuestion:
    pk: int
    field: str
    position: int
    stem: str
    takes_many: bool
    options: list[SheetOption]
    is_answered: bool


FIELD = "question-"


def field_of(asked_pk: int) -> str:
    """The name under which a form posts the answer to a question."""
    return f"{FIELD}{asked_pk}"


def sheet_of(attempt: Attempt) -> list[SheetQuestion]:
    options = Prefetch("version__options", Option.objects.only("version", "position", "text"))
    asked = attempt.asked.select_related("version").only(
        "attempt", "position", "answer", "version__kind", "version__stem"
    )
    return [
        SheetQuestion(
            pk=question.pk,
            field=field_of(question.pk),
            position=question.position,
            stem=question.version.stem,
            takes_many=question.version.kind == QuestionVersion.Kind.MULTIPLE,
            options=[
                SheetOption(option.pk, option.text, option.pk in question.chosen)
                for option in question.version.options.all()
            ],
            is_answered=bool(question.chosen),
        )
        for question in asked.prefetch_related(options)
    ]
