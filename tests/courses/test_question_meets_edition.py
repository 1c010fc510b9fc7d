from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections

from courses.models import QuestionVersion, Stale
from knowledge.actions import publish
from knowledge.passages import id_of
from tests.courses.quiz_scenes import a_brief, a_course, a_question
from tests.scenes import NOON


@pytest.mark.django_db(transaction=True)
@pytest.mark.databases
def test_a_question_that_is_written_while_its_page_is_published_is_of_the_new_text_or_stale():
    brief = a_brief(body="## Charging\n\nHalf full.")
    course, writers = a_course(questions=0, readings=[brief]), 6
    gate = Barrier(writers + 1)
    brief.body = "## Charging\n\nA third full."

    def write(number):
        gate.wait()
        try:
            return a_question(course, stem=f"{number}?", tests=brief, passage=id_of("body", ["Charging"]))
        finally:
            connections.close_all()

    def announce():
        gate.wait()
        try:
            at = NOON + timedelta(hours=1)
            publish(brief, by=None, at=at, change_summary="Less.", training_impact="read")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(writers + 1) as pool:
        done = [pool.submit(write, number) for number in range(writers)]
        for one in [*done, pool.submit(announce)]:
            one.result()
    of_old = QuestionVersion.objects.exclude(tests_edition__number=2)
    assert set(Stale.objects.values_list("version", flat=True)) == set(of_old.values_list("pk", flat=True))
    assert not QuestionVersion.objects.drawn().exclude(tests_edition__number=2).exists()
