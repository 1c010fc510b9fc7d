from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from competence.renewal import WITH_PERIOD, Mode, Rule
from people.facts import DatedFact

MODES = {
    Mode.NONE: "Does not end",
    Mode.FROM_COMPLETION: "A period from its completion",
    Mode.FROM_EXPIRY: "A period from the end of the last one",
    Mode.FIXED: "A period from a fixed day",
    Mode.CALENDAR: "To a day of the year",
}


class Competence(models.Model):
    """Something that one must be able to do (ISO 9001 7.2), or be aware of (7.3)."""

    class Kind(models.TextChoices):
        COMPETENCE = "competence", "Competence: shown by an assessment, practice or accepted evidence"
        AWARENESS = "awareness", "Awareness: acknowledged"

    name = models.CharField(max_length=160, unique=True)
    description = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.COMPETENCE)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def validity_on(self, day) -> "Validity":
        """The one that holds on the day; before the first, that."""
        told = list(self.validities.all())
        corrected = {validity.corrects_id for validity in told}
        known = sorted((it for it in told if it.pk not in corrected), key=lambda validity: validity.since)
        return next((it for it in reversed(known) if it.since <= day), known[0])

    @property
    def kind_in_short(self):
        return "Awareness (ISO 9001 7.3)" if self.is_awareness else "Competence (ISO 9001 7.2)"

    @property
    def is_awareness(self):
        return self.kind == self.Kind.AWARENESS


class Validity(DatedFact):
    """For how long a proof of a competence holds that is given while this does. At most one on a day."""

    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="validities")
    mode = models.CharField(max_length=10, choices=list(MODES.items()), default=Mode.NONE)
    months = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text="Calendar months: 12 is a year.",
    )
    # Of a proof that ends on the same day of each year, whichever it was earned on.
    month = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    day = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    window_days = models.PositiveSmallIntegerField(
        default=30, help_text="How long before its end a proof may be renewed, and is asked for again."
    )
    minimum_days = models.PositiveSmallIntegerField(
        default=0, help_text="A proof that ends on a fixed day holds at least this long. No shorter than the window."
    )
    because = models.CharField(max_length=200, blank=True)

    class Meta(DatedFact.Meta):
        verbose_name_plural = "validities"
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(mode=Mode.NONE)
                | Q(mode=Mode.CALENDAR, month__isnull=False, day__isnull=False)
                | Q(mode__in=WITH_PERIOD, months__isnull=False),
                name="competence_validity_is_whole",
            ),
            models.UniqueConstraint(
                fields=["competence"],
                condition=Q(until=None, corrects=None),
                name="competence_one_open_validity",
            ),
        ]

    @property
    def rule(self) -> Rule:
        return Rule(Mode(self.mode), self.months, self.window_days, self.minimum_days, self.month, self.day)

    def __str__(self):
        return f"{self.competence}: {MODES[Mode(self.mode)]}"


class Equivalence(DatedFact):
    """That whoever has shown one competence has shown another with it."""

    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="shown_by")
    proven = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="shows")
    because = models.CharField(max_length=200)

    class Meta(DatedFact.Meta):
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(competence=models.F("proven")), name="competence_equivalent_to_another"
            ),
        ]

    def __str__(self):
        return f"{self.proven} counts as {self.competence}"
