"""What an item contributes to in other instruments."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yupana.domain.instruments.facts import AlignmentKind
from yupana.domain.instruments.models.editions import Item
from yupana.foundation.ledger.models import Entry


class Alignment(models.Model):
    """A statement that an item contributes to another, or is broader or narrower than it; it stands until ended.

    It is about both items as they were published; other editions share it by lineage.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="alignments")
    other = models.ForeignKey(Item, models.PROTECT, related_name="aligned")
    kind = models.CharField(max_length=12)
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(item=F("other")), name="alignment_to_another"),
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in AlignmentKind]), name="alignment_kind_known"
            ),
        ]

    def __str__(self) -> str:
        """Name both."""
        return f"{self.item_id} {self.kind} {self.other_id}"


class AlignmentEnd(models.Model):
    """The end of an alignment, with its reason."""

    alignment = models.OneToOneField(Alignment, models.PROTECT, related_name="end")
    reason = models.TextField()
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="alignment_end_has_reason")]

    def __str__(self) -> str:
        """Name the alignment."""
        return f"end of {self.alignment_id}"
