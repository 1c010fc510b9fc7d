from django.utils import timezone

from courses.actions import add_course
from courses.models import PracticalTask
from tests.courses.quiz_scenes import a_question
from tests.stories.conftest import PASSWORD
from tests.stories.reader import Reader


def test_an_assessor_signs_off_a_practical_task_and_the_course_is_passed(house):
    nils, vera = house.hire("Nils", "Berg", role="Repair technician"), house.hire("Vera", "Vogt")
    house.course.unpublish()
    task = PracticalTask(
        title="Seal a swollen cell",
        instructions="Carry one to the **sand box**.",
        rubric="Gloves | none 0 | on 1\nDistance | too near 0 | an arm’s length 1 | behind the screen 2",
    )
    course = add_course(
        title="Batteries by hand",
        teaches=house.competence,
        assessor=vera,
        in_order=True,
        tasks=[task],
        by=house.expert,
        at=timezone.now(),
    )
    a_question(course, stem="Where does it go?", options=[("Sand", True, ""), ("Stock", False, "")], at=timezone.now())
    reader, assessor = Reader(nils.username, PASSWORD), Reader(vera.username, PASSWORD)

    reader.open("/learning/").follow("Batteries by hand").sees(
        "0 of 2 steps done", "Before the practical tasks, pass the quiz"
    )
    reader.press("Start")
    reader.press("Submit the answers", **reader.choose("Sand"))
    reader.sees("Passed", "once all its steps are done")
    reader.follow("What is still to do").follow("Seal a swollen cell").sees("sand box", "behind the screen")
    reader.press("I am ready").sees("Waits for the assessor")

    assessor.open("/").follow("1 to assess").follow("Nils Berg").sees("Seal a swollen cell", "sand box")
    assessor.press("Sign it off", comment="Stay further away.", **assessor.choose("on (1", "too near"))
    assessor.sees("not met")
    reader.open("/learning/").follow("Batteries by hand").follow("Seal a swollen cell").sees("Not met")
    reader.follow("What your assessor found").sees("Stay further away.", "Vera Vogt").sees_no("Sign it off")
    reader.open(course.url).follow("Seal a swollen cell").press("I am ready")
    assert not nils.proofs.exists()

    assessor.open("/learning/desk/").follow("Nils Berg")
    assessor.press("Sign it off", **assessor.choose("on (1", "behind the screen")).sees("signed off", "Nothing waits")
    reader.open(course.url).sees("2 of 2 steps done", "Signed off", "Certificate (PDF)")
    reader.open("/learning/").sees("Competent", "Valid")
    assert nils.proofs.get().competence == house.competence
    code = nils.certificates.get().code
    reader.open(f"/certificates/{code.lower()}/").sees("Nils Berg", "Valid", "Batteries by hand")
