"""How activities come in, are shared and move on: imports, workbooks, partners, successors."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yupana.domain.entities.models import Entity
from yupana.domain.obligations.models import Call, Obligation
from yupana.domain.people.models import Person
from yupana.domain.submissions.models import Submission
from yupana.foundation.ledger.models import Entry


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


class Mapping(models.Model):
    """Which column of a foreign workbook means what: said once by an entity, remembered by the columns' names.

    ``signature`` is the hex SHA-256 of the folded titles in their order; ``columns`` gives the field of each column.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    signature = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    columns = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entity", "signature"], name="mapping_once_per_form")]

    def __str__(self) -> str:
        """Name entity and form."""
        return f"{self.entity_id}: {self.name}"


class Upload(models.Model):
    """A workbook that was brought to a draft and is not applied yet: what it says, to be looked at before it counts.

    ``digest`` names the file in the vault. ``told`` is what was read from it; ``where`` stands in it beside each row.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    told = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Show the file's name."""
        return self.name


class Partnership(models.Model):
    """Another body that takes part in an activity: asked by its owner, and a partner once it has confirmed.

    An activity is an obligation's row, whatever its versions; it is counted once, at its owner. ``activity`` is its
    name as it was asked: what is written into the row later is no concern of who was asked, and was never confirmed.
    """

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="partnerships")
    row = models.PositiveIntegerField()
    activity = models.TextField(blank=True, default="")
    partner = models.ForeignKey(Entity, models.PROTECT, related_name="partnerships")
    part = models.TextField()
    asked_on = models.DateField()
    entry = models.OneToOneField(Entry, models.PROTECT)
    confirmed = models.BooleanField(null=True)
    answered_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    answer_entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["obligation", "row", "partner"], name="partnership_asked_once"),
            models.CheckConstraint(
                condition=Q(confirmed__isnull=True, answered_on__isnull=True, answer_entry__isnull=True)
                | Q(confirmed__isnull=False, answered_on__isnull=False, answer_entry__isnull=False),
                name="partnership_answered_by_entry",
            ),
        ]

    def __str__(self) -> str:
        """Name activity and partner."""
        return f"{self.obligation_id}#{self.row} with {self.partner_id}"


class RowTransfer(models.Model):
    """One activity of a body that is no more, as it went to the body that goes on with it."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="row_transfers")
    row = models.PositiveIntegerField()
    to = models.ForeignKey(Obligation, models.PROTECT, related_name="received_rows")
    to_row = models.PositiveIntegerField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["obligation", "row"], name="row_transferred_once"),
            models.UniqueConstraint(fields=["to", "to_row"], name="row_received_once"),
        ]

    def __str__(self) -> str:
        """Name both ends."""
        return f"{self.obligation_id}#{self.row} -> {self.to_id}#{self.to_row}"
