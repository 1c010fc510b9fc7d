"""What is asked of the questions and attempts in the loaded sample."""

from collections import Counter, defaultdict
from datetime import timedelta
from statistics import correlation

from courses.anchors import passages_in
from courses.kinds import KINDS
from courses.models import Attempt, AttemptQuestion, Course, Marking, Question, QuestionVersion
from knowledge.models import Edition


def each_question_is_tied_to_a_passage():
    assert Course.objects.live().count() == 10
    assert Question.objects.count() > 80
    versions = QuestionVersion.objects.all()
    assert {version.kind for version in versions} == set(KINDS)
    tested = Edition.objects.filter(pk__in=versions.values("tests_edition"))
    passages = {edition.pk: passages_in(edition) for edition in tested}
    for version in versions:
        assert version.passage_sha256 == passages[version.tests_edition_id][version.passage].sha256
    # Rewritten with an edition, or confirmed after one.
    assert versions.filter(number__gt=1).count() > 20


def a_year_of_attempts_says_which_question_does_harm(at):
    graded = Attempt.objects.graded()
    assert graded.filter(submitted_at__lt=at - timedelta(days=365)).count() > 100
    assert graded.filter(submitted_at__gte=at - timedelta(days=365)).count() > 200
    found = discriminations(least=30)
    assert len(found) > 30
    misleading = min(found, key=found.__getitem__)
    assert misleading.startswith("A chain of four whys")
    assert found[misleading] < -0.2
    assert sum(value > 0.1 for value in found.values()) > len(found) * 3 / 4


def discriminations(*, least):
    """Of each question that so many answered: how what it brought goes with what the rest of the same quiz did."""
    answers = AttemptQuestion.objects.filter(attempt__graded_at__isnull=False, version__possible__gt=0)
    rows = list(answers.values_list("attempt", "version__stem", "worth", "version__possible"))
    reached, possible = Counter(), Counter()
    for attempt, _, worth, points in rows:
        reached[attempt] += float(worth) * points
        possible[attempt] += points
    pairs = defaultdict(list)
    for attempt, stem, worth, points in rows:
        if rest := possible[attempt] - points:
            pairs[stem].append((float(worth), (reached[attempt] - float(worth) * points) / rest))
    told = {stem: list(zip(*given, strict=True)) for stem, given in pairs.items() if len(given) >= least}
    return {stem: correlation(*both) for stem, both in told.items() if all(len(set(values)) > 1 for values in both)}


def free_text_is_marked_by_its_assessor():
    marked = Attempt.objects.graded().filter(course__slug__startswith="taking-over")
    assert marked.count() > 10
    assert {marking.assessor.username for marking in Marking.objects.all()} == {"lukas.brandt"}
    assert all(attempt.graded_at > attempt.submitted_at for attempt in marked.filter(asked__markings__isnull=False))
    assert 0 < Attempt.objects.to_mark().count() < 5
