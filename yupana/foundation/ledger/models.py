"""Tables of the public record. All of them only ever grow."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """One fact. ``leaf`` is its only truth; ``position`` comes when it is sealed, without gaps, from 0."""

    leaf = models.BinaryField()
    leaf_hash = models.BinaryField()
    position = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["position"], name="entry_position_unique"),
            models.CheckConstraint(
                condition=Q(position__isnull=True) | Q(position__gte=0), name="entry_position_from_0"
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="entry_unsealed", condition=Q(position__isnull=True)),
        ]

    def __str__(self) -> str:
        """Say where it stands."""
        return f"entry {self.position if self.position is not None else 'unsealed'}"


class Salt(models.Model):
    """What must be added to a content to get the digest in the leaf; destroyed when the content is erased."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True)
    salt = models.BinaryField()

    def __str__(self) -> str:
        """Never show the salt itself."""
        return f"salt of entry {self.entry_id}"


class Checkpoint(models.Model):
    """The tree as it stood at ``size`` entries: its root, and the peaks from which it grows on.

    ``number`` counts the checkpoints from 0 without gaps, so that none can be taken out unseen.
    """

    number = models.BigIntegerField()
    size = models.BigIntegerField()
    root = models.BinaryField()
    peaks = models.BinaryField()
    sealed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], name="checkpoint_number_unique"),
            models.UniqueConstraint(fields=["size"], name="checkpoint_size_unique"),
            models.CheckConstraint(condition=Q(size__gt=0), name="checkpoint_not_empty"),
        ]

    def __str__(self) -> str:
        """Say its size."""
        return f"checkpoint at {self.size}"


class Erasure(models.Model):
    """The content behind ``erased`` was removed by a recorded act; ``entry`` is the record of that act."""

    erased = models.OneToOneField(Entry, models.PROTECT, related_name="erasure")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="erases")
    act = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(act=""), name="erasure_has_act")]

    def __str__(self) -> str:
        """Say which entry."""
        return f"erasure of entry {self.erased_id}"


class Resumption(models.Model):
    """By an act, sealing went on from a record that was not the one remembered; ``entry`` says from where."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="resumes")
    act = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(act=""), name="resumption_has_act")]

    def __str__(self) -> str:
        """Say which entry."""
        return f"resumption at entry {self.entry_id}"
