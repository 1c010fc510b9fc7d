import pytest

from courses.kinds import Criterion, Level
from courses.rubrics import rubric_in
from people.refusals import Refused


def test_a_rubric_is_read_a_criterion_a_line():
    assert rubric_in("Isolation | not done 0 | done and tried 2\n\n Tool|wrong 0|right 1 ") == (
        Criterion("Isolation", (Level("not done", 0), Level("done and tried", 2))),
        Criterion("Tool", (Level("wrong", 0), Level("right", 1))),
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "nothing to go by"),
        ("Isolation", "at least two levels"),
        ("Isolation | done 1", "at least two levels"),
        ("Isolation | done 1 | tried 2", "one brings nothing"),
        ("Isolation | not done | done 1", "“not done” in the line"),
        ("Isolation | 0 | done 1", "“0” in the line"),
        ("Isolation | not done 0 | done 1000", "“done 1000” in the line"),
        ("Isolation | not done 0 | done ²", "is no level"),
        (" | not done 0 | done 1", "A criterion has a text"),
    ],
)
def test_what_no_assessor_could_use_is_refused(text, sentence):
    with pytest.raises(Refused, match=sentence):
        rubric_in(text)
