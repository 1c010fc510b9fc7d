"""What some may not see, with a word in every text of it; and what they may see, linked to it in every way there is."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth.models import Group
from django.core.mail import EmailMessage
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from competence.actions import define_competence, evaluate, plan_evaluation
from courses.models import Course
from knowledge.actions import (
    ask_for_page,
    close_lesson,
    draft_page,
    issue_bulletin,
    publish,
    reopen_lesson,
    suggest_change,
    validate_lesson,
)
from knowledge.changes import change_of
from knowledge.models import (
    ConsideredOption,
    DecisionRecord,
    KnowledgeBrief,
    KnowledgePage,
    LessonLearned,
    LessonMark,
    Process,
    ProcessMeasure,
    ProcessRisk,
    Suggestion,
    Why,
)
from tests.courses.quiz_scenes import a_course, a_question, an_attempt, asked_for

# No word that people use, nor near one: it is looked for in whatever is answered.
CANARY = "quetzalxyq"
KINDS = {"process": Process, "brief": KnowledgeBrief, "decision": DecisionRecord, "lesson": LessonLearned}
SAID = {"change_summary": f"{CANARY} is new.", "training_impact": "none", "impact_reason": f"{CANARY} is known."}
PLAIN = {"change_summary": "New.", "training_impact": "test"}


@dataclass
class Secret:
    """`kept` and `open_pages` are by kind; `words` are what nobody may be told who may not see what is kept."""

    kept: dict[str, KnowledgePage]
    open_pages: dict[str, KnowledgePage]
    course: Course
    open_course: Course
    suggestions: list[Suggestion]
    # What people have been written of it.
    letters: list[EmailMessage] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        return [CANARY, *(page.number.lower() for page in self.kept.values())]


def texts_of(model, text=CANARY) -> dict[str, str]:
    """Something in each of its own texts that a reader sees."""
    names = [name for name, kind in model.reader_fields if kind in ("text", "markdown")]
    return {name: f"{text} {name}" for name in names}


def rows_of(kind, text=CANARY):
    return {
        "process": {
            "measures": [ProcessMeasure(name=text, target=text, how=text)],
            "risks": [ProcessRisk(risk=text, control=text)],
        },
        "decision": {"options": [ConsideredOption(title=text, text=text, good=text, neutral=text, bad=text)]},
        "lesson": {"whys": [Why(text=text)]},
    }.get(kind, {})


def hide_something(people) -> Secret:
    """`people` by the names of readers. They had to do with it before it was kept from them."""
    at, closed = timezone.now() - timedelta(days=500), timezone.now() - timedelta(days=80)
    expert, owner = people["expert"], people["process owner"]
    kept = _pages(expert, at, owner=people["reader"], title=CANARY, tag=CANARY, texts=CANARY, said=SAID)
    shown = _pages(expert, at, owner=people["reader"], title="Open", tag="open", texts="Words", said=PLAIN)
    _evaluate(kept, shown, owner, at)
    _link(kept, shown, expert, at + timedelta(days=1))
    course = a_course(readings=[kept["brief"]], questions=0, summary=CANARY, introduction=CANARY)
    course.title, course.slug = f"{CANARY} course", f"{CANARY}-course"
    course.save_revision().publish()
    course = Course.objects.get(pk=course.pk)
    question = a_question(course, tests=kept["brief"], explanation=CANARY, at=timezone.now() - timedelta(days=1))
    taught = a_course(teaches=course.teaches, readings=[kept["brief"], shown["brief"]], questions=1)
    a_question(taught, tests=kept["brief"])
    asked_for(taught, role="Fitter")
    for person in (people["reader"], owner):
        an_attempt(taught, person)
    changed = _tell(shown["lesson"], question, owner, closed)
    suggestions = [_suggested(page, people["reader"], at + timedelta(days=2)) for page in kept.values()]
    suggestions.append(ask_for_page("A missing one", reason="It is.", process=kept["process"], by=owner, at=at))
    board = Group.objects.create(name="Those who may")
    for page in (*kept.values(), changed, course):
        PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), restriction_type="groups").groups.add(
            board
        )
    for day in {one.date().replace(day=1) for one in (at, at + timedelta(days=1), closed)}:
        issue_bulletin(day, at=timezone.now())
    return Secret(kept, shown, course, taught, suggestions)


def _pages(by, at, *, owner, title, tag, texts, said):
    pages: dict[str, KnowledgePage] = {}
    for name, model in KINDS.items():
        told = {"accountable": owner, "experts": [owner], "tags": [tag], "review_months": 1}
        linked = {"processes": [pages["process"]]} if pages else {}
        status = {"status": "accepted"} if name == "decision" else {}
        told |= texts_of(model, texts) | rows_of(name, texts) | linked | status
        pages[name] = draft_page(model, title=f"{title} {name}", by=by, at=at, **told)
        publish(pages[name], by=by, at=at, **said)
    return pages


def _evaluate(kept, shown, evaluator, at):
    """Found effective, before the lesson that will be kept happens again."""
    day = timezone.localdate(at)
    for pages, text in ((kept, CANARY), (shown, "Words")):
        evaluation = plan_evaluation(
            define_competence(f"Trained for {pages['process'].pk}", by=None, at=at),
            process=pages["process"],
            **dict.fromkeys(("measure", "criterion", "method"), text),
            training_from=day,
            due=day + timedelta(days=9),
            evaluator=evaluator,
            by=evaluator,
            at=at,
        )
        evaluate(evaluation, result="effective", observation=text, by=evaluator, at=at)


def _link(kept, shown, by, at):
    """Both ways, with a second edition of each."""
    for mine, others in ((shown, kept), (kept, shown)):
        for name, page in mine.items():
            page.processes = [kept["process"], shown["process"]] if name != "process" else []
            text = {"lesson": "impact", "decision": "context"}.get(name, "body")
            links = " ".join(f"[that](page:{other.pk})" for other in others.values())
            setattr(page, text, f"{getattr(page, text)}\n\nSee {links}.")
        because = CANARY if mine is kept else "Weighed."
        mine["decision"].lesson_marks = [LessonMark(lesson=others["lesson"], mark="considered", because=because)]
        mine["process"].feeds = [others["process"]]
    shown["process"].part_of, shown["lesson"].recurrence_of = kept["process"], kept["lesson"]
    kept["decision"].supersedes = [shown["decision"]]
    for mine, said in ((shown, PLAIN), (kept, SAID)):
        for page in mine.values():
            publish(page, by=by, at=at, **said)


def _tell(lesson, question, by, at):
    """What came of a lesson: it was closed through a page, and then through a question, that are kept from others."""
    hours = (at + timedelta(hours=number) for number in range(20))
    validate_lesson(lesson, by=by, at=next(hours))
    changed = draft_page(KnowledgeBrief, title=f"{CANARY} changed", body=CANARY, by=by, at=next(hours))
    through = publish(changed, by=by, at=next(hours), **SAID)
    close_lesson(lesson, through=through, by=by, at=next(hours))
    reopen_lesson(lesson, note="It came back.", by=by, at=next(hours))
    validate_lesson(lesson, by=by, at=next(hours))
    change = change_of("question", str(question.pk), by)
    assert change
    close_lesson(lesson, through=change, by=by, at=timezone.now())
    return changed


def _suggested(page, by, at):
    name = next(name for name, kind in page.reader_fields if kind == "markdown")
    edition = page.editions.current().get()
    return suggest_change(edition, name, "A better text.", reason="It is so.", by=by, at=at)
