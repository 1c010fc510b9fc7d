from dataclasses import dataclass
from datetime import date

import pytest
from django.utils import timezone

from competence.actions import define_competence, require
from competence.models import Competence
from courses.actions import add_course
from courses.models import Course
from knowledge.actions import draft_page, publish
from knowledge.models import KnowledgeBrief, Process
from people.models import Person
from tests.courses.quiz_scenes import MULTIPLE, a_question
from tests.scenes import hire, role_named

PASSWORD = "a stone upon a stone"
BODY = """## Before you touch it

Put on gloves and look for swelling. A swollen cell goes into the **sand box** at once.

## Charging

Never charge a cell that was below 2.5 volts.
"""


@dataclass
class House:
    """What the stories find: a brief on its process, a competence that a role asks for, a course that teaches it."""

    process: Process
    brief: KnowledgeBrief
    competence: Competence
    course: Course
    expert: Person

    def hire(self, first, last, **more) -> Person:
        return hire(first, last, password=PASSWORD, since=date(2026, 1, 5), **more)


@pytest.fixture
def house(db):
    now = timezone.now()
    expert = hire("Edith", "Stone", groups=["Experts"], password=PASSWORD)
    told = {"by": expert, "at": now, "change_summary": "First text.", "training_impact": "read"}
    process = draft_page(Process, title="Handle returns", body="From the letter box to the bench.", by=expert, at=now)
    publish(process, **told)
    brief = draft_page(
        KnowledgeBrief,
        title="Swollen cells",
        summary="What to do with a battery that swells.",
        body=BODY,
        processes=[process],
        experts=[expert],
        tags=["battery"],
        by=expert,
        at=now,
    )
    publish(brief, **told)
    competence = define_competence("Handle damaged batteries", validity_months=12, by=None, at=now)
    require(role_named("Repair technician"), competence, since=date(2025, 1, 1), due_days=14, by=None, at=now)
    course = add_course(title="Batteries on the bench", teaches=competence, readings=[brief], by=expert, at=now)
    a_question(
        course,
        stem="A cell is swollen. Where does it go?",
        options=[
            ("Into the sand box", True, ""),
            ("Back to stock", False, "It may burn there."),
            ("Onto the charger", False, "Charging makes it worse."),
        ],
        explanation="Sand smothers what water cannot.",
        tests=brief,
        at=now,
    )
    a_question(
        course,
        kind=MULTIPLE,
        stem="What do you do first?",
        options=[("Put on gloves", True, ""), ("Look for swelling", True, ""), ("Charge it", False, "Never at first.")],
        tests=brief,
        at=now,
    )
    return House(process, brief, competence, course, expert)
