from django.db import models, transaction
from django.db.models import F


class NumberSeriesManager(models.Manager["NumberSeries"]):
    @transaction.atomic(savepoint=False)
    def take(self, prefix) -> str:
        """The next number of the series: BRF-0007."""
        # The update locks the row, so that no one else takes the same number.
        series = self.filter(prefix=prefix)
        if not series.update(last=F("last") + 1):
            self.get_or_create(prefix=prefix)
            series.update(last=F("last") + 1)
        return str(series.get())

    def reserve(self, prefix, number: int) -> None:
        """No number up to this one is given any more."""
        self.get_or_create(prefix=prefix)
        self.filter(prefix=prefix, last__lt=number).update(last=number)


class NumberSeries(models.Model):
    """The last number given in a series such as BRF. A number is given once and never again."""

    prefix = models.CharField(max_length=10, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    objects = NumberSeriesManager()

    class Meta:
        verbose_name_plural = "number series"

    def __str__(self):
        return f"{self.prefix}-{self.last:04d}"
