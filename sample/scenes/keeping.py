"""Pages are kept true: looked at, handed over, improved by their readers; lessons go from one state to the next."""

from datetime import date, timedelta

from django.utils import timezone

from knowledge.actions import (
    answer_suggestion,
    ask_for_page,
    assess_risks,
    close_lesson,
    hand_over,
    issue_bulletin,
    report_lesson,
    suggest_change,
    take_up_change,
    validate_lesson,
    verify_lesson,
    verify_page,
)
from knowledge.models import HandOver, KnowledgePage, LessonLearned, SuggestionAnswer
from knowledge.reviewing import months_after
from knowledge.reviews import with_reviews
from sample.habits import draw, one_in
from sample.pages import Answer, Handing, Look, Page, Proposal, Report
from sample.timeline import StepEvent
from sample.working_days import AFTERNOON, MORNING, moment, working_day


def will_look_again(house, page: Page, day: date):
    """Its owner means to look at it some days before its review is due; some pages are put off."""
    house.looks[page.key] += 1
    if page.key not in house.sample.history.not_looked_at:
        before = draw(*house.sample.history.habits.days_looked_before, "looks", page.key, house.looks[page.key])
        due = working_day(0, months_after(day, page.review_months) - timedelta(days=before))
        house.to_look[due].append((page.key, house.looks[page.key]))


def look_again(house, day: date):
    """What is still as it was when that was meant is found true, if someone answers for it."""
    for place, (key, looks) in enumerate(house.to_look.pop(day, [])):
        owner = house.pages[key].accountable
        if looks == house.looks[key] and owner and house.works_here(owner.username, day):
            _find_true(house, key, by=owner, at=moment(day, AFTERNOON + 60 + place))


def look_at_page(house, it: Look, at):
    _find_true(house, it.page, by=house.people[it.by], at=at, note=it.note)


def _find_true(house, key: str, *, by, at, note=""):
    verify_page(house.editions[key], note=note, by=by, at=at)
    will_look_again(house, house.sample.pages[key], timezone.localdate(at))


def hand_page_over(house, it: Handing, at):
    page = house.pages[it.page]
    taker, because, by = house.people.get(it.taker), it.because, house.people[it.by]
    hand_over(page, HandOver.Duty(it.duty), giver=house.people[it.giver], taker=taker, because=because, by=by, at=at)
    # The page in hand still says who it was.
    house.pages[it.page] = type(page).objects.get(pk=page.pk)


def step_lesson(house, event: StepEvent, at):
    lesson, step = house.pages[event.page.key], event.step
    by = house.people[step.by]
    if step.state == "validated":
        validate_lesson(lesson, note=step.note, by=by, at=at)
    elif step.state == "actioned":
        close_lesson(lesson, through=house.editions[step.through], note=step.note, by=by, at=at)
    else:
        verify_lesson(lesson, note=step.note, by=by, at=at)


def suggest(house, it: Proposal, at):
    by = house.people[it.by]
    if it.title:
        made = ask_for_page(it.title, reason=it.reason, process=house.pages.get(it.process), by=by, at=at)
    else:
        text = house.pages[it.page].body.replace(it.before, it.now)
        made = suggest_change(house.editions[it.page], "body", text, reason=it.reason, by=by, at=at)
    house.proposals[it] = made


def answer(house, it: tuple[Proposal, Answer], at):
    """What is taken up is a draft from here on; the files say in which edition it was published."""
    proposal, given = it
    suggestion, by = house.proposals[proposal], house.people[given.by]
    if given.outcome == SuggestionAnswer.Outcome.TAKEN:
        take_up_change(suggestion, words=given.words, by=by, at=at)
    else:
        answer_suggestion(suggestion, given.outcome, words=given.words, by=by, at=at)


def report(house, it: Report, at):
    """Told by a reader and not yet a page: whoever writes it up for them has it as a draft."""
    report_lesson(
        it.what_happened,
        title=it.title,
        process=house.pages[it.process],
        reporting=LessonLearned.Reporting.FACILITATED,
        facilitator=house.people[it.facilitator],
        by=house.people[it.by],
        at=at,
    )


def begin_month(house, day: date):
    """On its first working day the month before is told of, what is at risk is written down, and owners see what their
    pages rest on that changed."""
    house.months += 1
    for page in with_reviews(KnowledgePage.objects.all(), on=day):
        habits, looks = house.sample.history.habits, house.looks[page.slug]
        put_off = page.slug in house.sample.history.not_looked_at
        if page.has_looks and not put_off and not one_in(habits.looks_later_one_in, "later", page.slug, house.months):
            wait = draw(*habits.days_until_read, "looks at what changed", page.slug, looks)
            house.to_look[working_day(0, day + timedelta(days=wait))].append((page.slug, looks))
    assess_risks(on=day, by=None, at=moment(day, MORNING))
    if day >= house.day(house.sample.history.bulletins_from):
        first = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
        issue_bulletin(first, at=moment(day, MORNING))
