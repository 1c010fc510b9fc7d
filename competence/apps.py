from django.apps import AppConfig

from knowledge.signals import edition_published


class CompetenceConfig(AppConfig):
    name = "competence"

    def ready(self):
        from competence import receivers

        edition_published.connect(receivers.on_edition_published)
