from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from knowledge.models.pages import KnowledgePage


class HomePage(Page):
    """The front door, one a house."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["knowledge.Section"]
    template = "knowledge/home_page.html"

    def route(self, request, path_components):
        """Find a knowledge page by its whole path in one query; Wagtail asks two at every level."""
        if len(path_components) == 2:
            url_path = self.url_path + "/".join(path_components) + "/"
            page = KnowledgePage.objects.live().with_kinds().filter(url_path=url_path).first()
            if page is not None:
                return RouteResult(page.as_kind)
        return super().route(request, path_components)


class Section(Page):
    """A shelf of the house: the processes, the briefs, the decisions, the lessons, the courses."""

    introduction = models.CharField(max_length=250, blank=True)

    parent_page_types = ["knowledge.HomePage"]
    template = "knowledge/section.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
