from django.apps import AppConfig
from wagtail.signals import page_published, page_unpublished

from competence.signals import competence_changed
from knowledge.signals import edition_acknowledged, edition_published
from people.signals import place_changed, role_changed


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self):
        from courses import receivers
        from courses.course_form import CourseForm
        from courses.models import Course

        Course.base_form_class = CourseForm  # it asks what no model may know

        role_changed.connect(receivers.on_role_changed)
        place_changed.connect(receivers.on_place_changed)
        edition_published.connect(receivers.on_edition_published)
        edition_acknowledged.connect(receivers.on_edition_acknowledged)
        competence_changed.connect(receivers.on_competence_changed)
        page_published.connect(receivers.on_page_published)
        page_unpublished.connect(receivers.on_page_unpublished)
