from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

from people.groups import make_groups


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self):
        # Django sends post_migrate only for apps with models.
        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(make_groups, sender=last)
