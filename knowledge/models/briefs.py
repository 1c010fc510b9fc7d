from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from knowledge.models.editing import about_panels, change_panels, markdown_panel
from knowledge.models.pages import KnowledgePage


class KnowledgeBrief(KnowledgePage):
    """What one must know about one thing, on one page."""

    prefix = "BRF"
    shelf = "briefs"
    reader_fields = [("summary", "text"), ("body", "markdown")]

    summary = models.CharField(max_length=250, blank=True)
    body = models.TextField(verbose_name="text")

    parent_page_types = ["knowledge.Section"]
    subpage_types: list[str] = []
    template = "knowledge/knowledge_brief.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        markdown_panel("body"),
        *about_panels,
        *change_panels,
    ]
    search_fields = [*KnowledgePage.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = "brief"
        verbose_name_plural = "briefs"
