from django.db import transaction

from courses.answers import choice_of
from courses.models import Attempt, AttemptQuestion
from people.refusals import Refused


@transaction.atomic
def save_answer(asked, option_ids, *, by, at) -> AttemptQuestion:
    """Under the attempt's lock: an answer comes before the submit or is refused, and never changes what was graded."""
    attempt = Attempt.objects.select_for_update(of=("self",)).get(pk=asked.attempt_id)
    if attempt.person_id != by.pk:
        raise Refused("Only the person who takes the quiz can answer.")
    if attempt.submitted_at:
        raise Refused("This attempt has been submitted, so its answers can no longer change.")
    asked.answer, asked.saved_at = choice_of(asked.version, option_ids), at
    asked.save(update_fields=["answer", "saved_at"])
    return asked
