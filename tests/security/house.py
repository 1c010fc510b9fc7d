"""A house with one of each reader, and of each thing that one may or may not see: own, a report's, another's."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from competence.actions import (
    count_as,
    define_competence,
    evaluate,
    plan_evaluation,
    record_proof,
    take_part,
    waive,
)
from competence.models import (
    Equivalence,
    Evaluation,
    EvaluationOutcome,
    Participation,
    Proof,
    Requirement,
    Waiver,
)
from courses.actions import (
    ask_for_assessment,
    plan_session,
    record_attendance,
    start_attempt,
    submit_attempt,
    write_question,
)
from courses.kinds import FreeText
from courses.models import Attempt, Attendance, Course, CourseFile, PracticalAssessment, Question
from evidence.actions import draw_sample, seal
from evidence.models import Listing, Sample
from evidence.populations import Population
from knowledge.actions import draft_page, issue_bulletin, publish, suggest_change, withdraw_page
from knowledge.models import KnowledgeBrief, LessonLearned, Process, Suggestion
from knowledge.passages import id_of
from people.actions import appoint_administrator, record_leave, report_to, upload_import, withdraw_person
from people.groups import AUDITORS, EXPERTS, HR, PROCESS_OWNERS
from people.models import LeaveOfAbsence, PeopleImport, Person
from tests.courses.quiz_scenes import a_choice, a_course, a_question, answers_of, asked_for, read_all
from tests.courses.step_scenes import a_classroom, a_document, a_task
from tests.scenes import NOON, hire, role_named

READERS = ("reader", "expert", "process owner", "manager", "hr", "auditor", "administrator")
GROUP_OF = {"expert": EXPERTS, "process owner": PROCESS_OWNERS, "hr": HR, "auditor": AUDITORS}
OTHERS = ("report", "former report", "other")
LONG_AGO = date(2020, 1, 1)
NOTHING = 987654


@dataclass
class House:
    people: dict[str, Person]
    # "published", "draft", "restricted" and "withdrawn"
    briefs: dict[str, KnowledgeBrief]
    # "done": everyone has handed in an attempt; "open": everyone has one open; "restricted" and "draft"
    courses: dict[str, Course]
    requirement: Requirement
    equivalence: Equivalence
    participation: Participation
    # Of everyone
    certificates: dict[str, Proof]
    waivers: dict[str, Waiver]
    leaves: dict[str, LeaveOfAbsence]
    # By each as its evaluator; of "their process": one that the process owner answers for
    evaluations: dict[str, Evaluation]
    outcomes: dict[str, EvaluationOutcome]
    # Of each who may send one, with rows to mend
    uploads: dict[str, PeopleImport]
    sample: Sample
    picture: object
    document: object
    # By each, of a change to the published brief.
    suggestions: dict[str, Suggestion]
    # "published" and "restricted"
    lessons: dict[str, LessonLearned]
    processes: dict[str, Process]
    banked: Question
    # Whose passage has changed
    stale: Question
    # "published" and "restricted": with a file, a classroom whose instructor is the expert, and a task
    stepped: dict[str, Course]
    attendance: Attendance
    done: dict[str, Attempt] = field(default_factory=dict)
    open: dict[str, Attempt] = field(default_factory=dict)
    # Handed in, and waiting to be marked and seen.
    texts: dict[str, Attempt] = field(default_factory=dict)
    practicals: dict[str, PracticalAssessment] = field(default_factory=dict)

    def certificate(self, reader, whose):
        return self.done[self.whose(reader, whose)].certificates.get()

    def whose(self, reader, whose) -> str:
        return reader if whose == "own" else whose

    def person(self, reader, whose):
        return NOTHING if whose == "nobody" else self.people[self.whose(reader, whose)].pk

    def entry(self, reader, whose):
        """The key of an entry about someone."""
        if whose == "nobody":
            return "people.role_granted:none"
        token = self.people[self.whose(reader, whose)].pseudonym.token
        return Listing.objects.filter(subject=token).earliest("recorded_at").pk


def open_a_house() -> House:
    people = _people()
    briefs, board = _briefs(people)
    courses = {
        name: a_course(readings=[briefs["published"]], questions=2) for name in ("done", "open", "restricted", "draft")
    }
    _keep_to(courses["restricted"], board)
    courses["draft"].unpublish()
    requirement = asked_for(courses["done"], role="Fitter")
    equivalence, participation = _rules(people, courses)
    facts = [_facts_of(person, courses["done"].teaches) for person in people.values()]
    certificates, waivers, leaves = (dict(zip(people, each, strict=True)) for each in zip(*facts, strict=True))
    evaluations, outcomes = _evaluations(people, courses["done"].teaches, participation.process)
    done, opened = _attempts(people, courses)
    stepped = _stepped(people, board)
    attendance = _attendance(stepped["published"], people)
    seal(at=NOON)
    sample = draw_sample(
        Population(), purpose="Welding", size=2, auditor_number="4711", by=people["auditor"], at=timezone.now()
    )
    seal(at=timezone.now())
    picture = get_image_model().objects.create(title="A strap", file=get_test_image_file())
    document = get_document_model().objects.create(
        title="Minutes", file=ContentFile(b"<script>alert(1)</script>", "minutes.html")
    )
    suggestions = _suggestions(people, briefs["published"])
    lessons = _lessons(people, board)
    processes = _processes(people, board)
    issue_bulletin(NOON.date().replace(day=1), at=timezone.now())
    return House(
        people,
        briefs,
        courses,
        requirement,
        equivalence,
        participation,
        certificates,
        waivers,
        leaves,
        evaluations,
        outcomes,
        _uploads(people),
        sample,
        picture,
        document,
        suggestions,
        lessons,
        processes,
        write_question(a_choice(), by=None, at=NOON).question,
        _stale(people),
        stepped,
        attendance,
        done,
        opened,
        *_waiting(stepped["published"], people),
    )


def _people():
    people = {
        name: hire(name.title(), "Reader", role="Fitter", groups=[GROUP_OF[name]] if name in GROUP_OF else [])
        for name in READERS
    }
    appoint_administrator(people["administrator"], by=None, at=NOON)
    people["report"] = hire("Rita", "Report", role="Fitter", manager=people["manager"], since=LONG_AGO)
    people["former report"] = hire("Fred", "Former", role="Fitter", manager=people["manager"], since=LONG_AGO)
    report_to(people["former report"], people["hr"], since=date(2021, 1, 1), by=None, at=NOON)
    people["other"] = hire("Olga", "Other", role="Fitter")
    people["leaver"] = hire("Lena", "Leaver", role="Fitter")
    withdraw_person(people["leaver"], last_day=date(2100, 1, 1), reason="In a while.", by=None, at=NOON)
    return people


def _briefs(people):
    briefs = {}
    expert = people["expert"]
    for name in ("published", "draft", "restricted", "withdrawn"):
        briefs[name] = draft_page(
            KnowledgeBrief, title=f"A {name} brief", summary="HIDDEN-WORD", body="HIDDEN-WORD", by=expert, at=NOON
        )
        if name != "draft":
            publish(briefs[name], by=expert, at=NOON, change_summary="First.", training_impact="read")
    withdraw_page(briefs["withdrawn"], reason="Old.", by=expert, at=NOON + timedelta(minutes=1))
    board = Group.objects.create(name="Board")
    _keep_to(briefs["restricted"], board)
    return briefs, board


def _rules(people, courses):
    told = {"since": LONG_AGO, "by": None, "at": NOON}
    owner = people["process owner"]
    process = draft_page(Process, title="A process", purpose="To mend", accountable=owner, by=owner, at=NOON)
    publish(process, by=owner, at=NOON, change_summary="First.", training_impact="read")
    other = define_competence("Another competence", by=None, at=NOON)
    equivalence = count_as(other, courses["done"].teaches, because="Alike.", **told)
    return equivalence, take_part(role_named("Fitter"), process, **told)


def _facts_of(person, competence):
    """A certificate with its file, a waiver that has not ended, and a leave."""
    told = {"by": None, "at": NOON}
    proof = record_proof(
        person,
        competence,
        basis=Proof.Basis.CERTIFICATE,
        reference="4711",
        file=ContentFile(b"%PDF-", "4711.pdf"),
        on=LONG_AGO,
        until=LONG_AGO,
        **told,
    )
    waived = define_competence(f"Waived for {person.pk}", **told)
    waiver = waive(person, waived, since=LONG_AGO, until=date(2099, 1, 1), reason="Abroad.", **told)
    return proof, waiver, record_leave(person, since=LONG_AGO, until=LONG_AGO, **told)


def _evaluations(people, competence, process):
    """One by each, found to be effective in part: it may be evaluated again, and corrected."""
    fixed = {"training_from": NOON.date(), "due": date(2099, 1, 1), "criterion": "Fewer.", "method": "Count."}
    told = {"measure": "A day", **fixed, "by": None, "at": NOON}
    evaluations = {name: plan_evaluation(competence, evaluator=person, **told) for name, person in people.items()}
    outcomes = {
        name: evaluate(evaluations[name], result="partly", observation="So.", follows="More.", by=person, at=NOON)
        for name, person in people.items()
    }
    evaluations["their process"] = plan_evaluation(competence, process=process, evaluator=people["other"], **told)
    return evaluations, outcomes


def _uploads(people):
    uploads = {}
    for name in ("hr", "administrator"):
        rows = f"employee_number,given_name,family_name\n{name},Nora,New\n".encode()
        uploads[name] = upload_import("people.csv", rows, by=people[name], at=NOON)
        PeopleImport.objects.filter(pk=uploads[name].pk).update(failed="a row")
    return uploads


def _suggestions(people, brief):
    edition, told = brief.editions.get(), {"reason": "It is so.", "at": NOON}
    return {name: suggest_change(edition, "body", f"As {name} says.", by=one, **told) for name, one in people.items()}


def _stale(people):
    brief = draft_page(KnowledgeBrief, title="A changed brief", body="Half full.", by=people["expert"], at=NOON)
    told = {"by": people["expert"], "change_summary": "New.", "training_impact": "test"}
    publish(brief, at=NOON, **told)
    version = a_question(a_course(questions=0), tests=brief, passage=id_of("body"))
    brief.body = "A third full."
    publish(brief, at=NOON + timedelta(hours=1), **told)
    return version.question


def _lessons(people, board):
    lessons = {}
    for name in ("published", "restricted"):
        lessons[name] = draft_page(
            LessonLearned, title=f"A {name} lesson", what_happened="HIDDEN-WORD", by=people["expert"], at=NOON
        )
        for moment in (NOON, NOON + timedelta(hours=1)):
            publish(lessons[name], by=people["expert"], at=moment, change_summary="New.", training_impact="read")
    _keep_to(lessons["restricted"], board)
    return lessons


def _processes(people, board):
    processes = {}
    for name in ("published", "restricted"):
        processes[name] = draft_page(Process, title=f"A {name} process", by=people["expert"], at=NOON)
        publish(processes[name], by=people["expert"], at=NOON, change_summary="First.", training_impact="read")
    _keep_to(processes["restricted"], board)
    return processes


def _keep_to(page, group):
    PageViewRestriction.objects.create(page=page, restriction_type="groups").groups.add(group)


def _attempts(people, courses):
    done, opened = {}, {}
    for name, person in people.items():
        read_all(courses["done"], person)
        done[name] = start_attempt(courses["done"], by=person, at=NOON)
        submit_attempt(done[name], answers=answers_of(done[name]), by=person, at=NOON)
        opened[name] = start_attempt(courses["open"], by=person, at=NOON)
    return done, opened


def _stepped(people, board):
    courses = {
        name: a_course(
            questions=0,
            files=[CourseFile(document=a_document())],
            classrooms=[a_classroom(instructor=people["expert"])],
            tasks=[a_task()],
        )
        for name in ("published", "restricted")
    }
    _keep_to(courses["restricted"], board)
    return courses


def _attendance(course, people):
    session = plan_session(course.classrooms.get(), starts_at=NOON, by=None, at=NOON)
    [attendance] = record_attendance(session, [people["other"]], by=None, at=NOON)
    return attendance


def _waiting(course, people):
    a_question(course, FreeText(stem="Why?"))
    texts = {}
    for name, person in people.items():
        texts[name] = attempt = start_attempt(course, by=person, at=NOON)
        submit_attempt(attempt, answers={attempt.asked.get().pk: {"text": "So."}}, by=person, at=NOON)
    task = course.tasks.get()
    return texts, {name: ask_for_assessment(task, by=person, at=NOON) for name, person in people.items()}
