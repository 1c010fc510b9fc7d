"""What every dated fact of the house has in common."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class DatedFactQuerySet(models.QuerySet):
    def on(self, day):
        """The facts that hold on `day` (a date): since and until are both days on which they hold."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day, corrected_by=None)

    def standing(self):
        """The facts that no later fact has corrected, whenever they hold."""
        return self.filter(corrected_by=None)


class UnlessVoidQuerySet(DatedFactQuerySet):
    """Of facts that a correction may declare void: that it was never so."""

    def on(self, day):
        return super().on(day).filter(void=False)

    def standing(self):
        return super().standing().filter(void=False)


class DatedFact(models.Model):
    """A fact that holds from a first day to a last, both included, and is never overwritten.

    `until` is set once, from empty; any other change is a new fact that names the one it corrects, and the
    corrected one then counts on no day. `since` and `until` are the caller's; `recorded_at` is the server's clock.
    """

    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    objects = DatedFactQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="%(app_label)s_%(class)s_until_after_since"
            )
        ]
