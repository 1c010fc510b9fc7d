"""Where Wagtail's signals become actions. They carry no user: it is the one for whom Wagtail is logging."""

from django.db import connections
from django.utils import timezone
from wagtail.log_actions import get_active_log_context

from knowledge import actions
from knowledge.models import Approval, HomePage, KnowledgePage


def on_page_published(sender, instance, revision, **kwargs):
    if not isinstance(instance, KnowledgePage) or not instance.live or instance.alias_of_id:
        return
    if instance.edition_made is None or instance.edition_made.revision_id != revision.pk:
        by = Approval.objects.approver_of(revision) or _acting() or revision.user
        actions.make_edition(instance, revision, by=by, at=instance.last_published_at)


def on_page_unpublished(sender, instance, **kwargs):
    if isinstance(instance, KnowledgePage):
        actions.end_edition(instance, by=_acting(), at=timezone.now())


def on_revision_saved(sender, instance, update_fields=None, **kwargs):
    """A revision that is given a day to go live: every way to schedule one comes by here, and none sends a signal."""
    is_scheduled = instance.approved_go_live_at and "approved_go_live_at" in (update_fields or ())
    if is_scheduled and _acting() and issubclass(instance.content_type.model_class(), KnowledgePage):
        actions.approve(instance, by=_acting(), at=timezone.now())


def on_post_migrate(using, **kwargs):
    tables = connections[using].introspection.table_names()
    if HomePage._meta.db_table in tables:  # or else only another room was migrated
        actions.open_house(by=None, at=timezone.now())


def _acting():
    return get_active_log_context().user
