"""Instruments, editions and items."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from yupana.domain.instruments.facts import EditionState, ItemRole
from yupana.domain.instruments.rules import WHOLE
from yupana.foundation.ledger.models import Entry


class Instrument(models.Model):
    """A plan, a guideline or any other text that public bodies have to follow. ``kind`` is a label for people."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(code="") & ~Q(title=""), name="instrument_has_code_and_title"),
        ]

    def __str__(self) -> str:
        """Show the code."""
        return self.code


class Edition(models.Model):
    """One text of an instrument; immutable once published by its act.

    ``source_digest`` is the hex SHA-256 of what was read.
    """

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="editions")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=12, default=EditionState.DRAFT.value)
    legal_basis = models.TextField(blank=True)
    act = models.CharField(max_length=300, blank=True)
    published_on = models.DateField(null=True)
    source_digest = models.CharField(max_length=64, blank=True)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instrument", "code"], name="edition_code_unique"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in EditionState]), name="edition_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=EditionState.DRAFT.value, entry__isnull=True, published_on__isnull=True, act="")
                | (
                    ~Q(state=EditionState.DRAFT.value) & Q(entry__isnull=False, published_on__isnull=False) & ~Q(act="")
                ),
                name="edition_published_by_act",
            ),
        ]

    def __str__(self) -> str:
        """Show instrument and edition."""
        return f"{self.instrument_id}/{self.code}"


class Item(models.Model):
    """A node of an edition's tree. ``weight`` is its integer share of 10^9 of the edition; 0 where it carries none.

    ``lineage`` is the same in every edition in which this remains the same item. ``order`` counts from 0 through the
    whole edition in reading order.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    role = models.CharField(max_length=12)
    binds = models.BooleanField()
    code = models.CharField(max_length=40)
    text = models.TextField()
    weight = models.PositiveIntegerField(default=0)
    lineage = models.UUIDField(default=uuid.uuid4)
    order = models.PositiveIntegerField()
    source_ref = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "role", "code"], name="item_code_unique"),
            models.UniqueConstraint(fields=["edition", "order"], name="item_order_unique"),
            models.UniqueConstraint(fields=["edition", "lineage"], name="item_lineage_unique"),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in ItemRole]), name="item_role_known"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(code=""), name="item_has_code_and_text"),
            models.CheckConstraint(condition=Q(weight__lte=WHOLE), name="item_weight_within_whole"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="item_not_own_parent"),
        ]

    def __str__(self) -> str:
        """Show role and code."""
        return f"{self.role} {self.code}"
