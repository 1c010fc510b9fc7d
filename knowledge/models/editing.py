"""The forms in which knowledge pages are written: their panels, and what a publication is asked."""

from datetime import datetime, time

from django import forms
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.staticfiles import versioned_static
from wagtailmarkdown.widgets import MarkdownTextarea

from knowledge.models.editions import TrainingImpact

CHANGE_FIELDS = ["change_summary", "significance", "training_impact", "impact_reason"]
# As the panels ask them and as a refusal names them.
QUESTIONS = {
    "change_summary": "What is new?",
    "significance": "How much does it change?",
    "training_impact": "What does it ask of those who learned it?",
    "impact_reason": "If nothing: why not?",
    "effective_from": "From which day?",
}


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


def _question(name, help_text):
    return FieldPanel(name, heading=QUESTIONS[name], help_text=help_text)


# Not Wagtail's own: that one fills in an address, which no writer is asked for.
title_panel = FieldPanel("title", help_text="By which readers find it.")
about_panels = [
    MultiFieldPanel(
        [FieldPanel(name) for name in ("accountable", "deputies", "review_months", "experts", "processes", "tags")],
        heading="Who and where",
    )
]
change_panels = [
    MultiFieldPanel(
        [
            _question("change_summary", "A sentence or two, for those who knew it."),
            _question(
                "significance", "Minor: only the words. Major: what one does, so what rests on it asks for a look."
            ),
            _question("training_impact", "Nothing, to read it again, or to be asked again in a quiz."),
            HelpPanel(template="knowledge/admin/impact_panel.html", heading="Whom it asks"),
            _question("impact_reason", "Kept with the edition."),
            _question("effective_from", "Empty: as soon as it is approved. Till then the edition before holds."),
        ],
        heading="This change",
        help_text="Asked for each publication, and kept with its edition. A draft may leave it open.",
    )
]


class KnowledgePageForm(WagtailAdminPageForm):
    """Asks what the change is, and what it asks of readers, where a page is published or submitted; not of a draft."""

    def __init__(self, data=None, files=None, *args, instance=None, **kwargs):
        if instance is not None and _is_as_published(instance):
            for name in CHANGE_FIELDS:
                setattr(instance, name, "")
            instance.effective_from = None
        super().__init__(data, files, *args, instance=instance, **kwargs)
        for name in ("change_summary", "significance", "training_impact"):
            if name in self.fields:
                self.fields[name].required = True
        for name, question in QUESTIONS.items():
            if name in self.fields:
                self.fields[name].label = question

    def clean(self):
        cleaned = super().clean()
        if self.is_deferred_validation:
            return cleaned
        if cleaned.get("training_impact") == TrainingImpact.NONE and not cleaned.get("impact_reason"):
            self.add_error("impact_reason", "Say why nobody needs to read this change.")
        day = cleaned.get("effective_from")
        if day and day < timezone.localdate():
            self.add_error(
                "effective_from", "This day is over. Choose one to come, or none: as soon as it is approved."
            )
        return cleaned

    def save(self, commit=True):
        day = self.cleaned_data.get("effective_from")
        # Wagtail keeps what is approved until then, and the edition in force stays.
        self.instance.go_live_at = timezone.make_aware(datetime.combine(day, time.min)) if day else None
        return super().save(commit)


def _is_as_published(page):
    """Nothing was saved since the last publication: what the change fields say belongs to that one."""
    return page.live and page.live_revision_id == page.latest_revision_id
