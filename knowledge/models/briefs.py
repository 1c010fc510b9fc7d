from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from knowledge.gauge import GaugePanel
from knowledge.models.editing import KnowledgePageForm, about_panels, change_panels, markdown_panel, title_panel
from knowledge.models.pages import KnowledgePage
from knowledge.one_page import overrun


class KnowledgeBriefForm(KnowledgePageForm):
    """Refuses to send what does not fit on one page; a draft may be as long as it likes until it waits for approval."""

    def clean(self):
        cleaned = super().clean()
        if self.is_deferred_validation and not self.instance.workflow_in_progress:
            return cleaned
        texts = {name: cleaned.get(name) or "" for name in ("title", "summary", "body")}
        if why := overrun(**texts):
            self.add_error("body", why)
        return cleaned


class KnowledgeBrief(KnowledgePage):
    """What one must know about one thing, on one page."""

    is_one_page = True
    prefix = "BRF"
    shelf = "briefs"
    reader_fields = [("summary", "text"), ("body", "markdown")]

    summary = models.CharField(max_length=250, blank=True)
    body = models.TextField(verbose_name="text")

    parent_page_types = ["knowledge.Section"]
    subpage_types: list[str] = []
    base_form_class = KnowledgeBriefForm
    template = "knowledge/knowledge_brief.html"
    content_panels = [
        title_panel,
        FieldPanel("summary"),
        markdown_panel("body"),
        GaugePanel(),
        *about_panels,
        *change_panels,
    ]
    search_fields = [*KnowledgePage.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = "brief"
        verbose_name_plural = "briefs"
