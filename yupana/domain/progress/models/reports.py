"""How often is reported, and what a report says by row; the report itself is a submission to a call for progress."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yupana.domain.obligations.models import Call
from yupana.domain.progress.rules import Frequency, Gap, VarianceCause
from yupana.domain.submissions.models import Submission
from yupana.foundation.ledger.models import Entry


class Rhythm(models.Model):
    """How often plans under a call are reported on, from a day on; of several the last one recorded holds.

    Each period that ends on or after ``since`` is called for on the day after it ended: due ``due_in`` days later, and
    taken no more ``lock_in`` days after that (NULL: taken however late). Days are counted by the call's calendar.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="rhythms")
    frequency = models.CharField(max_length=8)
    since = models.DateField()
    due_in = models.PositiveSmallIntegerField()
    lock_in = models.PositiveSmallIntegerField(null=True)
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(frequency__in=["", *[f.value for f in Frequency]]), name="rhythm_frequency_known"
            ),
            models.CheckConstraint(condition=Q(due_in__gt=0), name="rhythm_gives_time"),
        ]

    def __str__(self) -> str:
        """Name the call and how often."""
        return f"{self.call_id}: {self.frequency}"


class Progress(models.Model):
    """What a report says of one row of the plan, by the number that the row keeps through all versions.

    ``value`` is what the indicator measures, for the period alone where its values add up, else as it stood at the
    period's end; ``numerator`` and ``denominator`` say it where it is a rate. All count ten-thousandths. ``gap`` says
    why there is no value: NULL is never 0. Money is Bs cents from the first of January to the period's end.
    ``cause`` and ``variation`` say why it is off plan.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="progress")
    row = models.PositiveIntegerField()
    value = models.BigIntegerField(null=True)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    gap = models.CharField(max_length=8, blank=True, default="")
    current_cents = models.BigIntegerField(null=True)
    accrued_cents = models.BigIntegerField(null=True)
    cause = models.CharField(max_length=12, blank=True, default="")
    variation = models.TextField(blank=True, default="")
    done = models.TextField(blank=True, default="")
    next_step = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "row"], name="progress_once_per_row"),
            models.CheckConstraint(condition=Q(row__gt=0), name="progress_rows_from_1"),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(value__isnull=True, numerator__isnull=False, denominator__isnull=False),
                name="progress_value_or_rate",
            ),
            models.CheckConstraint(
                condition=Q(gap="") | Q(value__isnull=True, numerator__isnull=True), name="progress_gap_or_value"
            ),
            models.CheckConstraint(condition=Q(gap__in=["", *[g.value for g in Gap]]), name="progress_gap_known"),
            models.CheckConstraint(
                condition=Q(cause__in=["", *[c.value for c in VarianceCause]]), name="progress_cause_known"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}_cents__isnull": True}) | Q(**{f"{name}_cents__gte": 0}),
                    name=f"progress_{name}_not_negative",
                )
                for name in ("current", "accrued")
            ),
        ]

    def __str__(self) -> str:
        """Name version and row."""
        return f"{self.submission_id} row {self.row}"
