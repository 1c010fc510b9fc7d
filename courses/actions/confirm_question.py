from django.db import transaction

from courses.actions.write_question import write_question
from courses.models import Question, QuestionVersion
from knowledge.models import Edition
from people.refusals import Refused


@transaction.atomic
def confirm_question(question, *, edition, passage="", by, at) -> QuestionVersion:
    """It is still right: another version that says the same, of the passage as it now reads.

    `edition` is the one that whoever confirms it has looked at, and `passage` the id of the passage in it.
    """
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    version = question.versions.latest_versions().select_related("stale", "tests").get()
    if version.is_draft:
        raise Refused("A draft of this question is being written. Finish that, for it is the latest.")
    if not hasattr(version, "stale"):
        raise Refused("Someone has seen to this question meanwhile. It is asked again.")
    if version.passage and not passage:
        raise Refused("Choose the passage that it tests now.")
    if Edition.objects.current_for([version.tests_id]).get(version.tests_id) != edition:
        raise Refused(f"“{version.tests.title}” has another edition since you looked. Look at what it says now.")
    return write_question(version.says, question=question, tests=version.tests, passage=passage, by=by, at=at)
