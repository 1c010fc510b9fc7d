"""Whether what the sample's files say of courses and questions agrees. Pure: a sentence each."""

from collections.abc import Callable, Iterator, Mapping

from courses.kinds import WHOLE, Content, FreeText, SingleChoice, worth_of_levels
from courses.models import Difficulty, Reveals
from people.refusals import Refused
from sample.naming import missing
from sample.organisation import Organisation
from sample.pages import Page
from sample.passages import edition_on, passage_in, wordings_of
from sample.questions import Bank, Course, Question

BANK = "bank.yaml"
DIFFICULTIES = ("", *(name.lower() for name in Difficulty.names))


def _courses(sample: Organisation) -> Iterator[str]:
    briefs = _briefs(sample)
    for course in sample.courses.values():
        where = f"courses/{course.key}"
        yield from missing(where, "competence", [course.teaches], sample.competences)
        yield from missing(where, "brief", course.readings, briefs)
        yield from missing(where, "person", [course.author, course.assessor], sample.people)
        if course.reveals not in Reveals.values:
            yield f"{where} reveals right answers {course.reveals!r}, which is none of {', '.join(Reveals.values)}."
        if any(isinstance(it.says, FreeText) for it in course.questions) and not course.assessor:
            yield f"{where} asks for free text, and names nobody who marks it."
        for question in course.questions:
            if question.tests not in course.readings:
                yield f"{_of(where, question)} tests {question.tests!r}, which the course does not ask to read."
        yield from _draws(sample, course, where)
        yield from _questions(sample, course, where)


def _bank(sample: Organisation) -> Iterator[str]:
    yield from missing(BANK, "person", [sample.bank.author], sample.people)
    yield from _questions(sample, sample.bank, BANK)
    drawn = {draw.tag for course in sample.courses.values() for draw in course.draws}
    for question in sample.bank.questions:
        if not drawn & set(question.tags):
            yield f"{_of(BANK, question)} is drawn by no course."


def _draws(sample: Organisation, course: Course, where: str) -> Iterator[str]:
    tags = {draw.tag for draw in course.draws}
    for question in course.questions if tags else ():
        if not tags & set(question.tags):
            yield f"{_of(where, question)} is not among what the course draws."
    there = [*sample.bank.questions, *(it for one in sample.courses.values() for it in one.questions)]
    for draw in course.draws:
        drawn = [it for it in there if draw.tag in it.tags]
        if len(drawn) < draw.count:
            yield f"{where} draws {draw.count} tagged {draw.tag!r}, of which there are {len(drawn)}."
        for question in drawn:
            if question.tests not in course.readings:
                yield f"{where} draws what tests {question.tests!r}, which it does not ask to read."


def _questions(sample: Organisation, asking: Course | Bank, where: str) -> Iterator[str]:
    briefs = _briefs(sample)
    for question in asking.questions:
        this = _of(where, question)
        yield from missing(this, "brief", [question.tests], briefs)
        yield from missing(this, "competence", [question.competence], sample.competences)
        if question.tests in briefs:
            yield from _anchored(question, asking.day, briefs[question.tests], this)
        yield from _answerable(question, this)


def _anchored(question: Question, opened: int, brief: Page, this: str) -> Iterator[str]:
    if question.day is not None and question.day not in {it.day for it in brief.editions}:
        yield f"{this} is of day {question.day}, on which no edition of {question.tests!r} was published."
    for day, _ in wordings_of(question, opened):
        number = edition_on(brief, day)
        if not number or passage_in(brief, number, question.passage) is None:
            yield f"{this} tests a passage {question.passage!r} that {question.tests!r} does not have on day {day}."


def _answerable(question: Question, this: str) -> Iterator[str]:
    for says in filter(None, [question.says, question.earlier]):
        try:
            says.check()
        except Refused as refused:
            yield f"{this}: {refused}"
    if question.difficulty not in DIFFICULTIES:
        yield f"{this} is {question.difficulty!r}, which is none of {', '.join(DIFFICULTIES[1:])}."
    if question.misleads and not isinstance(question.says, SingleChoice):
        yield f"{this} misleads, which only a single choice does here."
    yield from _written(question, question.says, this)


def _written(question: Question, says: Content, this: str) -> Iterator[str]:
    """People write something that is worth the whole, and something that is not."""
    if not isinstance(says, FreeText):
        if question.written:
            yield f"{this} has what people write, and asks for no free text."
        return
    try:
        worths = [worth_of_levels(says.rubric, it.levels) for it in question.written]
    except Refused as refused:
        yield f"{this}: {refused}"
        return
    if WHOLE not in worths or set(worths) == {WHOLE}:
        yield f"{this} needs one text that is worth the whole, and one that is worth less."


def _of(where: str, question: Question) -> str:
    return f"{where}, {question.says.stem[:40]!r}"


def _briefs(sample: Organisation) -> Mapping[str, Page]:
    return {page.key: page for page in sample.pages_of("briefs")}


CHECKS: tuple[Callable[[Organisation], Iterator[str]], ...] = (_courses, _bank)
