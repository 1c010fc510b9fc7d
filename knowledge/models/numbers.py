from django.db import models, transaction


class NumberSeriesManager(models.Manager["NumberSeries"]):
    @transaction.atomic
    def take(self, prefix) -> str:
        """The next number of the series: BRF-0007."""
        self.get_or_create(prefix=prefix)
        series = self.select_for_update().get(prefix=prefix)
        series.last += 1
        series.save(update_fields=["last"])
        return str(series)


class NumberSeries(models.Model):
    """The last number given in a series such as BRF. A number is given once and never again."""

    prefix = models.CharField(max_length=10, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    objects = NumberSeriesManager()

    class Meta:
        verbose_name_plural = "number series"

    def __str__(self):
        return f"{self.prefix}-{self.last:04d}"
