from django.db import models


class QueryLog(models.Model):
    """What was searched for and how much was found, so that what is missing can be written. Not who searched."""

    text = models.CharField(max_length=200)
    results = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["results", "at"], name="search_found_nothing")]

    def __str__(self):
        return f"{self.text} ({self.results})"
