from tests.stories.conftest import PASSWORD
from tests.stories.reader import Reader


def test_a_new_hire_reads_fails_reads_again_and_passes(house):
    nils = house.hire("Nils", "Berg", role="Repair technician")
    reader = Reader(nils.username, PASSWORD)

    reader.open("/").sees("Handle damaged batteries", "Repair technician")
    reader.open("/learning/").sees("Overdue").follow("Batteries on the bench")
    reader.sees("Swollen cells")
    reader.follow("Swollen cells").sees("Edition 1", "sand box", "Edith Stone")
    reader.press("read and understood").sees("acknowledged")

    reader.open(house.course.url).press("Start")
    reader.press("Submit the answers", **reader.choose("Onto the charger", "Put on gloves"))
    reader.sees("Charging makes it worse.").sees_no("Sand smothers")
    assert not nils.proofs.exists()

    reader.press("Try again")
    reader.press("Submit the answers", **reader.choose("Into the sand box", "Put on gloves", "Look for swelling"))
    reader.sees("Passed", "Sand smothers")

    reader.open("/learning/").sees("Competent")
    assert not nils.assignments.filter(until=None).exists()
    [edition] = nils.proofs.get().editions.all()
    assert edition == house.brief.editions.get(number=1)


def test_a_new_hire_sees_nobody_elses_records(house):
    nils, other = house.hire("Nils", "Berg"), house.hire("Olga", "Lind")
    reader = Reader(nils.username, PASSWORD)
    assert reader.open(f"/people/{nils.pk}/").status == 200
    assert reader.open(f"/people/{other.pk}/").status == 403
    assert reader.open("/evidence/").status == 403
