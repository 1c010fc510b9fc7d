"""How far a lesson has come, as its page tells it to a reader."""

from dataclasses import dataclass, field
from datetime import date

from knowledge import changes
from knowledge.lessons import NEW, STATES, TONES, is_overdue, next_states, state_of
from knowledge.models import Edition, KnowledgePage, LessonLearned, LessonState, LessonStep
from knowledge.permissions import may_move_lessons, visible_to


@dataclass(frozen=True)
class ToldStep:
    step: LessonStep
    # None: it names none, or one that the reader may not see.
    edition: Edition | None
    # Whether they may be told of the change that is no edition.
    sees_change: bool

    @property
    def tone(self):
        return TONES[self.step.state]


@dataclass(frozen=True)
class History:
    state: str = NEW
    steps: list[ToldStep] = field(default_factory=list)
    is_overdue: bool = False
    # What the reader may do next.
    next: tuple[LessonState, ...] = ()
    earlier: LessonLearned | None = None
    again: list[LessonLearned] = field(default_factory=list)

    @property
    def word(self):
        return STATES[self.state]

    @property
    def tone(self):
        return TONES[self.state]


def history_of(lesson, reader, *, on: date) -> History:
    """Six queries at most, however long it is. Of a preview that is not saved, nothing."""
    if lesson.pk is None:
        return History()
    steps = list(lesson.steps_taken.select_related("by", "edition__page"))
    state = state_of(steps)
    visible = _visible_pages([step.edition.page_id for step in steps if step.edition], reader)
    named = {(step.change_kind, step.change_reference) for step in steps if step.change_kind}
    told = changes.seen_by(reader, named)
    recurrences = visible_to(LessonLearned.objects.live(), reader)
    return History(
        state=state,
        steps=[
            ToldStep(
                step,
                step.edition if step.edition and step.edition.page_id in visible else None,
                (step.change_kind, step.change_reference) in told,
            )
            for step in steps
        ],
        is_overdue=is_overdue(state, lesson.action_due, on=on, is_positive=lesson.is_positive),
        next=next_states(state, is_positive=lesson.is_positive) if lesson.live and may_move_lessons(reader) else (),
        earlier=recurrences.filter(pk=lesson.recurrence_of_id).first() if lesson.recurrence_of_id else None,
        again=list(recurrences.filter(recurrence_of=lesson.pk).exclude(pk=lesson.pk).order_by("number")),
    )


def _visible_pages(pks, reader) -> set[int]:
    if not pks:
        return set()
    return set(visible_to(KnowledgePage.objects.filter(pk__in=pks), reader).values_list("pk", flat=True))
