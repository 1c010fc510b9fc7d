from datetime import timedelta

from django.utils import timezone

from evidence.actions import seal
from evidence.questions import last_checkpoint
from knowledge.freezing import thawed
from knowledge.layout import layout_of
from knowledge.models import KnowledgeBrief
from knowledge.printing import sheet_of_edition
from knowledge.shelves import section_for
from tests.stories.conftest import PASSWORD
from tests.stories.reader import Reader

CHANGE = {"change_summary": "First text.", "significance": "major", "training_impact": "read"}
STEP = "1. Take the strap off, look at both ends, and write down what you see.\n"
TOO_MUCH = "## Steps\n\n" + STEP * 80


def test_a_brief_that_runs_over_its_page_is_shortened_and_then_printed_on_one(house):
    owner = house.hire("Otto", "Weg", groups=["Process owners"])
    expert = Reader(house.expert.username, PASSWORD)
    expert.open(f"/admin/pages/add/knowledge/knowledgebrief/{section_for('briefs').pk}/")
    texts = {"title": "Reading a strap", "summary": "What wear looks like.", **CHANGE}

    expert.press("Submit", body=TOO_MUCH, **texts).sees("This brief runs over its page by about", "Shorten it")
    assert not KnowledgeBrief.objects.filter(title="Reading a strap").exists()

    expert.press("Submit", body=STEP * 10, **texts)
    brief = KnowledgeBrief.objects.get(title="Reading a strap")
    approver = Reader(owner.username, PASSWORD)
    state = brief.current_workflow_task_state
    approver.open(f"/admin/pages/{brief.pk}/edit/")
    approver.submit(f"/admin/pages/workflow/action/{brief.pk}/approve/{state.pk}/")

    seal(at=timezone.now() + timedelta(minutes=1))
    edition = brief.editions.get()
    assert layout_of(thawed(edition)).pages == 1
    page = sheet_of_edition(edition, owner).document
    assert page["eyebrow"] == f"{brief.number} · Brief"
    facts = {fact["term"]: fact["value"] for fact in page["facts"]}
    assert facts["Edition"].startswith("1, in force since")
    assert facts["Approved by"] == str(owner)
    assert last_checkpoint().root.hex()[:16] in page["log"]

    pdf = approver.client.get(f"/editions/{edition.pk}/pdf/").content
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type/Page/") == 1
