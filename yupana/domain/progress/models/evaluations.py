"""By which bands scores are read, and evaluations that were published with the figures of their day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yupana.domain.instruments.models import Instrument
from yupana.domain.obligations.models import Call
from yupana.domain.people.models import Person
from yupana.foundation.ledger.models import Entry


class Scheme(models.Model):
    """How scores of an instrument (NULL: of any) are read from a day on; of several the last one recorded holds.

    ``floor_bp`` is the least coverage, in basis points, under which nothing is ranked. ``bands`` are [from_bp, name]
    each, rising from 0.
    """

    instrument = models.ForeignKey(Instrument, models.PROTECT, null=True, related_name="schemes")
    since = models.DateField()
    floor_bp = models.PositiveSmallIntegerField()
    bands = models.JSONField()
    act = models.CharField(max_length=300)
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(act=""), name="scheme_has_act"),
            models.CheckConstraint(condition=Q(floor_bp__lte=10_000), name="scheme_floor_is_a_part"),
        ]

    def __str__(self) -> str:
        """Name instrument and day."""
        return f"{self.instrument_id} since {self.since}"


class Evaluation(models.Model):
    """The evaluation of one period of the plans under a call; ``call`` is the call for the plans.

    A draft holds words alone. Publishing freezes it with its figures: a canonical JSON file in the vault (``digest``)
    that can be counted again from the record up to ``position``, as of ``as_of``, by ``formula``.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="evaluations")
    code = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=300)
    period = models.CharField(max_length=12)
    as_of = models.DateField()
    words = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    position = models.BigIntegerField(null=True)
    formula = models.CharField(max_length=12, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    published_on = models.DateField(null=True)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(code="") & ~Q(title=""), name="evaluation_has_code_and_title"),
            models.CheckConstraint(
                condition=Q(entry__isnull=True, position__isnull=True, published_on__isnull=True, digest="")
                | Q(entry__isnull=False, position__isnull=False, published_on__isnull=False) & ~Q(digest=""),
                name="evaluation_published_by_entry",
            ),
        ]

    def __str__(self) -> str:
        """Show the code."""
        return self.code
