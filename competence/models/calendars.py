from django.conf import settings
from django.db import models


class CalendarKey(models.Model):
    """What a calendar program shows in place of a sign-in, to be told someone's dates and nothing else."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_key")
    token = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField()

    def __str__(self):
        return f"{self.person}'s calendar"
