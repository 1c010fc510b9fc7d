from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from competence.actions import record_proof, remind
from jobs.actions import run_waiting
from knowledge.actions import draft_page, publish
from knowledge.models import LessonLearned
from people.groups import HR
from tests.stories.conftest import PASSWORD
from tests.stories.reader import Reader

FIRST = date(2030, 3, 4)
SAID = {"training_impact": "read", "change_summary": "New."}


@pytest.fixture
def day():
    """Goes to noon of a day of the story, counted from its first."""
    with time_machine.travel(FIRST) as clock:

        def go(number):
            clock.move_to(datetime(2030, 3, 4, 12, tzinfo=UTC) + timedelta(days=number))

        go(0)
        yield go


def night(expected, words):
    """What the night sends, to whom."""
    mail.outbox.clear()
    remind(on=timezone.localdate(), at=timezone.now())
    run_waiting(timezone.now())
    assert any(words in letter.body and letter.to == [expected.email] for letter in mail.outbox), mail.outbox


def a_lesson(house, by, title, **more):
    told = {"by": by, "at": timezone.now()}
    lesson = draft_page(LessonLearned, title=title, what_happened="A cell burned.", processes=[house.process], **told)
    for name, value in more.items():
        setattr(lesson, name, value)
    publish(lesson, author=house.expert, **SAID, **told)
    run_waiting(timezone.now())
    return lesson


def test_a_training_is_found_effective_until_it_happens_again(day, house):
    owner = house.hire("Otto", "Weg", groups=["Process owners"])
    lesson = a_lesson(house, owner, "A cell burned on the bench")
    hr = house.hire("Hanna", "Reuter", groups=[HR])
    quinn = house.hire("Quinn", "Moor")
    nils = house.hire("Nils", "Berg", role="Repair technician")

    desk = Reader(hr.username, PASSWORD).open(f"/competence/{house.competence.pk}/").sees("No training in it")
    desk.follow("Plan how a training is evaluated")
    typed = {
        "measure": "Half a day at the bench",
        "process": house.process.pk,
        "criterion": "No swollen cell lies on a bench",
        "method": "Look at every bench for six weeks",
        "who": quinn.username,
        "due": FIRST + timedelta(days=60),
    }
    desk.press("Fix it", training_from=FIRST - timedelta(days=1), **typed).sees("and that is past")
    desk.press("Fix it", training_from=FIRST + timedelta(days=1)).sees("It is fixed", "Planned", "No swollen cell")

    day(1)
    record_proof(
        nils,
        house.competence,
        basis="practice",
        reference="bench",
        on=FIRST,
        assessor=quinn,
        by=quinn,
        at=timezone.now(),
    )
    desk = Reader(hr.username, PASSWORD).open(desk.address)
    desk.follow("Change what was planned").sees("Who evaluates it", "What will be different")
    day(2)
    night(quinn, "Half a day at the bench")
    desk = Reader(hr.username, PASSWORD).open("/competence/effectiveness/").follow("Half a day at the bench")
    desk.sees_no("Sign for it").follow("Change what was planned").sees_no("What will be different")

    day(60)
    evaluator = Reader(quinn.username, PASSWORD).open("/learning/").sees("For you to evaluate", "Due")
    evaluator.follow("Half a day at the bench").press(
        "Sign for it", result="not_effective", observation="One lay there."
    )
    evaluator.sees("Say what follows now").press("Sign for it", result="effective", observation="None in six weeks.")
    evaluator.sees("Effective", "None in six weeks.", "nothing more is due").sees_no("Sign for it")
    evaluator.open("/learning/").sees_no("For you to evaluate")

    day(90)
    mail.outbox.clear()
    again = a_lesson(house, owner, "Another burned on bench 3", recurrence_of=lesson)
    (letter,) = [letter for letter in mail.outbox if "To be evaluated again" in letter.subject]
    assert letter.to == [quinn.email]
    evaluator = Reader(quinn.username, PASSWORD).open("/").sees("For you to evaluate", "Reopened")
    evaluator.follow("Half a day at the bench").sees("it happened again", lesson.number, again.number)

    day(100)
    evaluator = Reader(quinn.username, PASSWORD).open("/").follow("Half a day at the bench")
    evaluator.press("Sign for it", result="partly", observation="Bench 3 is new.", follows="Train the night shift.")
    evaluator.sees("Partly effective", "Train the night shift.", "A lesson recurred", "None in six weeks.")
    auditor = Reader(house.hire("Aud", "Itor", groups=["Auditors"]).username, PASSWORD)
    auditor.open("/competence/effectiveness/").sees("Partly effective").follow("Half a day").sees("None in six weeks.")
    auditor.sees_no("Sign for it", "Change what was planned", "Correct it")
