"""What keeps a page true: that someone looked at it, who answers for it now, what its readers propose."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Citation(models.Model):
    """That the edition of a page in force names another page in its text. Written anew with each edition."""

    citing = models.ForeignKey("knowledge.KnowledgePage", on_delete=models.CASCADE, related_name="citations")
    cited = models.ForeignKey("knowledge.KnowledgePage", on_delete=models.CASCADE, related_name="cited_in")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["citing", "cited"], name="knowledge_cited_once")]

    def __str__(self):
        return f"{self.citing} cites {self.cited}"


class Verification(models.Model):
    """That someone who answers for a page looked at it and found it true."""

    page = models.ForeignKey("knowledge.KnowledgePage", on_delete=models.PROTECT, related_name="verifications")
    # The text that was found true.
    edition = models.ForeignKey("knowledge.Edition", on_delete=models.PROTECT, related_name="verifications")
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="verifications")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["page", "-at"], name="knowledge_last_verified")]

    def __str__(self):
        return f"{self.page} verified by {self.by}"


class HandOver(models.Model):
    """That a duty went from one person to another, or came to an end."""

    class Duty(models.TextChoices):
        OWNER = "owner", "Owner"
        DEPUTY = "deputy", "Deputy"
        EXPERT = "expert", "Expert"
        ACTION = "action", "Corrective action"

    page = models.ForeignKey("knowledge.KnowledgePage", on_delete=models.PROTECT, related_name="hand_overs")
    duty = models.CharField(max_length=8, choices=Duty.choices)
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="given_over", null=True)
    # Empty: nobody has it any more, which `because` explains.
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="taken_over", null=True)
    because = models.CharField(max_length=250, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taker__isnull=False) | ~Q(because=""), name="knowledge_ended_duty_has_a_reason"
            )
        ]

    def __str__(self):
        return f"{self.page}, {self.get_duty_display()}: {self.giver} to {self.taker}"


class Suggestion(models.Model):
    """What a reader proposes: a change to the text of a page, or a page that is missing."""

    # Empty: a page that is missing.
    page = models.ForeignKey("knowledge.KnowledgePage", on_delete=models.PROTECT, null=True, related_name="suggestions")
    # The edition that was on screen, the field of it that would change, and that field's whole new text.
    edition = models.ForeignKey("knowledge.Edition", on_delete=models.PROTECT, null=True, related_name="suggestions")
    field = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)
    # Of a missing page: what it would be called, and its process.
    title = models.CharField(max_length=255, blank=True)
    process = models.ForeignKey(
        "knowledge.Process", on_delete=models.PROTECT, null=True, blank=True, related_name="wanted_pages"
    )
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="suggestions")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=False, edition__isnull=False) & ~Q(field="")
                | Q(page=None, edition=None) & ~Q(title=""),
                name="knowledge_suggests_a_change_or_a_page",
            )
        ]

    def __str__(self):
        return f"{self.page or self.title}: suggested by {self.by}"


class SuggestionAnswer(models.Model):
    """What became of a suggestion, told to who made it."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", "Taken up"
        DECLINED = "declined", "Not taken up"

    suggestion = models.OneToOneField(Suggestion, on_delete=models.PROTECT, related_name="answer")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="suggestions_answered")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="declined") | ~Q(words=""), name="knowledge_declined_with_a_reason"
            )
        ]

    def __str__(self):
        return f"{self.suggestion}: {self.get_outcome_display()}"


class OwnerReminder(models.Model):
    """That someone is to be told, once, how a page that they answer for stands, or what waits for their answer."""

    class Stage(models.TextChoices):
        DUE = "due", "Due"
        OVERDUE = "overdue", "Overdue"
        WAITING = "waiting", "Waiting for an answer"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="owner_reminders")
    page = models.ForeignKey("knowledge.KnowledgePage", on_delete=models.CASCADE, null=True, related_name="+")
    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, null=True, related_name="+")
    stage = models.CharField(max_length=8, choices=Stage.choices)
    # When the page was last looked at, or the suggestion made: a state that comes back later is told again.
    since = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    # Set once: when it was sent, or found to be needless by then.
    settled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "page", "stage", "since"],
                condition=Q(suggestion=None),
                name="knowledge_told_once_of_a_page",
            ),
            models.UniqueConstraint(
                fields=["person", "suggestion"], condition=Q(page=None), name="knowledge_told_once_of_a_suggestion"
            ),
            models.CheckConstraint(
                condition=Q(page=None, suggestion__isnull=False) | Q(page__isnull=False, suggestion=None),
                name="knowledge_reminds_of_one_thing",
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.page or self.suggestion} {self.stage}"


class RiskAssessment(models.Model):
    """How much of what a process knows was at risk on a day (ISO 9001 7.1.6), and because of what."""

    process = models.ForeignKey("knowledge.Process", on_delete=models.PROTECT, related_name="risk_assessments")
    on = models.DateField()
    pages = models.PositiveIntegerField()
    at_risk = models.PositiveIntegerField()
    # [{"page": number, "finding": name, "words": sentence}, …], as knowledge/risks.py found them.
    findings = models.JSONField(default=list)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-on"]
        constraints = [models.UniqueConstraint(fields=["process", "on"], name="knowledge_assessed_once_a_day")]

    def __str__(self):
        return f"{self.process} on {self.on}: {self.at_risk} of {self.pages}"
