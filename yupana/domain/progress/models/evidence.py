"""Pieces of evidence, what each one supports, and what was found where a link leads."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yupana.domain.entities.models import Entity
from yupana.domain.obligations.rules import Visibility
from yupana.domain.people.models import Person
from yupana.domain.progress.rules import EvidenceKind, EvidenceLevel
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.foundation.ledger.models import Entry


class Evidence(models.Model):
    """A file in the vault (by its hex SHA-256) or an address, that an entity brought once and may cite many times.

    ``level`` is how much it proves, from 1 (the entity says so itself) to 4 (anybody can check it). ``valid_until``
    is the last day on which it proves anything, NULL where it does not expire. It belongs to the entity, not to who
    brought it. Nobody changes it: a better piece is another piece.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    url = models.CharField(max_length=500, blank=True)
    issued_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    visibility = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "digest"], condition=Q(kind=EvidenceKind.FILE.value), name="evidence_file_once"
            ),
            models.UniqueConstraint(  # of those whose address was erased there may be several
                fields=["entity", "url"],
                condition=Q(kind=EvidenceKind.LINK.value) & ~Q(url=BLACKED_OUT),
                name="evidence_link_once",
            ),
            models.CheckConstraint(
                condition=Q(kind=EvidenceKind.FILE.value, url="", size__isnull=False) & ~Q(digest="")
                | Q(kind=EvidenceKind.LINK.value, digest="", size__isnull=True) & ~Q(url=""),
                name="evidence_file_or_link",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="evidence_has_name"),
            models.CheckConstraint(
                condition=Q(visibility__in=[v.value for v in Visibility]), name="evidence_visibility_known"
            ),
            models.CheckConstraint(
                condition=Q(level__gte=min(EvidenceLevel).value, level__lte=max(EvidenceLevel).value),
                name="evidence_level_known",
            ),
        ]

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class Support(models.Model):
    """A piece of evidence for one row of a report. It may stand for several rows, and in several reports."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="supports")
    row = models.PositiveIntegerField()
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="supports")

    class Meta:
        ordering = ["row", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "row", "evidence"], name="support_once"),
        ]

    def __str__(self) -> str:
        """Name version, row and piece."""
        return f"{self.submission_id} row {self.row}: {self.evidence_id}"


class Fetch(models.Model):
    """What was found on a day where a link leads: the digest of it, or why nothing was taken."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="fetches")
    on = models.DateField()
    digest = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    refusal = models.CharField(max_length=40, blank=True)
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(refusal="", size__isnull=False) & ~Q(digest="")
                | Q(digest="", size__isnull=True) & ~Q(refusal=""),
                name="fetch_found_or_refused",
            ),
        ]

    def __str__(self) -> str:
        """Name piece and day."""
        return f"{self.evidence_id} on {self.on}"
