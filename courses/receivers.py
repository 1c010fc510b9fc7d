"""What lower rooms announce, and Wagtail's own publishing of courses, become actions here, in the same transaction."""

from django.utils import timezone
from wagtail.log_actions import get_active_log_context

from competence.equivalences import counting_for
from courses import actions
from courses.models import Course
from jobs.actions import enqueue
from knowledge.models import TrainingImpact


def on_role_changed(sender, holding, by, at, **kwargs):
    actions.reconcile([holding.person_id], by=by, at=at)


def on_place_changed(sender, people, by, at, **kwargs):
    actions.reconcile(people, by=by, at=at)


def on_competence_changed(sender, fact, people, by, at, **kwargs):
    named = getattr(fact, "competence_id", None)
    competences = counting_for([named], on=timezone.localdate(at)) if named else None
    # What no course teaches is assigned to nobody.
    if competences is None or Course.objects.filter(teaches__in=competences).exists():
        actions.reconcile(people, by=by, at=at, competences=competences)


def on_edition_published(sender, edition, by, at, **kwargs):
    """What it puts in doubt is not asked any more, at once. Whom it asks again is found by a job: publishing costs the
    same however many have learned the page.
    """
    if edition.number > 1:
        actions.find_stale(edition, by=by, at=at)
    if edition.training_impact != TrainingImpact.NONE and edition.number > 1:
        key = f"courses.ask_learners_again:{edition.pk}"
        enqueue("courses.ask_learners_again", {"edition": edition.pk}, key=key, at=at)


def on_edition_acknowledged(sender, reading, by, at, **kwargs):
    if reading.edition.training_impact == TrainingImpact.READ and reading.edition.number > 1:
        actions.reconcile([reading.person_id], by=by, at=at)


def on_page_published(sender, instance, revision, **kwargs):
    if isinstance(instance, Course) and instance.live and not instance.alias_of_id:
        by = get_active_log_context().user or revision.user
        actions.offer_course(instance, by=by, at=instance.last_published_at)


def on_page_unpublished(sender, instance, **kwargs):
    if isinstance(instance, Course):
        actions.retire_course(instance, by=get_active_log_context().user, at=timezone.now())
