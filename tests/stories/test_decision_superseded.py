from django.urls import reverse
from django.utils import timezone

from knowledge.actions import draft_page, publish
from knowledge.models import DecisionRecord, KnowledgeBrief, LessonLearned
from knowledge.shelves import section_for
from tests.stories.conftest import PASSWORD
from tests.stories.reader import Reader

CHANGE = {"change_summary": "Decided.", "significance": "major", "training_impact": "read"}


def test_an_expert_supersedes_a_decision_and_whoever_builds_on_it_is_asked_to_look(house):
    petra = house.hire("Petra", "Weg", groups=["Process owners"])
    nils = house.hire("Nils", "Berg")
    told = {"by": house.expert, "at": timezone.now(), "processes": [house.process]}
    said = {"by": petra, "at": timezone.now(), "change_summary": "First text.", "training_impact": "read"}
    by_air = draft_page(DecisionRecord, title="Returns by air", status="accepted", outcome="By air.", **told)
    publish(by_air, **said)
    brief = draft_page(KnowledgeBrief, title="Sending returns", body=f"See {by_air.number}.", accountable=nils, **told)
    lesson = draft_page(LessonLearned, title="A parcel burnt", what_happened="On the apron.", **told)
    for page in (brief, lesson):
        publish(page, **said)

    expert = Reader(house.expert.username, PASSWORD)
    expert.open(f"/admin/pages/add/knowledge/decisionrecord/{section_for('decisions').pk}/")
    by_rail = {
        "title": "Returns by rail",
        "status": "accepted",
        "context": "Cells burn.",
        "outcome": "By rail, because nobody sits above them.",
        "supersedes": [by_air.pk],
        "processes": [house.process.pk],
        **CHANGE,
    }
    expert.press("Submit", **by_rail)
    assert "A parcel burnt" in expert.page.get_text()
    assert not DecisionRecord.objects.filter(title="Returns by rail").exists()
    expert.press("Submit", added=mark(lesson, "It is the reason for this decision."), **by_rail)
    decision = DecisionRecord.objects.get(title="Returns by rail")
    assert not decision.live
    Reader(nils.username, PASSWORD).open(by_air.url).sees("Accepted").sees_no("Superseded")

    owner = Reader(petra.username, PASSWORD).open(f"/admin/pages/{decision.pk}/edit/")
    owner.submit(f"/admin/pages/workflow/action/{decision.pk}/approve/{decision.current_workflow_task_state.pk}/")

    reader = Reader(nils.username, PASSWORD)
    reader.open(by_air.url).sees("Superseded", "Returns by rail", "Sending returns")
    reader.follow("Returns by rail").sees("Accepted", "Supersedes", "Returns by air", "A parcel burnt", "Considered")
    reader.open("/decisions/?status=superseded").sees("Returns by air").sees_no("By rail")
    reader.open(reverse("knowledge:reviews")).sees("Sending returns", "Returns by air")


def mark(lesson, because):
    """What the editor's script adds for a lesson that is weighed."""
    return {
        "lesson_marks-TOTAL_FORMS": "1",
        "lesson_marks-0-lesson": lesson.pk,
        "lesson_marks-0-mark": "considered",
        "lesson_marks-0-because": because,
        "lesson_marks-0-ORDER": "1",
    }
