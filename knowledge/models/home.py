from django.db import models
from wagtail.models import Page


class HomePage(Page):
    """The front door, one a house."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["knowledge.Section"]


class Section(Page):
    """A shelf of the house: the processes, the briefs, the decisions, the lessons, the courses."""

    introduction = models.CharField(max_length=250, blank=True)

    parent_page_types = ["knowledge.HomePage"]
