from django.utils import timezone

from jobs.actions import run_waiting
from knowledge.models import KnowledgeBrief
from knowledge.shelves import section_for
from tests.stories.conftest import PASSWORD
from tests.stories.reader import Reader

CHANGE = {"change_summary": "First text.", "significance": "major", "training_impact": "read"}


def test_an_expert_writes_a_brief_and_a_process_owner_lets_it_out(house):
    owner = house.hire("Otto", "Weg", groups=["Process owners"])
    nils = house.hire("Nils", "Berg")
    expert = Reader(house.expert.username, PASSWORD)

    shelf = section_for("briefs")
    expert.open(f"/admin/pages/add/knowledge/knowledgebrief/{shelf.pk}/")
    expert.press(
        "Submit",
        title="Reading a test card",
        summary="What the five lights mean.",
        body="Five lights. Red means *stop*.",
        **CHANGE,
    )
    brief = KnowledgeBrief.objects.get(title="Reading a test card")
    assert not brief.live
    assert Reader(nils.username, PASSWORD).open("/briefs/reading-a-test-card/").status == 404

    approver = Reader(owner.username, PASSWORD)
    approver.open(f"/admin/pages/{brief.pk}/edit/")
    state = brief.current_workflow_task_state
    approver.submit(f"/admin/pages/workflow/action/{brief.pk}/approve/{state.pk}/")

    reader = Reader(nils.username, PASSWORD).open("/briefs/reading-a-test-card/")
    reader.sees("Edition 1", "Five lights", brief.number)
    edition = brief.editions.get()
    assert edition.author == house.expert
    assert edition.approver == owner
    run_waiting(timezone.now())
    reader.open("/search/?q=five+lights").sees("Reading a test card")
