from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, post_save
from django.utils.module_loading import autodiscover_modules


class KnowledgeConfig(AppConfig):
    name = "knowledge"

    def ready(self):
        from wagtail.models import Revision
        from wagtail.signals import page_published, page_unpublished

        from knowledge import receivers
        from knowledge.deciding import DecisionForm
        from knowledge.models import DecisionRecord

        DecisionRecord.base_form_class = DecisionForm  # it asks what no model may know

        page_published.connect(receivers.on_page_published)
        page_unpublished.connect(receivers.on_page_unpublished)
        post_save.connect(receivers.on_revision_saved, sender=Revision)
        # What lessons may be closed through, of each room.
        autodiscover_modules("changes")
        # What other rooms know of knowledge at risk.
        autodiscover_modules("risk_sources")
        # What open_house gives rights to belongs to apps before the last. Django sends this only for apps with models.
        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(receivers.on_post_migrate, sender=last)
