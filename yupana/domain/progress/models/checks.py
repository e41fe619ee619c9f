"""What was checked of what was declared: verdicts, disputes about them, and what has to be put right."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yupana.domain.people.models import Person
from yupana.domain.progress.rules import CorrectiveState
from yupana.domain.submissions.models import Submission
from yupana.foundation.ledger.models import Entry


class Verdict(models.Model):
    """What a verifier found of one row of an accepted report: the value that holds, in ten-thousandths as declared.

    ``basis`` says how it was checked. A verdict is never changed: another one ``supersedes`` it, and the one that
    nobody superseded holds.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="verdicts")
    row = models.PositiveIntegerField()
    value = models.BigIntegerField(null=True)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    basis = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "row"], condition=Q(supersedes__isnull=True), name="verdict_one_first"
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="verdict_has_basis"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, numerator__isnull=True, denominator__isnull=True)
                | Q(value__isnull=True, numerator__isnull=False, denominator__isnull=False),
                name="verdict_value_or_rate",
            ),
        ]

    def __str__(self) -> str:
        """Name version and row."""
        return f"{self.submission_id} row {self.row}"


class Dispute(models.Model):
    """What an entity says against a verdict. Until it is answered the verdict is shown as disputed."""

    verdict = models.OneToOneField(Verdict, models.PROTECT, related_name="dispute")
    text = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT)
    upheld = models.BooleanField(null=True)
    answer = models.TextField(blank=True, default="")
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answer_entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="dispute_has_text"),
            models.CheckConstraint(
                condition=Q(upheld__isnull=True, answered_on__isnull=True, answer_entry__isnull=True, answer="")
                | Q(upheld__isnull=False, answered_on__isnull=False, answer_entry__isnull=False) & ~Q(answer=""),
                name="dispute_answered_by_entry",
            ),
        ]

    def __str__(self) -> str:
        """Name the verdict."""
        return f"dispute of {self.verdict_id}"


class Corrective(models.Model):
    """What an entity has to put right after a verdict, by when. Whether it is open follows from its steps."""

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="correctives")
    text = models.TextField()
    due_on = models.DateField()
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="corrective_has_text")]

    def __str__(self) -> str:
        """Name the verdict and the day."""
        return f"{self.verdict_id} until {self.due_on}"


class CorrectiveStep(models.Model):
    """One move of a corrective action: the entity says that it is done; the authority closes or reopens it."""

    corrective = models.ForeignKey(Corrective, models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField()
    after = models.CharField(max_length=8)
    text = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["corrective", "order"], name="corrective_step_order"),
            models.CheckConstraint(condition=~Q(text=""), name="corrective_step_has_text"),
            models.CheckConstraint(
                condition=Q(after__in=[s.value for s in CorrectiveState]), name="corrective_step_known"
            ),
        ]

    def __str__(self) -> str:
        """Say the move."""
        return f"{self.corrective_id}: {self.after}"
