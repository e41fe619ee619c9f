"""Additive cells, and how far they have followed the ledger."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yupana.domain.entities.models import GovernmentLevel
from yupana.domain.instruments.models import Item
from yupana.domain.obligations.models import Call
from yupana.projections.figures.rules import EXECUTION


class Cell(models.Model):
    """How much of one measure is done, due and unknown, for one call, item, group, period and due day. Cells add up.

    ``item`` is NULL for measures of whole obligations and for what answers no item; ``due_on`` is rules.UNDATED where
    no deadline is known. More may be accrued than a budget holds, nothing else be done beyond what is due.
    """

    measure = models.CharField(max_length=32)
    call = models.ForeignKey(Call, models.CASCADE)
    item = models.ForeignKey(Item, models.CASCADE, null=True)
    level = models.ForeignKey(GovernmentLevel, models.CASCADE)
    territory = models.CharField(max_length=20, blank=True)
    period = models.CharField(max_length=12)
    due_on = models.DateField()
    done = models.BigIntegerField()
    due = models.BigIntegerField()
    unknown = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "call", "item", "level", "territory", "period", "due_on"],
                condition=Q(item__isnull=False),
                name="cell_of_item_unique",
            ),
            models.UniqueConstraint(
                fields=["measure", "call", "level", "territory", "period", "due_on"],
                condition=Q(item__isnull=True),
                name="cell_of_call_unique",
            ),
            models.CheckConstraint(
                condition=Q(done__gte=0, due__gte=0, unknown__gte=0) & (Q(due__gte=F("done")) | Q(measure=EXECUTION)),
                name="cell_done_within_due",
            ),
        ]
        indexes = [models.Index(fields=["call", "measure", "item"], name="cell_read")]

    def __str__(self) -> str:
        """Show what it counts."""
        return f"{self.measure}: {self.done}/{self.due}"


class Cursor(models.Model):
    """The one row that says up to which position the cells follow, and by which formula."""

    name = models.CharField(max_length=20, primary_key=True)
    position = models.BigIntegerField()
    formula = models.CharField(max_length=12)
    followed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        """Show name and position."""
        return f"{self.name} at {self.position}"
