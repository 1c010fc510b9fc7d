from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

from people.groups import make_groups


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self):
        post_migrate.connect(make_groups, sender=list(apps.get_app_configs())[-1])
