from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from knowledge.models.restrictions import found_by_path


class HomePage(Page):
    """The front door, one a house."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["knowledge.Section"]
    template = "knowledge/home_page.html"

    get_view_restrictions = found_by_path


class Section(Page):
    """A shelf of the house: the processes, the briefs, the decisions, the lessons, the courses."""

    introduction = models.CharField(max_length=250, blank=True)

    parent_page_types = ["knowledge.HomePage"]
    template = "knowledge/section.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    get_view_restrictions = found_by_path
