"""What lower rooms announce, and Wagtail's own publishing of courses, become actions here, in the same transaction."""

from django.utils import timezone
from wagtail.log_actions import get_active_log_context

from courses import actions
from courses.models import Course


def on_role_changed(sender, holding, by, at, **kwargs):
    actions.reconcile([holding.person_id], by=by, at=at)


def on_competence_changed(sender, people, by, at, **kwargs):
    actions.reconcile(people, by=by, at=at)


def on_page_published(sender, instance, revision, **kwargs):
    if isinstance(instance, Course) and instance.live and not instance.alias_of_id:
        by = get_active_log_context().user or revision.user
        actions.offer_course(instance, by=by, at=instance.last_published_at)


def on_page_unpublished(sender, instance, **kwargs):
    if isinstance(instance, Course):
        actions.retire_course(instance, by=get_active_log_context().user, at=timezone.now())
