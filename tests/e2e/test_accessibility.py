"""axe finds nothing on the main pages, as each reader, on a phone and a desk, light and dark; none scrolls sideways."""

from datetime import timedelta
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from competence.actions import plan_evaluation
from courses.actions import (
    ask_for_assessment,
    plan_session,
    record_attendance,
    start_attempt,
    submit_attempt,
    write_question,
)
from courses.kinds import FreeText
from evidence.models import Entry
from knowledge.actions import acknowledge, ask_for_page, hand_over, publish, suggest_change
from knowledge.passages import id_of
from people.actions import grant_role, join_group, withdraw_person
from people.groups import PROCESS_OWNERS
from tests.courses.quiz_scenes import a_choice, a_question
from tests.courses.step_scenes import a_long_course

pytestmark = pytest.mark.browser

WIDTHS = [390, 1280]
VIOLATIONS = {"resultTypes": ["violations"]}
# Light and dark are one document in two sets of colours: in the second, only what asks for colours can say more.
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
SCHEMES = {"light": VIOLATIONS, "dark": VIOLATIONS | {"runOnly": OF_COLOURS}}


@pytest.fixture(scope="module")
def axe():
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


@pytest.fixture
def violations(axe, visit):
    """The violations on each of the pages at `paths`, as `person` sees them."""

    def look(person, paths):
        page = visit(person)
        found = []
        for path in paths:
            response = page.goto(path)
            assert response.status == 200, f"{path} answers {response.status}"
            page.evaluate(axe.axe_script)
            for width, (scheme, options) in product(WIDTHS, SCHEMES.items()):
                page.set_viewport_size({"width": width, "height": 844})
                page.emulate_media(color_scheme=scheme)
                wide = page.evaluate("document.documentElement.scrollWidth")
                found += [f"{path} at {width}: scrolls sideways to {wide}"] if wide > width else []
                found += [f"{path} at {width}, {scheme}: {said}" for said in said_by(page, options)]
        return found

    return look


def said_by(page, options):
    return [
        f"{violation['id']} ({node['html'][:120]})"
        for violation in page.evaluate("options => axe.run(options)", options)["violations"]
        for node in violation["nodes"]
    ]


@pytest.fixture
def newcomer(house):
    """Someone with a role, a reading done, one attempt failed and another begun."""
    now = timezone.now()
    grant_role(house.newcomer, house.role, since=timezone.localdate(now), by=house.hr, at=now - timedelta(hours=2))
    acknowledge(house.edition, by=house.newcomer, at=now - timedelta(hours=1))
    house.failed = submit_attempt(
        start_attempt(house.course, by=house.newcomer, at=now - timedelta(minutes=40)),
        by=house.newcomer,
        at=now - timedelta(minutes=30),
    )
    return house.newcomer


def test_pages_for_strangers(house, violations):
    assert violations(None, [reverse("sign-in"), reverse("password_reset"), reverse("password_reset_done")]) == []


def test_what_everyone_reads(house, newcomer, violations):
    shelves = ["/", "/processes/", "/briefs/", "/decisions/", "/lessons/", "/courses/"]
    pages = [page.url for page in (house.process, house.brief, house.decision, house.lesson)]
    editions = [
        reverse("knowledge:edition", args=[house.edition.pk]),
        reverse("knowledge:editions", args=[house.brief.pk]),
    ]
    lessons = [reverse("knowledge:report-lesson"), reverse("knowledge:bulletins")]
    found = [f"{reverse('search:search')}?q=returned", f"{reverse('search:search')}?q=nothing+of+the+kind"]
    assert violations(newcomer, shelves + pages + editions + lessons + found) == []


def test_what_a_new_hire_does(house, newcomer, violations):
    learning = [reverse("courses:learning"), house.course.url, reverse("courses:result", args=[house.failed.pk])]
    own = [reverse("people:me"), reverse("password_change")]
    assert violations(newcomer, learning + own) == []
    attempt = start_attempt(house.course, by=newcomer, at=timezone.now())
    assert violations(newcomer, [reverse("courses:attempt", args=[attempt.pk])]) == []


def test_what_an_expert_does(house, violations):
    questions = [reverse(f"courses:{name}", args=[house.course.pk]) for name in ("questions", "write-question")]
    stale = a_stale_question(house)
    looks = [reverse("courses:questions-to-look-at"), reverse("courses:look-at-question", args=[stale.question_id])]
    brief = f"{house.brief.url}#passage-{stale.passage}"
    assert violations(house.expert, [brief, *questions, *looks]) == []


