"""The log and what stands beside it.

Entry, LogIndex and Checkpoint are append-only, and the database itself refuses anything else (evidence/triggers.py). Each of
their columns can be derived again from signed or hashed bytes, so that no byte can change unseen.
Opening and Pseudonym may be erased, never changed.
"""

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One thing that must be proved. Its place in the log is a LogIndex, given later, when it is sealed."""

    # The writer's idempotency key, also in the leaf: the same fact is never written twice.
    key = models.CharField(max_length=255, primary_key=True)
    leaf = models.BinaryField()
    leaf_hash = models.BinaryField(unique=True, max_length=32)

    class Meta:
        verbose_name_plural = "entries"

    def __str__(self):
        return self.key


class LogIndex(models.Model):
    """The place of an entry in the log, counted from 0 without a gap."""

    position = models.PositiveBigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="index")

    class Meta:
        verbose_name_plural = "log indexes"

    def __str__(self):
        return str(self.position)


class Checkpoint(models.Model):
    """A signed note (C2SP tlog-checkpoint) on the log as it stood: origin, size, root hash, number and time."""

    number = models.PositiveBigIntegerField(primary_key=True)
    note = models.TextField()

    def __str__(self):
        return f"checkpoint {self.number}"


class Pseudonym(models.Model):
    """The random name by which a person stands in the log. Erasing the row breaks the link for good."""

    token = models.CharField(max_length=32, primary_key=True)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pseudonym")

    def __str__(self):
        return self.token


class Opening(models.Model):
    """What a commitment in a leaf commits to: a personal value, or a facet by which entries are found and sampled.

    Deleting the row erases the value; the leaf and its hash stay.
    """

    pk = models.CompositePrimaryKey("entry", "field")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="openings")
    field = models.CharField(max_length=60)
    value = models.TextField()
    salt = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["field", "value"], name="evidence_facet")]

    def __str__(self):
        return f"{self.entry_id} {self.field}"


class Sample(models.Model):
    """A draw of entries that anyone with the log can repeat: rank by SHA-256(seed, leaf hash), take the smallest.

    ISO 19011:2018, A.6. The seed is fixed after the population is frozen: it is made of the checkpoint's root and the
    auditor's own number.
    """

    purpose = models.CharField(max_length=200)
    population_query = models.JSONField()
    population_size = models.PositiveIntegerField()
    population_hash = models.CharField(max_length=64)
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT)
    auditor_number = models.CharField(max_length=60)
    seed = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    drawn_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.purpose


class SampledEntry(models.Model):
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="sampled")
    rank = models.PositiveIntegerField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        ordering = ["rank"]
        verbose_name_plural = "sampled entries"
        constraints = [models.UniqueConstraint(fields=["sample", "rank"], name="evidence_one_entry_a_rank")]

    def __str__(self):
        return f"{self.sample_id}:{self.rank}"
