from django.core.management import call_command
from django.utils import timezone

from courses.actions import start_attempt, submit_attempt
from evidence.models import Sample
from jobs.actions import run_waiting
from knowledge.actions import acknowledge
from tests.courses.quiz_scenes import right_to, save
from tests.stories.conftest import PASSWORD
from tests.stories.reader import Reader


def train(person, house):
    now = timezone.now()
    acknowledge(house.brief.editions.get(ended_at=None), by=person, at=now)
    attempt = start_attempt(house.course, by=person, at=now)
    for asked in attempt.asked.all():
        save(asked, right_to(asked), by=person, at=now)
    assert submit_attempt(attempt, by=person, at=now).passed


def test_an_auditor_draws_a_sample_and_follows_a_record_to_the_text_it_rests_on(house, capsys):
    for first in ("Nils", "Olga", "Pia", "Quirin"):
        train(house.hire(first, "Berg", role="Repair technician"), house)
    run_waiting(timezone.now() + timezone.timedelta(minutes=1))
    auditor = house.hire("Ines", "Prüfer", groups=["Auditors"])
    reader = Reader(auditor.username, PASSWORD)

    reader.open("/evidence/").sees("Berg", "Not anchored")
    reader.press("Show", kind="competence.proof_recorded").follow("Draw a sample")
    reader.press("Draw", purpose="Training in repair", auditor_number="4711", size="2")
    sample = Sample.objects.get()
    assert sample.sampled.count() == 2
    reader.sees("Training in repair", "Seed", "4711")
    reader.follow("Handle damaged batteries").sees("at position", "Swollen cells", "See what it is about")

    call_command("verify_evidence")  # which exits with 1 or 2 if it finds fault
    assert "not anchored" in capsys.readouterr().out
