"""Instruments, editions and items; and what belongs to an edition beside its items."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from yupana.domain.instruments.facts import EditionState, ItemRole, Transition
from yupana.domain.instruments.rules import UNPUBLISHED, WHOLE, WHOLE_STAKE
from yupana.domain.people.models import Person
from yupana.foundation.ledger.models import Entry

_UNPUBLISHED = sorted(UNPUBLISHED)


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

    ``source_digest`` is the hex SHA-256 of what was read, ``more`` what its format says beyond the cover. ``version``
    counts the changes of a draft's tree, and ``edited`` says that somebody wrote in it since it was read or begun.
    """

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="editions")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=12, default=EditionState.DRAFT.value)
    legal_basis = models.TextField(blank=True)
    act = models.CharField(max_length=300, blank=True)
    published_on = models.DateField(null=True)
    source_digest = models.CharField(max_length=64, blank=True)
    more = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    edited = models.BooleanField(default=False)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instrument", "code"], name="edition_code_unique"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in EditionState]), name="edition_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_UNPUBLISHED, entry__isnull=True, published_on__isnull=True, act="")
                | (~Q(state__in=_UNPUBLISHED) & Q(entry__isnull=False, published_on__isnull=False) & ~Q(act="")),
                name="edition_published_by_act",
            ),
        ]

    def __str__(self) -> str:
        """Show instrument and edition."""
        return f"{self.instrument_id}/{self.code}"


class Item(models.Model):
    """A node of an edition's tree; facts.ItemRow says what its columns hold.

    ``weight`` is its integer share of 10^9 of the edition; 0 where it carries none. ``lineage`` is the same in every
    edition in which this remains the same item. ``order`` counts through the whole edition in reading order.
    ``version`` counts the changes of a draft item, so that nobody overwrites what another wrote meanwhile.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    role = models.CharField(max_length=12)
    binds = models.BooleanField()
    code = models.CharField(max_length=80)
    text = models.TextField()
    body = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    audience = models.TextField(blank=True)
    stake = models.PositiveIntegerField(null=True)
    transition = models.CharField(max_length=12, default=Transition.NOW.value)
    target = models.JSONField(null=True)
    origins = models.JSONField(default=list)
    more = models.JSONField(default=dict)
    weight = models.PositiveIntegerField(default=0)
    lineage = models.UUIDField(default=uuid.uuid4)
    order = models.PositiveIntegerField()
    source_ref = models.CharField(max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "role", "code"], name="item_code_unique"),
            models.UniqueConstraint(fields=["edition", "order"], name="item_order_unique"),
            models.UniqueConstraint(fields=["edition", "lineage"], name="item_lineage_unique"),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in ItemRole]), name="item_role_known"),
            models.CheckConstraint(
                condition=Q(transition__in=[each.value for each in Transition]), name="item_transition_known"
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(code=""), name="item_has_code_and_text"),
            models.CheckConstraint(condition=Q(weight__lte=WHOLE), name="item_weight_within_whole"),
            models.CheckConstraint(
                condition=Q(stake__isnull=True) | Q(stake__lte=WHOLE_STAKE), name="item_stake_within_whole"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="item_not_own_parent"),
        ]
        indexes = [models.Index(fields=["lineage"], name="item_by_lineage")]

    def __str__(self) -> str:
        """Show role and code."""
        return f"{self.role} {self.code}"


class Unplaced(models.Model):
    """A line of the source that has no place in the tree: kept where a person can read it and decide."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="unplaced")
    where = models.CharField(max_length=300)
    why = models.CharField(max_length=40)
    text = models.TextField()

    def __str__(self) -> str:
        """Say where it stood."""
        return self.where


class Aside(models.Model):
    """What somebody wrote about a draft item while another changed it: kept until a person has chosen.

    ``fields`` are what they sent, by name, and ``base`` the version that they had read.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="asides")
    lineage = models.UUIDField()
    base = models.PositiveIntegerField()
    fields = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Name edition and item."""
        return f"{self.edition_id}: {self.lineage}"


class Document(models.Model):
    """An original that an edition is published with, kept in the vault under its hex SHA-256."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="documents")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["name", "digest"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "digest"], name="document_once_per_edition"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(digest=""), name="document_has_name_and_digest"),
        ]

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class Repeal(models.Model):
    """An edition that an act put out of force without another in its place."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="repeal")
    on = models.DateField()
    act = models.CharField(max_length=300)
    reason = models.TextField()
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(act=""), name="repeal_has_reason_and_act"),
        ]

    def __str__(self) -> str:
        """Name the edition."""
        return f"repeal of {self.edition_id}"
