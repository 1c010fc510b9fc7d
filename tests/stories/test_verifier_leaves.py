from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from knowledge.actions import draft_page, publish
from knowledge.models import KnowledgeBrief, KnowledgePage, LessonLearned
from tests.stories.conftest import PASSWORD
from tests.stories.reader import Reader


def test_a_verifier_leaves_and_nothing_of_theirs_is_left_to_nobody(house):
    hr = house.hire("Hedy", "Rahn", groups=["HR"])
    petra = house.hire("Petra", "Weg", groups=["Process owners"])
    lena = house.hire("Lena", "Moor", groups=["Experts"])
    nils = house.hire("Nils", "Berg")
    told = {"by": house.expert, "at": timezone.now(), "processes": [house.process]}
    owned = draft_page(KnowledgeBrief, title="Seals", body="Look.", accountable=lena, **told)
    stood_in = draft_page(KnowledgeBrief, title="Straps", body="Pull.", accountable=petra, deputies=[lena], **told)
    known = draft_page(KnowledgeBrief, title="The press", body="Warm it.", accountable=petra, experts=[lena], **told)
    owed = draft_page(LessonLearned, title="It fell", what_happened="So.", accountable=petra, action_owner=lena, **told)
    pages = (owned, stood_in, known, owed)
    for page in pages:
        publish(page, by=petra, at=timezone.now(), change_summary="First text.", training_impact="read")

    reader = Reader(hr.username, PASSWORD).open(reverse("people:withdraw", args=[lena.pk]))
    last_day = timezone.localdate() + timedelta(days=30)
    reader.press("Record the last day", last_day=last_day.isoformat(), reason="Moves to the sea.")
    reader.sees("Lena Moor has 4 things to hand over")

    owner = Reader(petra.username, PASSWORD).open("/").follow("1 person who leaves or left has something to hand over")
    owner.sees("Lena Moor", "4 things to hand over").follow("Lena Moor")
    owner.sees("Owner Seals", "Deputy Straps", "The only expert The press", "Sees to the corrective action It fell")
    chosen = {
        f"taker-owner-{owned.pk}": nils.pk,
        f"taker-deputy-{stood_in.pk}": "nobody",
        f"because-deputy-{stood_in.pk}": "One is enough for straps.",
        f"taker-expert-{known.pk}": house.expert.pk,
        f"taker-action-{owed.pk}": nils.pk,
    }
    owner.press("Hand over", **chosen)
    owner.sees("4 things are handed over.", "All is handed over")
    owner.open(reverse("knowledge:hand-over")).sees("Nothing to hand over").sees_no("Lena Moor")

    new_owner = Reader(nils.username, PASSWORD).open("/").follow("1 of your pages waits for a look")
    new_owner.sees("Seals", "Due", "It fell was published").follow("Seals").press(
        "Still true", note="Asked Lena while she is here."
    )
    new_owner.sees("you found “Seals” still true", "by Nils Berg", "Owner Nils Berg")
    assert owned.verifications.get().by == nils

    now = KnowledgePage.objects.filter(pk__in=[page.pk for page in pages])
    assert not now.filter(accountable=lena).exists()
    assert not now.filter(deputies=lena).exists()
    assert not now.filter(experts=lena).exists()
    assert LessonLearned.objects.get(pk=owed.pk).action_owner == nils
    assert [page.editions.count() for page in pages] == [1, 1, 1, 1]
