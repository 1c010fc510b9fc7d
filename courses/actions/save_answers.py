from collections.abc import Sequence

from django.db import transaction

from courses.kinds import check, is_answered
from courses.models import Attempt, AttemptQuestion
from courses.responses import Posted
from courses.sitting import is_over
from people.refusals import Refused


@transaction.atomic
def save_answers(attempt, posted: Sequence[Posted], *, by, at) -> list[AttemptQuestion]:
    """Under the attempt's lock: an answer comes before the submit or is refused, and never changes what was graded.

    Returns the questions whose answer was *not* taken, because the page that it comes from had not seen what was saved
    of it meanwhile, elsewhere. What was saved last stands.
    """
    attempt = Attempt.objects.select_for_update(of=("self",)).get(pk=attempt.pk)
    if attempt.person_id != by.pk:
        raise Refused("Only the person who takes the quiz can answer.")
    if attempt.submitted_at:
        raise Refused("This attempt has been submitted, so its answers can no longer change.")
    if is_over(attempt, at):
        raise Refused("The time for this quiz is over. What you had answered by then is graded.")
    return write_answers(attempt, posted, at)


def write_answers(attempt: Attempt, posted: Sequence[Posted], at) -> list[AttemptQuestion]:
    """In the transaction that holds the attempt's lock."""
    saved = AttemptQuestion.objects.in_bulk([one.asked.pk for one in posted])
    overtaken = []
    for one in posted:
        question = saved[one.asked.pk]
        if question.attempt_id != attempt.pk:
            raise Refused("An answer belongs to a question that this attempt does not ask. Reload the page.")
        check(one.asked.version.shows, one.response)
        # Where nothing was answered, nothing is news: another page of it is then no older than this one.
        is_new = question.answer != one.response and (question.is_answered or is_answered(one.response))
        if is_new and one.seen is not None and one.seen < question.saves:
            overtaken.append(question)
        elif is_new:
            question.answer, question.saved_at, question.saves = dict(one.response), at, question.saves + 1
            question.save(update_fields=["answer", "saved_at", "saves"])
        one.asked.saves = question.saves
    return overtaken
