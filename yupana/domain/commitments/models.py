"""Activities of institutional plans."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yupana.domain.commitments.rules import Medium
from yupana.domain.instruments.models import Item
from yupana.domain.obligations.models import Call, Obligation
from yupana.domain.submissions.models import Submission
from yupana.foundation.ledger.models import Entry


class Activity(models.Model):
    """One row of a plan. ``item`` is the line it says it answers, NULL where it says none.

    ``starts``/``ends`` keep the text as it was written; what it means is read from it by ``rules.read_date``, never
    stored. ``budget_cents`` is Bs cents, NULL if not given. ``source`` keeps the original row of an import, and
    ``notes`` the transcriber's remarks. ``carried`` says of a row that came from an earlier call which item it answered
    there and what became of that item (`facts.carried_content`).
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="activities")
    row = models.PositiveIntegerField()
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="activities")
    medium = models.CharField(max_length=12, blank=True)
    name = models.TextField(blank=True)
    responsible = models.CharField(max_length=300, blank=True)
    result = models.TextField(blank=True)
    indicator = models.TextField(blank=True)
    target = models.CharField(max_length=300, blank=True)
    budget_cents = models.BigIntegerField(null=True)
    starts = models.CharField(max_length=120, blank=True)
    ends = models.CharField(max_length=120, blank=True)
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
        ]

    def __str__(self) -> str:
        """Name version and row."""
        return f"{self.submission_id} row {self.row}"


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


class YearOne(models.Model):
    """Confirmed once per plan, whatever its versions: the year that "Año 1" means in it."""

    obligation = models.OneToOneField(Obligation, models.PROTECT, related_name="year_one")
    year = models.PositiveSmallIntegerField()
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(year__gte=1990, year__lte=2100), name="year_one_sensible"),
        ]

    def __str__(self) -> str:
        """Name plan and year."""
        return f"{self.obligation_id}: {self.year}"


class Unplaced(models.Model):
    """A row of an import that has no place yet: kept as it stood in its file until a later import places it.

    ``where`` is its file and line, ``why`` the id of the reason, ``source`` the row by column.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="unplaced")
    where = models.CharField(max_length=300)
    why = models.CharField(max_length=40)
    source = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "where"], name="unplaced_where_unique")]

    def __str__(self) -> str:
        """Say where it stood and why it has no place."""
        return f"{self.where}: {self.why}"
