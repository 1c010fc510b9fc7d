from django.urls import reverse

from tests.scenes import role_named
from tests.stories.conftest import PASSWORD
from tests.stories.reader import Reader


def test_hr_gives_a_role_and_what_it_asks_for_follows_at_once(house):
    hr = house.hire("Hedy", "Rahn", groups=["HR"])
    nils = house.hire("Nils", "Berg", department="Repair")
    reader = Reader(hr.username, PASSWORD)

    reader.open(reverse("people:list")).follow("Berg").sees("Repair")
    reader.follow("Give a role").press("Give", role=role_named("Repair technician").pk, since="2026-01-05")
    reader.sees("Repair technician", "Handle damaged batteries", "Overdue")
    assert [assignment.course for assignment in nils.assignments.filter(until=None)] == [house.course]

    reader.open(reverse("competence:matrix")).sees("Berg", "Handle damaged batteries", "Overdue")
    reader.open(reverse("competence:list")).follow("Handle damaged batteries").sees("Repair technician", "1 Jan 2025")

    reader.open(reverse("people:person", args=[nils.pk])).follow("End").press(
        "End the role", until="2026-02-27", reason="Moved to another bench."
    )
    reader.sees("27 February 2026")
    assert not nils.assignments.filter(until=None).exists()


def test_hr_is_told_what_is_wrong_with_a_role_that_ends_before_it_begins(house):
    hr = house.hire("Hedy", "Rahn", groups=["HR"])
    nils = house.hire("Nils", "Berg")
    reader = Reader(hr.username, PASSWORD).open(reverse("people:grant-role", args=[nils.pk]))
    reader.press("Give", role=role_named("Repair technician").pk, since="2026-01-05", until="2025-12-31")
    reader.sees("before")
    assert not nils.holdings.exists()
