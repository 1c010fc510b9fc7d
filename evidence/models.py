"""The log and what stands beside it.

Entry, Listing, LogIndex, Subtree and Checkpoint are append-only, and the database itself refuses anything else
(evidence/triggers.py). Each of their columns can be derived again from signed or hashed bytes, so that no byte can
change unseen: this is also why times are text here, exactly as the leaf has them. Opening and Pseudonym may be erased,
never changed.
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


class ListingQuerySet(models.QuerySet):
    def unsealed(self):
        return self.filter(entry__index=None)


class Listing(models.Model):
    """What a leaf says, once more, in columns that can be searched. Nothing is here that is not in the leaf."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="listing")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=32, blank=True, db_index=True)
    by = models.CharField(max_length=32, blank=True, db_index=True)
    at = models.CharField(max_length=27)  # 2026-11-23T06:31:57.000000Z: as text, it sorts as time
    recorded_at = models.CharField(max_length=27)

    objects = ListingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["recorded_at", "entry"], name="evidence_in_order"),
            models.Index(fields=["kind", "recorded_at"], name="evidence_by_kind"),
        ]

    def __str__(self):
        return f"{self.kind} {self.at}"


class LogIndex(models.Model):
    """The place of an entry in the log, counted from 0 without a gap."""

    position = models.PositiveBigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="index")

    class Meta:
        verbose_name_plural = "log indexes"

    def __str__(self):
        return str(self.position)


class Subtree(models.Model):
    """The root of a full subtree of 256 ** height leaves, so that neither sealing nor a proof reads the whole log.

    It is the `number`th of its height, counted from 0: its first leaf is at number * 256 ** height.
    """

    pk = models.CompositePrimaryKey("height", "number")
    height = models.PositiveSmallIntegerField()
    number = models.PositiveBigIntegerField()
    root = models.BinaryField(max_length=32)

    def __str__(self):
        return f"{self.height}/{self.number}"


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
    """A draw of entries that anyone with the log can repeat. What was drawn, from what and how, its entry says."""

    number = models.PositiveIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="sample")

    def __str__(self):
        return f"sample {self.number}"


class SampledEntry(models.Model):
    pk = models.CompositePrimaryKey("sample", "rank")
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="sampled")
    rank = models.PositiveIntegerField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["rank"]
        verbose_name_plural = "sampled entries"

    def __str__(self):
        return f"{self.sample_id}:{self.rank}"
