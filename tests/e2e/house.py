"""A small house with one of everything, set up by the actions that people call."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from competence.actions import define_competence, require
from competence.models import Competence
from courses.actions import add_course, write_question
from courses.models import Course
from knowledge.actions import draft_page, open_house, publish
from knowledge.models import DecisionRecord, Edition, KnowledgeBrief, LessonLearned, Process, Why
from people.actions import add_department, add_person, add_role, join_department, join_group, report_to
from people.groups import AUDITORS, EXPERTS, HR
from people.models import JobRole, Person
from tests.courses.quiz_scenes import a_choice

PASSWORD = "stone on stone on stone"

BODY = """What to do when a device comes back, before anybody opens it.

## Before you touch it

1. Photograph the box with the label in sight.
2. Note the serial number, as in `CF-2207-00913`.

| Sign | What it may mean | What to do at once | Whom to call |
|---|---|---|---|
| Swollen cell | Thermal damage inside the pack | Put it into the sand box and leave the room | The safety officer |
| Fogged glass | The seal has failed | Keep it dry and note the batch | The line lead |

```
received -> photographed -> weighed -> opened by two people -> cell to quarantine -> board to the laboratory
```

> Nobody opens a swollen device alone.
"""

# kind, stem, (option, whether it is right, feedback)
QUESTIONS = [
    (
        "single",
        "A cell is swollen. What do you do first?",
        [("Put it into the sand box", True, "Yes."), ("Open it", False, "Never alone."), ("Charge it", False, "")],
    ),
    (
        "multiple",
        "What do you write down before you touch the device?",
        [
            ("The serial number", True, ""),
            ("Its weight when new", False, ""),
            ("That the box was photographed", True, ""),
        ],
    ),
]
EXPLANATION = "A swollen cell may burn at any moment, and the label is what we know it by."


@dataclass
class House:
    role: JobRole
    competence: Competence
    process: Process
    brief: KnowledgeBrief
    edition: Edition
    decision: DecisionRecord
    lesson: LessonLearned
    course: Course
    newcomer: Person
    manager: Person
    expert: Person
    hr: Person
    auditor: Person


def open_a_house() -> House:
    at = timezone.now() - timedelta(days=40)
    open_house(by=None, at=at)
    people = _people(at)
    pages = _pages(people["expert"], at)
    taught = _taught(pages["brief"], people["expert"], at)
    return House(**people, **pages, **taught)


def _people(at: datetime) -> dict:
    service = add_department("Service and repair", by=None, at=at)
    names = {
        "manager": ("Marta", "Lindqvist", None),
        "newcomer": ("Tom", "Okafor", None),
        "expert": ("Emil", "Haas", EXPERTS),
        "hr": ("Hanna", "Reuter", HR),
        "auditor": ("Aisha", "Demir", AUDITORS),
    }
    people = {}
    for part, (first, last, group) in names.items():
        person = add_person(
            first.lower(),
            first_name=first,
            last_name=last,
            email=f"{first.lower()}@example.org",
            password=PASSWORD,
            by=None,
            at=at,
        )
        join_department(person, service, since=timezone.localdate(at), by=None, at=at)
        if group:
            join_group(person, group, by=None, at=at)
        people[part] = person
    report_to(people["newcomer"], people["manager"], since=timezone.localdate(at), by=None, at=at)
    return people


def _pages(expert: Person, at: datetime) -> dict:
    process = draft_page(
        Process, title="Returns", purpose="What comes back is understood.", body=BODY, by=expert, at=at
    )
    _publish(process, expert, at)
    told = {"by": expert, "at": at, "processes": [process], "experts": [expert], "tags": ["battery", "returns"]}
    brief = draft_page(
        KnowledgeBrief, title="Receiving a returned device", summary="Before it is opened.", body=BODY, **told
    )
    decision = draft_page(
        DecisionRecord,
        title="Returned devices are opened by two",
        status="accepted",
        decided_on=timezone.localdate(at),
        body=BODY,
        **told,
    )
    lesson = draft_page(
        LessonLearned,
        title="The cell that swelled on the shelf",
        happened_on=timezone.localdate(at),
        what_happened="A returned device lay on a shelf for nine days and **swelled**.",
        root_cause="Nobody owned the shelf.",
        corrective_action="The shelf has an owner and a clock.",
        whys=[Why(text="It was not weighed."), Why(text="The scale stood in another room.")],
        **told,
    )
    editions = {page: _publish(page, expert, at) for page in (process, brief, decision, lesson)}
    return {"process": process, "brief": brief, "edition": editions[brief], "decision": decision, "lesson": lesson}


def _publish(page, expert: Person, at: datetime) -> Edition:
    return publish(page, by=expert, at=at, change_summary="First edition", training_impact="test")


def _taught(brief: KnowledgeBrief, expert: Person, at: datetime) -> dict:
    role = add_role("Repair technician", description="Opens what comes back.", by=None, at=at)
    competence = define_competence("Handling returned batteries", validity_months=12, by=None, at=at)
    require(role, competence, since=timezone.localdate(at), due_days=30, stage=1, by=None, at=at)
    told = {"by": expert, "at": at}
    course = add_course(
        title="Returned batteries", teaches=competence, summary="Receive, judge, contain.", readings=[brief], **told
    )
    for kind, stem, options in QUESTIONS:
        content = a_choice(kind, stem, options, EXPLANATION)
        write_question(content, course=course, tests=brief, **told)
    return {"role": role, "competence": competence, "course": course}
