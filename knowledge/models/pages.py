from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import CommentPanel
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from knowledge.models.approving import FourEyed
from knowledge.models.editing import CHANGE_FIELDS, KnowledgePageForm
from knowledge.models.editions import Significance, TrainingImpact
from knowledge.models.numbers import NumberSeries
from knowledge.models.restrictions import found_by_path

UNIQUE_ANYWAY = ["number", "path", "translation_key"]


class PageTag(TaggedItemBase):
    content_object = ParentalKey("knowledge.KnowledgePage", on_delete=models.CASCADE, related_name="tagged_items")


class KnowledgePageQuerySet(PageQuerySet):
    def with_kinds(self):
        """Each page with the row of its own kind, in one query; `.as_kind` then costs nothing."""
        return self.with_standing().select_related("accountable", *KnowledgePage.kind_names())

    def with_standing(self):
        """Each with `is_superseded`: whether another decision has taken its place."""
        supersessions = self.model._meta.apps.get_model("knowledge", "Supersession").objects.standing()
        return self.annotate(is_superseded=Exists(supersessions.filter(old=OuterRef("pk"))))


class KnowledgePage(FourEyed, Page):
    """What processes, briefs, decisions and lessons have in common. Never made by itself."""

    is_creatable = False
    prefix = ""
    # The slug of the section that it stands in.
    shelf = ""
    # Whether it has to fit on one printed page.
    is_one_page = False
    # Its own fields that a reader sees, in their order: (name, kind), kinds as in knowledge/freezing.py.
    reader_fields: list[tuple[str, str]] = []

    number = models.CharField(max_length=20, unique=True, editable=False)
    # Wagtail's own `owner` is whoever made the page; this is who answers for it.
    accountable = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accountable_for",
        verbose_name="owner",
        help_text="Answers for this page being true.",
    )
    deputies = ParentalManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="deputy_for", help_text="Answer for it in the owner’s place."
    )
    experts = ParentalManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="expert_on", help_text="Whom to ask."
    )
    processes = ParentalManyToManyField("knowledge.Process", blank=True, related_name="linked_pages", symmetrical=False)
    tags = ClusterTaggableManager(through=PageTag, blank=True)
    review_months = models.PositiveSmallIntegerField(
        "review every",
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="Months after which its owner looks whether it is still true.",
    )

    # What the next edition will say of itself; blanked when it is published.
    change_summary = models.CharField(
        max_length=250, blank=True, help_text="What is new in this edition, in a sentence or two."
    )
    training_impact = models.CharField(
        max_length=4,
        choices=TrainingImpact.choices,
        blank=True,
        help_text="What this change asks of those who learned it.",
    )
    impact_reason = models.CharField(
        max_length=250, blank=True, help_text="Why nobody needs to read this change. Asked where the impact is none."
    )

    significance = models.CharField(
        max_length=5,
        choices=Significance.choices,
        blank=True,
        help_text="A major change asks what cites it to be looked at.",
    )
    effective_from = models.DateField(
        "in force from",
        null=True,
        blank=True,
        help_text="Empty: as soon as it is approved. The edition before holds till then.",
    )

    # Where an imported record came from, and what it then said: importing the same file again changes nothing.
    source = models.CharField(max_length=500, blank=True, editable=False, db_index=True)
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = PageManager.from_queryset(KnowledgePageQuerySet)()

    # Of the publication that is going on, where it was made before Wagtail's signal asks for it.
    edition_made = None

    base_form_class = KnowledgePageForm
    # The address is made of the first title, and no search engine comes in.
    promote_panels: list = []
    # Without Wagtail's dialog for a schedule: the day from which a change holds is asked with the change.
    settings_panels = [CommentPanel()]
    exclude_fields_in_copy = ["number", "source", "source_hash", "effective_from", *CHANGE_FIELDS]
    search_fields = [
        *Page.search_fields,
        index.SearchField("number", boost=10),
        index.AutocompleteField("number"),
        index.FilterField("number"),
        index.FilterField("accountable"),
        index.RelatedFields("tags", [index.SearchField("name"), index.FilterField("name")]),
        # Not by their titles: a process may be kept from those who may see its pages.
        index.RelatedFields("processes", [index.FilterField("slug")]),
    ]

    @classmethod
    def kind_names(cls):
        """The accessor of each kind's own row: "process", "knowledgebrief" …"""
        return [kind._meta.model_name for kind in KnowledgePage.__subclasses__()]

    @classmethod
    def can_exist_under(cls, parent):
        return super().can_exist_under(parent) and parent.slug == cls.shelf

    def is_site_root(self):
        return False  # the front door is a HomePage

    def full_clean(self, exclude=None, **kwargs):
        """Without asking whether rows exist that forms have chosen from: the database sees to that."""
        rows = [field.name for field in self._meta.fields if field.is_relation]
        super().full_clean(exclude={*(exclude or ()), *rows, *UNIQUE_ANYWAY}, **kwargs)

    @property
    def as_kind(self):
        """The page as its own kind, without a query where it was read `with_kinds`."""
        if type(self) is not KnowledgePage:
            return self
        cached = self._state.fields_cache
        kind = next((cached[name] for name in self.kind_names() if cached.get(name)), None)
        if kind is None:
            return self.specific
        if "is_superseded" in vars(self):
            kind.is_superseded = self.is_superseded
        return kind

    def save(self, *args, **kwargs):
        if self.number:
            return super().save(*args, **kwargs)
        with transaction.atomic(savepoint=False):
            self.number = NumberSeries.objects.take(self.prefix)
            return super().save(*args, **kwargs)

    get_view_restrictions = found_by_path

    # A publication and its edition stand or fall together, also where code publishes outside any transaction.
    publish = transaction.atomic(Page.publish)
    unpublish = transaction.atomic(Page.unpublish)
    copy = transaction.atomic(Page.copy)
