"""What others say about the activities of a plan: the reviewer, and whoever compares the plans of many bodies."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yupana.domain.commitments.models.plans import Activity
from yupana.domain.commitments.rules.rows import Likeness as Verdict
from yupana.domain.instruments.models import Item
from yupana.domain.obligations.models import Obligation
from yupana.foundation.ledger.models import Entry


class Reclassification(models.Model):
    """The item that a row answers in the reviewer's judgement. Figures count it; what the entity wrote is kept.

    ``item`` NULL: it answers none. The last one recorded holds.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="reclassifications")
    item = models.ForeignKey(Item, models.PROTECT, null=True)
    reason = models.TextField()
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reclassification_has_reason")]

    def __str__(self) -> str:
        """Name the row."""
        return f"reclassification of {self.activity_id}"


class Likeness(models.Model):
    """What the authority says of two activities that look alike: one initiative to be joined, or two different ones.

    An activity is an obligation's row, whatever its versions; the lower obligation stands first. The last word holds.
    """

    first = models.ForeignKey(Obligation, models.PROTECT, related_name="+")
    first_row = models.PositiveIntegerField()
    second = models.ForeignKey(Obligation, models.PROTECT, related_name="+")
    second_row = models.PositiveIntegerField()
    verdict = models.CharField(max_length=12)
    note = models.TextField(blank=True)
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=[v.value for v in Verdict]), name="likeness_verdict_known"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")) | Q(first=F("second"), first_row__lt=F("second_row")),
                name="likeness_in_order",
            ),
        ]
        indexes = [models.Index(fields=["first", "first_row"], name="likeness_by_first")]

    def __str__(self) -> str:
        """Name both."""
        return f"{self.first_id}#{self.first_row} ~ {self.second_id}#{self.second_row}"
