from django.conf import settings
from django.db import models

from people.facts import DatedFact


class Bulletin(models.Model):
    """That what was new in a month was gathered and sent. What stands in it is asked of the editions of that month."""

    month = models.DateField(unique=True, help_text="Its first day.")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-month"]

    def __str__(self):
        return f"{self.month:%B %Y}"


class BulletinOptOut(DatedFact):
    """That someone does not want the bulletin by mail."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bulletin_opt_outs")

    class Meta(DatedFact.Meta):
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until=None), name="knowledge_one_open_opt_out"
            ),
        ]

    def __str__(self):
        return f"no bulletin for {self.person}"
