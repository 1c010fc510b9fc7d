from django.core import mail
from django.utils import timezone

from jobs.actions import run_waiting
from knowledge.actions import close_lesson, draft_page, publish, validate_lesson, verify_lesson
from knowledge.models import LessonLearned
from tests.stories.conftest import PASSWORD
from tests.stories.reader import Reader

CHANGE = {"change_summary": "The sand box comes first.", "significance": "major", "training_impact": "read"}


def settled_lesson(house, owner):
    """One that was closed and verified long before: a cell had swollen on the bench."""
    told = {"by": owner, "at": timezone.now()}
    lesson = draft_page(
        LessonLearned,
        title="A cell swelled on the bench",
        what_happened="A swollen cell lay on the bench over night and began to smoke.",
        processes=[house.process],
        accountable=house.expert,
        **told,
    )
    publish(lesson, author=house.expert, change_summary="First text.", training_impact="read", **told)
    validate_lesson(lesson, by=owner, at=timezone.now())
    settling = publish(
        house.brief,
        by=owner,
        author=house.expert,
        at=timezone.now(),
        change_summary="Look each evening.",
        training_impact="read",
    )
    close_lesson(lesson, through=settling, by=house.expert, at=timezone.now())
    verify_lesson(lesson, note="None for a year.", by=owner, at=timezone.now())
    run_waiting(timezone.now())
    return lesson


def approve(page, approver):
    approver.open(f"/admin/pages/{page.pk}/edit/")
    state = page.current_workflow_task_state
    approver.submit(f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/")


def test_a_lesson_recurs_and_is_settled_through_another_change(house):
    owner = house.hire("Otto", "Weg", groups=["Process owners"])
    earlier = settled_lesson(house, owner)
    nils = house.hire("Nils", "Berg", role="Repair technician")

    reader = Reader(nils.username, PASSWORD).open("/lessons/").sees("Verified").follow("Report a lesson")
    reader.press("Go on", found_where="Bench 3").sees("This field is required")
    reader.press("Go on", what_happened="A cell on the bench had swollen and was warm.", process=house.process.pk)
    reader.sees("Is it known already?", "A cell swelled on the bench", "Verified")
    reader.press("Send", **reader.choose("This happened again")).sees("Thank you")
    again = LessonLearned.objects.get(recurrence_of=earlier)
    assert (again.live, again.found_where, again.owner) == (False, "Bench 3", nils)

    approver = Reader(owner.username, PASSWORD)
    approve(again, approver)
    run_waiting(timezone.now())
    assert any("happened again" in letter.subject and house.expert.email in letter.to for letter in mail.outbox)
    reader.open(earlier.url).sees("Reopened", "It happened again", again.number)
    reader.open(again.url).sees("It happened before", earlier.number).sees_no("Validate it")

    expert = Reader(house.expert.username, PASSWORD).open(earlier.url).press("Validate", note="Seen on bench 3.")
    expert.sees("Validated").sees_no("Verify that the change works")
    settled_before = house.brief.editions.get(number=2)
    expert.press("Close", reference=f"{house.brief.number} edition 2").sees("older", str(settled_before))

    expert.open(f"/admin/pages/{house.brief.pk}/edit/").press("Submit", body="The **sand box** first.", **CHANGE)
    approve(house.brief, approver)
    change = house.brief.editions.get(number=3)
    expert.open(earlier.url).press("Close", edition=str(change.pk)).sees("closed", str(change.page.number), "edition 3")

    expert.press("Verify", note="It is fine.").sees("someone else")
    approver.open(earlier.url).press("Verify", note="No cell on a bench in three weeks.")
    approver.sees("is verified", "No cell on a bench in three weeks.")
    states = list(earlier.steps_taken.values_list("state", flat=True))
    assert states[3:] == ["reopened", "validated", "actioned", "verified"]
