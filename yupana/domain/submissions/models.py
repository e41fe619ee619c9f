"""Versions handed in to meet an obligation, and every step that was taken with them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yupana.domain.obligations.models import Obligation
from yupana.domain.people.models import Person
from yupana.domain.submissions.rules import Channel, DocumentKind, Resolution, State, Verdict
from yupana.foundation.ledger.models import Entry


class Submission(models.Model):
    """One version. Its content may change while it is a draft; from then on only ``state`` moves, step by step.

    ``entry`` is the record of handing in. ``received_on`` is the day it was received, NULL if unknown; ``date_doubt``
    says why that day is doubtful (empty: it is not). ``cites`` are its letters' numbers, one a line.
    ``ready_on`` is the day on which its planner (``ready_by``) put a draft before the executive, ``ready_note`` why the
    executive gave it back: working state of a draft, no part of what is handed in or sealed. ``approved`` says that the
    executive handed it in, under ``resolution`` of ``resolution_on``. ``reason`` and ``act`` are those of an amendment:
    a version after an accepted one.
    ``asks_*`` say which fields the form asked for: what a form never asked for is unknown, not unmet. ``source`` keeps
    the header of an import as it stood there, and ``source_digest`` tells whether a later file still says the same.
    """

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="submissions")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=16, default=State.DRAFT.value)
    channel = models.CharField(max_length=12)
    received_on = models.DateField(null=True)
    date_doubt = models.CharField(max_length=20, blank=True)
    cites = models.TextField(blank=True)
    resolution = models.CharField(max_length=300, blank=True)
    resolution_state = models.CharField(max_length=12, default=Resolution.MISSING.value)
    resolution_on = models.DateField(null=True)
    approved = models.BooleanField(default=False)
    reason = models.TextField(blank=True, default="")
    act = models.CharField(max_length=300, blank=True, default="")
    ready_on = models.DateField(null=True)
    ready_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ready_note = models.TextField(blank=True, default="")
    document_url = models.CharField(max_length=500, blank=True)
    notes = models.TextField(blank=True)
    asks_target = models.BooleanField()
    asks_responsible = models.BooleanField()
    asks_budget = models.BooleanField()
    transcribed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    transcribed = models.BooleanField(default=False)
    confirmed = models.BooleanField(default=True)
    source_ref = models.CharField(max_length=120, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    source = models.JSONField(null=True)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["obligation", "version"], name="submission_version_unique"),
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(state=State.DRAFT.value), name="submission_one_draft"
            ),
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(state=State.SUBMITTED.value), name="submission_one_under_review"
            ),
            models.UniqueConstraint(
                fields=["obligation", "source_ref"], condition=~Q(source_ref=""), name="submission_source_unique"
            ),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="submission_state_known"),
            models.CheckConstraint(
                condition=Q(channel__in=[c.value for c in Channel]), name="submission_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT.value, entry__isnull=True)
                | (~Q(state=State.DRAFT.value) & Q(entry__isnull=False)),
                name="submission_handed_in_by_entry",
            ),
        ]

    def __str__(self) -> str:
        """Name obligation and version."""
        return f"{self.obligation_id} v{self.version}"


class Step(models.Model):
    """One move in the life of a version, after handing in: returned, accepted, no corresponde.

    ``looked`` is what the reviewer noted on the way, [subject, verdict, text] each, NULL where nothing was noted.

    A return says its reason in general, or row by row in remarks. ``remedy_until`` is the last day to mend what was
    returned. For an acceptance, ``met_on`` is the day that counts (NULL: doubtful) and ``resolution_due_on`` the
    deadline for a legal act that is still pending.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="steps")
    before = models.CharField(max_length=16)
    after = models.CharField(max_length=16)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    remedy_until = models.DateField(null=True)
    met_on = models.DateField(null=True)
    resolution_due_on = models.DateField(null=True)
    looked = models.JSONField(null=True)
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "before"], name="step_once_from_each_state"),
            models.CheckConstraint(
                condition=~Q(after=State.MISFILED.value) | ~Q(reason=""), name="step_misfiled_has_reason"
            ),
        ]

    def __str__(self) -> str:
        """Say the move."""
        return f"{self.submission_id}: {self.before} -> {self.after}"


class Remark(models.Model):
    """A reviewer's reason about one row of what was handed in; ``row`` counts from 1."""

    step = models.ForeignKey(Step, models.PROTECT, related_name="remarks")
    row = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="remark_has_text")]

    def __str__(self) -> str:
        """Name step and row."""
        return f"{self.step_id} row {self.row}"


class Look(models.Model):
    """A reviewer's note about one part of a version while it is under review; what is decided takes it into its step.

    ``subject`` is "row:3", or "item:" and the name of an item of a checklist.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="looks")
    subject = models.CharField(max_length=250)
    verdict = models.CharField(max_length=8)
    text = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "subject"], name="look_once_per_subject"),
            models.CheckConstraint(condition=Q(verdict__in=[v.value for v in Verdict]), name="look_verdict_known"),
        ]

    def __str__(self) -> str:
        """Name version and subject."""
        return f"{self.submission_id}: {self.subject}"


class Assignment(models.Model):
    """Who is to review what an entity hands in under one obligation; the authority's own arrangement."""

    obligation = models.OneToOneField(Obligation, models.PROTECT, related_name="assignment")
    reviewer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    on = models.DateField()

    def __str__(self) -> str:
        """Name both."""
        return f"{self.obligation_id}: {self.reviewer_id}"


class Document(models.Model):
    """A file that a version is handed in with (its resolution, the signed plan), in the vault by its hex SHA-256."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["kind", "name", "digest"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "digest"], name="submission_document_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(digest=""), name="submission_document_named"),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in DocumentKind]), name="submission_document_kind_known"
            ),
        ]

    def __str__(self) -> str:
        """Show the name."""
        return self.name
