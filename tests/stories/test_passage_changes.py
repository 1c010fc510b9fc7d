from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from courses.models import Attempt
from knowledge.actions import publish
from knowledge.passages import id_of
from tests.courses.pages import posted
from tests.courses.quiz_scenes import a_question
from tests.stories.conftest import PASSWORD
from tests.stories.reader import Reader

CHARGING = id_of("body", ["Charging"])


def answer(reader, person):
    reader.press("Submit the answers", **posted(Attempt.objects.open().get(person=person)))


def test_a_passage_changes_and_a_delta_quiz_asks_three_questions_instead_of_twelve(house, time_machine):
    for place in range(10):
        passage = CHARGING if place < 3 else id_of("body", ["Before you touch it"])
        a_question(house.course, stem=f"What then, at {place}?", tests=house.brief, passage=passage, at=timezone.now())
    nils = house.hire("Nils", "Berg", role="Repair technician")
    reader = Reader(nils.username, PASSWORD)
    reader.open(house.brief.url).press("read and understood")
    reader.open(house.course.url).sees("12 questions").press("Start")
    answer(reader, nils)
    first = nils.proofs.get()

    time_machine.move_to(timezone.now() + timedelta(days=60))
    house.brief.body = house.brief.body.replace("was below 2.5 volts", "has ever swollen")
    told = {"change_summary": "Never after swelling.", "training_impact": "test"}
    publish(house.brief, by=house.expert, at=timezone.now(), **told)

    edith = Reader(house.expert.username, PASSWORD)
    for place in range(3):
        edith.open(reverse("knowledge:reviews")).sees("Questions to look at").follow(f"at {place}?")
        edith.sees(
            "As it was in edition 1", "below 2.5 volts", "As it is now in edition 2", "ever swollen", "About half Right"
        )
        edith.press("Still right").sees("the question is asked again").sees_no(f"at {place}?")
    # Two test the page as a whole, of which the author said that its change is to be tested.
    edith.follow("Look at it").sees("below 2.5 volts", "ever swollen").press("Still right")
    edith.follow("Look at it").press("Still right").sees("Nothing waits for a look")

    reader = Reader(nils.username, PASSWORD)
    reader.open("/learning/").follow("Batteries on the bench").follow("Swollen cells").press("read and understood")
    reader.open(house.course.url).sees("3 questions about what changed, instead of 12").press("Answer what changed")
    reader.sees("3 questions.", "It keeps what you have shown since")
    answer(reader, nils)
    reader.sees("Passed", "It keeps the competence")

    proof = nils.proofs.exclude(pk=first.pk).get()
    assert (proof.until, proof.since) == (first.until, first.since + timedelta(days=60))
    assert [edition.number for edition in proof.editions.all()] == [2]
    reader.open("/learning/").sees("Competent", "Nothing is due")


def test_a_wrong_answer_leads_to_the_passage_that_it_tests(house):
    a_question(house.course, stem="From when?", tests=house.brief, passage=CHARGING, at=timezone.now())
    nils = house.hire("Nils", "Berg", role="Repair technician")
    reader = Reader(nils.username, PASSWORD)
    reader.open(house.brief.url).press("read and understood")
    reader.open(house.course.url).press("Start").press("Submit the answers")
    [link] = [link["href"] for link in reader.page.find_all("a", href=True) if "#passage-" in link["href"]]
    place = reader.open(link).page.find(id=link.partition("#")[2])
    assert place.find_parent(["h2", "h3"]).get_text() == "Charging"
