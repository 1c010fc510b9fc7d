from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from knowledge.models.editing import about_panels, change_panels, markdown_panel, title_panel
from knowledge.models.pages import KnowledgePage

ONE_A_LINE = "One a line."


class Process(KnowledgePage):
    """A process of the organisation (ISO 9001 4.4), to which all else is linked, as a SIPOC says it."""

    prefix = "PRO"
    shelf = "processes"
    reader_fields = [
        ("purpose", "text"),
        ("suppliers", "text"),
        ("inputs", "text"),
        ("steps", "text"),
        ("outputs", "text"),
        ("customers", "text"),
        ("measures", "measures"),
        ("risks", "risks"),
        ("body", "markdown"),
        ("part_of", "page"),
        ("feeds", "pages"),
    ]

    purpose = models.CharField(max_length=250, blank=True)
    suppliers = models.TextField(blank=True, help_text=f"Who gives what it needs. {ONE_A_LINE}")
    inputs = models.TextField(blank=True, help_text=f"What it needs. {ONE_A_LINE}")
    steps = models.TextField(blank=True, help_text=ONE_A_LINE)
    outputs = models.TextField(blank=True, help_text=f"What comes of it. {ONE_A_LINE}")
    customers = models.TextField(blank=True, help_text=f"Who gets it. {ONE_A_LINE}")
    body = models.TextField(blank=True, verbose_name="text")
    part_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sub_processes",
        help_text="The process of which this is a part.",
    )
    feeds = ParentalManyToManyField(
        "self",
        blank=True,
        symmetrical=False,
        related_name="fed_by",
        help_text="The processes that take its outputs.",
    )
    four_eyes = models.BooleanField(
        default=True,
        help_text="Nobody approves their own change, of this page or of one linked to it.",
    )

    parent_page_types = ["knowledge.Section"]
    subpage_types: list[str] = []
    template = "knowledge/process.html"
    content_panels = [
        title_panel,
        FieldPanel("purpose"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("suppliers", "inputs", "steps", "outputs", "customers")],
            heading="From suppliers to customers",
        ),
        InlinePanel("measures", heading="Measures", label="Measure"),
        InlinePanel("risks", heading="Risks and their controls", label="Risk"),
        markdown_panel("body"),
        MultiFieldPanel([FieldPanel("part_of"), FieldPanel("feeds")], heading="Among the processes"),
        FieldPanel("four_eyes"),
        *about_panels,
        *change_panels,
    ]
    search_fields = [
        *KnowledgePage.search_fields,
        index.SearchField("purpose"),
        index.SearchField("inputs"),
        index.SearchField("steps"),
        index.SearchField("outputs"),
        index.SearchField("body"),
        index.RelatedFields("measures", [index.SearchField("name")]),
        index.RelatedFields("risks", [index.SearchField("risk"), index.SearchField("control")]),
    ]

    class Meta:
        verbose_name = "process"
        verbose_name_plural = "processes"

    def clean(self):
        """Refuses a process that would be part of itself, here or over others, whichever way it is saved."""
        super().clean()
        if self.pk and self.part_of_id:
            self._refuse_circle(dict(Process.objects.values_list("pk", "part_of")))

    def _refuse_circle(self, parents):
        above, line = self.part_of_id, list[int]()
        while above and above not in line:
            if above == self.pk:
                raise ValidationError({"part_of": self._why_not(is_itself=not line)})
            line.append(above)
            above = parents.get(above)

    def _why_not(self, *, is_itself):
        if is_itself:
            return "A process cannot be part of itself. Choose the one that it is part of, or none."
        return f"“{self.part_of}” is itself inside this process. Choose another, or none."

    @property
    def summary(self):
        return self.purpose


class ProcessMeasure(Orderable):
    """By what one sees that a process works (ISO 9001 9.1)."""

    process = ParentalKey(Process, on_delete=models.CASCADE, related_name="measures")
    name = models.CharField(max_length=160)
    target = models.CharField(max_length=160, blank=True)
    how = models.CharField("how it is measured", max_length=250, blank=True)

    panels = [FieldPanel("name"), FieldRowPanel([FieldPanel("target"), FieldPanel("how")])]

    def __str__(self):
        return self.name


class ProcessRisk(Orderable):
    """What may go wrong in a process, and what is done so that it does not (ISO 9001 6.1)."""

    process = ParentalKey(Process, on_delete=models.CASCADE, related_name="risks")
    risk = models.CharField(max_length=250)
    control = models.CharField(max_length=250, blank=True, help_text="Empty: nothing is done about it yet.")

    panels = [FieldPanel("risk"), FieldPanel("control")]

    def __str__(self):
        return self.risk
