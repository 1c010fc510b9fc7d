"""The forms in which knowledge pages are written: their panels, and what a publication is asked."""

from django import forms
from django.urls import reverse
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.staticfiles import versioned_static
from wagtailmarkdown.widgets import MarkdownTextarea

from knowledge.models.editions import TrainingImpact

CHANGE_FIELDS = ["change_summary", "significance", "training_impact", "impact_reason"]


class MarkdownEditor(MarkdownTextarea):
    """The package's editor, so set up that nothing is fetched from elsewhere and nothing previewed unsanitised."""

    def build_attrs(self, *args, **kwargs):
        """Tells the editor where Wagtail's windows for choosing a picture and a page are."""
        windows = {"pictures": "wagtailimages_chooser:choose", "pages": "wagtailadmin_choose_page"}
        named = {f"data-{name}": reverse(view) for name, view in windows.items()}
        return super().build_attrs(*args, **kwargs) | named

    @property
    def media(self):
        windows = ["wagtailimages/js/image-chooser-modal.js", "wagtailadmin/js/page-chooser-modal.js"]
        # Ours first: theirs start as soon as they are read.
        ours = forms.Media(js=["knowledge/markdown-editor.js", *map(versioned_static, windows)])
        return ours + super().media


def markdown_panel(name, **kwargs):
    return FieldPanel(name, widget=MarkdownEditor, **kwargs)


about_panels = [
    MultiFieldPanel(
        [FieldPanel(name) for name in ("accountable", "deputies", "review_months", "experts", "processes", "tags")],
        heading="Who and where",
    )
]
change_panels = [
    MultiFieldPanel(
        [FieldPanel(name) for name in (*CHANGE_FIELDS, "effective_from")],
        heading="This change",
        help_text="Asked for each publication, and kept with its edition.",
    )
]


class KnowledgePageForm(WagtailAdminPageForm):
    """Asks what the change is, and what it asks of readers, where a page is published or submitted; not of a draft."""

    def __init__(self, data=None, files=None, *args, instance=None, **kwargs):
        if instance is not None and _is_as_published(instance):
            for name in CHANGE_FIELDS:
                setattr(instance, name, "")
        super().__init__(data, files, *args, instance=instance, **kwargs)
        for name in ("change_summary", "significance", "training_impact"):
            if name in self.fields:
                self.fields[name].required = True

    def clean(self):
        cleaned = super().clean()
        without_impact = cleaned.get("training_impact") == TrainingImpact.NONE
        if without_impact and not cleaned.get("impact_reason") and not self.is_deferred_validation:
            self.add_error("impact_reason", "Say why nobody needs to read this change.")
        return cleaned


def _is_as_published(page):
    """Nothing was saved since the last publication: what the change fields say belongs to that one."""
    return page.live and page.live_revision_id == page.latest_revision_id