def a_stale_question(house):
    """Of the brief's passage on what is done first, which has another word since."""
    now, passage = timezone.now(), id_of("body", ["Before you touch it"])
    told = {"tests": house.brief, "passage": passage, "by": house.expert, "at": now}
    version = write_question(a_choice(), course=house.course, **told)
    house.brief.body = house.brief.body.replace("Photograph", "Draw")
    impact = {"change_summary": "Draw it.", "training_impact": "test"}
    publish(house.brief, by=house.expert, at=now, **impact)
    return version


def test_what_a_course_of_many_steps_asks_and_who_assesses_it(house, newcomer, violations):
    now, told = timezone.now() - timedelta(minutes=9), {"by": house.hr}
    course = a_long_course(assessor=house.expert)
    a_question(course, FreeText(stem="Why?", guidance="Gas."), at=now)
    task, session = course.tasks.get(), plan_session(course.classrooms.get(), starts_at=now, at=now, **told)
    record_attendance(session, [newcomer], at=now, **told)
    attempt = start_attempt(course, by=newcomer, at=now)
    text = attempt.asked.get(version__kind="free-text")
    submit_attempt(attempt, answers={text.pk: {"text": "So."}}, by=newcomer, at=now)
    asked = ask_for_assessment(task, by=newcomer, at=now)
    desk = [reverse("courses:desk"), reverse("courses:mark", args=[text.pk])]
    practical = reverse("courses:practical", args=[asked.pk])
    held = [reverse("courses:sessions", args=[course.pk]), reverse("courses:session", args=[session.pk])]
    own = [course.url, reverse("courses:task", args=[course.pk, task.key]), practical]
    assert violations(newcomer, own) == []
    assert violations(house.expert, [*desk, practical]) == []
    assert violations(house.hr, held) == []
    assert violations(None, [reverse("certificates:find")]) == []


def test_what_hr_does(house, newcomer, violations):
    people = [reverse("people:list"), reverse("people:add"), reverse("people:person", args=[newcomer.pk])]
    giving = [
        reverse("people:grant-role", args=[newcomer.pk]),
        reverse("people:end-role", args=[newcomer.holdings.get().pk]),
    ]
    competences = [
        reverse("competence:matrix"),
        reverse("competence:list"),
        reverse("competence:competence", args=[house.competence.pk]),
        reverse("courses:next-edition", args=[house.brief.pk]),
    ]
    now = timezone.now()
    evaluation = plan_evaluation(
        house.competence,
        process=house.process,
        measure="Half a day at the bench",
        training_from=timezone.localdate(now),
        criterion="No swollen cell on a bench",
        method="Count them for a week",
        evaluator=house.hr,
        due=timezone.localdate(now) + timedelta(days=7),
        by=house.hr,
        at=now,
    )
    competences += [reverse("competence:evaluations"), reverse("competence:plan-evaluation")]
    competences += [reverse("competence:evaluation", args=[evaluation.pk])]
    assert violations(house.hr, people + giving + competences) == []


def test_what_those_who_answer_for_pages_do(house, newcomer, violations):
    now = timezone.now()
    join_group(house.manager, PROCESS_OWNERS, by=None, at=now)
    hand_over(house.brief, "owner", giver=None, taker=house.expert, by=None, at=now)
    withdraw_person(
        house.expert, last_day=timezone.localdate(now) + timedelta(days=20), reason="Moves away.", by=house.hr, at=now
    )
    change = suggest_change(house.edition, "summary", "Before *anybody* opens it.", reason="So.", by=newcomer, at=now)
    missing = ask_for_page("The sand box", reason="Where does it stand?", by=newcomer, at=now)
    suggestions = [reverse("knowledge:suggestion", args=[one.pk]) for one in (change, missing)]
    handing_over = [reverse("knowledge:hand-over-of", args=[pk]) for pk in (house.expert.pk, 0)]
    reviews = [reverse("knowledge:reviews"), f"{reverse('knowledge:reviews')}?whose=all", house.brief.url]
    asked = ["/", *reviews, reverse("knowledge:hand-over"), *handing_over, *suggestions]
    assert violations(house.manager, asked) == []
    own = [reverse("knowledge:suggest", args=[house.edition.pk]), reverse("knowledge:ask-for-page")]
    assert violations(newcomer, [*own, reverse("knowledge:suggestions"), *suggestions]) == []


def test_what_a_manager_sees(house, newcomer, violations):
    assert violations(house.manager, [reverse("competence:matrix"), reverse("people:person", args=[newcomer.pk])]) == []


def test_what_an_auditor_does(house, newcomer, violations):
    entry = reverse("evidence:entry", args=[Entry.objects.first().pk])
    assert violations(house.auditor, [reverse("evidence:room"), entry, reverse("evidence:draw")]) == []
