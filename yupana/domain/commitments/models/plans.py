"""Activities of institutional plans, and what one activity holds more than one of."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yupana.domain.commitments.rules.rows import Accumulation, Direction, Medium
from yupana.domain.instruments.models import Item
from yupana.domain.submissions.models import Submission


class Activity(models.Model):
    """One row of a plan. ``item`` is the line it says it answers first, NULL where it says none; others are `Also`.

    ``person`` is a post, never a name. ``budget_cents`` is Bs cents, NULL if not given, and the sum of what its
    `BudgetLine`s programme where it has any. ``derives`` and ``waits`` name another activity, as `facts.row_ref` does:
    the one of the strategic plan that it comes from, and one of another body that has to come first.
    ``starts``/``ends`` keep the text as it was written; what it means is read from it by ``rules.read_date``, never
    stored. ``source`` keeps the original row of an import, and ``notes`` the transcriber's remarks. ``carried`` says of
    a row that came from an earlier call which item it answered there and what became of that item
    (`facts.carried_content`).
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="activities")
    row = models.PositiveIntegerField()
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="activities")
    medium = models.CharField(max_length=12, blank=True)
    name = models.TextField(blank=True)
    responsible = models.CharField(max_length=300, blank=True)
    person = models.CharField(max_length=300, blank=True, default="")
    result = models.TextField(blank=True)
    indicator = models.TextField(blank=True)
    unit = models.CharField(max_length=120, blank=True, default="")
    accumulation = models.CharField(max_length=8, blank=True, default="")
    direction = models.CharField(max_length=8, blank=True, default="")
    baseline = models.CharField(max_length=300, blank=True, default="")
    target = models.CharField(max_length=300, blank=True)
    budget_cents = models.BigIntegerField(null=True)
    starts = models.CharField(max_length=120, blank=True)
    ends = models.CharField(max_length=120, blank=True)
    verification = models.TextField(blank=True, default="")
    derives = models.CharField(max_length=200, blank=True, default="")
    waits = models.CharField(max_length=200, blank=True, default="")
    notes = models.TextField(blank=True)
    source_ref = models.CharField(max_length=120, blank=True)
    source = models.JSONField(null=True)
    carried = models.JSONField(null=True)

    class Meta:
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "row"], name="activity_row_unique"),
            models.CheckConstraint(condition=Q(row__gt=0), name="activity_rows_from_1"),
            models.CheckConstraint(
                condition=Q(budget_cents__isnull=True) | Q(budget_cents__gte=0), name="activity_budget_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(medium__in=["", *[m.value for m in Medium]]), name="activity_medium_known"
            ),
            models.CheckConstraint(
                condition=Q(accumulation__in=["", *[a.value for a in Accumulation]]), name="activity_accumulation_known"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["", *[d.value for d in Direction]]), name="activity_direction_known"
            ),
        ]

    def __str__(self) -> str:
        """Name version and row."""
        return f"{self.submission_id} row {self.row}"


class Also(models.Model):
    """Another item that a row answers beside its first one.

    ``share_bp`` is the part of the activity that goes to it, in basis points; NULL where nobody said, and then all the
    items share alike. What the others leave belongs to the first.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="also")
    item = models.ForeignKey(Item, models.PROTECT, related_name="also")
    share_bp = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "item"], name="also_once_per_item"),
            models.CheckConstraint(
                condition=Q(share_bp__isnull=True) | Q(share_bp__gt=0, share_bp__lte=10_000),
                name="also_share_is_a_part",
            ),
        ]

    def __str__(self) -> str:
        """Name both."""
        return f"{self.activity_id}: {self.item_id}"


class Programmed(models.Model):
    """What an activity is to reach in one period: a year's target, or a shorter period's part of the schedule.

    ``value`` counts ten-thousandths of the activity's unit (`foundation.kernel.quantity`).
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="programmed")
    period = models.CharField(max_length=12)
    value = models.BigIntegerField()

    class Meta:
        ordering = ["period"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "period"], name="programmed_once_per_period"),
            models.CheckConstraint(condition=~Q(period=""), name="programmed_has_period"),
        ]

    def __str__(self) -> str:
        """Name activity and period."""
        return f"{self.activity_id} in {self.period}"


class BudgetLine(models.Model):
    """Money of one activity in one year (gestión), in Bs cents: programmed, current (vigente), accrued (devengado).

    PIGE and PISLEA have one line a year with nothing but its amount; a POA says programmatic category, financing
    source, financing body and object of expenditure by code.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="lines")
    order = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=20, blank=True)
    body = models.CharField(max_length=20, blank=True)
    object = models.CharField(max_length=20, blank=True)
    programmed_cents = models.BigIntegerField(null=True)
    current_cents = models.BigIntegerField(null=True)
    accrued_cents = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "order"], name="budget_line_order_unique"),
            models.CheckConstraint(condition=Q(year__gte=1990, year__lte=2100), name="budget_line_year_sensible"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}_cents__isnull": True}) | Q(**{f"{name}_cents__gte": 0}),
                    name=f"budget_line_{name}_not_negative",
                )
                for name in ("programmed", "current", "accrued")
            ),
        ]

    def __str__(self) -> str:
        """Name activity and year."""
        return f"{self.activity_id} in {self.year}"


class Justification(models.Model):
    """Why a finding of the coherence rules may stand: ``rule`` names it, ``row`` the activity (0: the whole plan)."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="justifications")
    rule = models.CharField(max_length=40)
    row = models.PositiveIntegerField(default=0)
    text = models.TextField()

    class Meta:
        ordering = ["row", "rule"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "rule", "row"], name="justification_once_per_finding"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(rule=""), name="justification_has_text"),
        ]

    def __str__(self) -> str:
        """Name version, rule and row."""
        return f"{self.submission_id}: {self.rule} {self.row}"
