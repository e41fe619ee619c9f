"""What an indicator of an instrument measures and how, and what entities report of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yupana.domain.instruments.models import Item
from yupana.domain.progress.rules import Direction, Frequency, Gap, Method, OverBodies, OverTime, SheetSource
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.ledger.models import Entry


class Sheet(models.Model):
    """The methodological sheet of one target of an edition; of several the last one recorded holds.

    ``factor``, ``baseline`` and ``target`` count ten-thousandths; with a numerator and a denominator the value is
    factor x numerator / denominator. ``audience`` names who reports it ("": the authority alone). ``over_time`` says
    what becomes of the values of one body, ``over_bodies`` what becomes of those of many. ``gaps`` are what stands in
    the way of measuring it: [kind, text] each.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="sheets")
    name = models.CharField(max_length=300)
    definition = models.TextField(blank=True)
    unit = models.CharField(max_length=120, blank=True)
    numerator = models.CharField(max_length=300, blank=True)
    denominator = models.CharField(max_length=300, blank=True)
    factor = models.BigIntegerField(default=SCALE)
    method = models.CharField(max_length=12)
    direction = models.CharField(max_length=8, blank=True)
    baseline = models.BigIntegerField(null=True)
    baseline_year = models.PositiveSmallIntegerField(null=True)
    target = models.BigIntegerField(null=True)
    due_on = models.DateField(null=True)
    over_time = models.CharField(max_length=8)
    over_bodies = models.CharField(max_length=8)
    source = models.CharField(max_length=8)
    frequency = models.CharField(max_length=8, blank=True)
    audience = models.TextField(blank=True)
    responsible = models.CharField(max_length=300, blank=True)
    gaps = models.JSONField(default=list)
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="sheet_has_name"),
            models.CheckConstraint(condition=Q(factor__gt=0), name="sheet_factor_positive"),
            models.CheckConstraint(condition=Q(method__in=[m.value for m in Method]), name="sheet_method_known"),
            models.CheckConstraint(
                condition=Q(direction__in=["", *[d.value for d in Direction]]), name="sheet_direction_known"
            ),
            models.CheckConstraint(
                condition=Q(over_time__in=[o.value for o in OverTime]), name="sheet_over_time_known"
            ),
            models.CheckConstraint(
                condition=Q(over_bodies__in=[o.value for o in OverBodies]), name="sheet_over_bodies_known"
            ),
            models.CheckConstraint(condition=Q(source__in=[s.value for s in SheetSource]), name="sheet_source_known"),
            models.CheckConstraint(
                condition=Q(frequency__in=["", *[f.value for f in Frequency]]), name="sheet_frequency_known"
            ),
        ]

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class Measured(models.Model):
    """What a report says of an indicator: a value or a rate in ten-thousandths, or why there is none."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="measured")
    item = models.ForeignKey(Item, models.PROTECT, related_name="measured")
    value = models.BigIntegerField(null=True)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    gap = models.CharField(max_length=8, blank=True, default="")
    note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "item"], name="measured_once_per_indicator"),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(value__isnull=True, numerator__isnull=False, denominator__isnull=False),
                name="measured_value_or_rate",
            ),
            models.CheckConstraint(
                condition=Q(gap="") | Q(value__isnull=True, numerator__isnull=True), name="measured_gap_or_value"
            ),
            models.CheckConstraint(condition=Q(gap__in=["", *[g.value for g in Gap]]), name="measured_gap_known"),
        ]

    def __str__(self) -> str:
        """Name version and item."""
        return f"{self.submission_id}: {self.item_id}"
