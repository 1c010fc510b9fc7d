from django.apps import AppConfig
from wagtail.signals import page_published, page_unpublished

from competence.signals import competence_changed
from people.signals import role_changed


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self):
        from courses import receivers

        role_changed.connect(receivers.on_role_changed)
        competence_changed.connect(receivers.on_competence_changed)
        page_published.connect(receivers.on_page_published)
        page_unpublished.connect(receivers.on_page_unpublished)
