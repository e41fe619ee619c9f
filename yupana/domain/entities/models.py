"""The register: each public body as it is now, and every state in which it was registered."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yupana.domain.entities.facts import entity_ref
from yupana.foundation.ledger.models import Entry


class GovernmentLevel(models.Model):
    """Central, departmental, municipal ...: a table, because States divide themselves differently."""

    code = models.CharField(max_length=20, primary_key=True)
    name_es = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank", "code"]

    def __str__(self) -> str:
        """Show the code."""
        return self.code


class Entity(models.Model):
    """One node of the register as it stands now. A grouping node (``bindable`` false) only holds others.

    ``path`` is the slash-separated chain of primary keys from the root to this node, with slashes at both ends.
    Dates include their day; an open end is NULL.
    """

    source = models.CharField(max_length=40)
    source_id = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    acronym = models.CharField(max_length=40, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    tutelage = models.ForeignKey("self", models.PROTECT, null=True, related_name="wards")
    level = models.ForeignKey(GovernmentLevel, models.PROTECT, null=True)
    kind = models.CharField(max_length=60, blank=True)
    sector = models.CharField(max_length=60, blank=True)
    territory = models.CharField(max_length=20, blank=True)
    category = models.CharField(max_length=60, blank=True, default="")
    bindable = models.BooleanField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    path = models.CharField(max_length=400, blank=True)
    search_key = models.TextField()
    sort_key = models.CharField(max_length=320)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="entity_source_unique"),
            models.CheckConstraint(condition=~Q(source_id="") & ~Q(name=""), name="entity_has_id_and_name"),
            models.CheckConstraint(condition=~Q(bindable=True) | Q(level__isnull=False), name="entity_bound_has_level"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="entity_not_own_parent"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="entity_validity_forward",
            ),
        ]
        indexes = [
            models.Index(fields=["code"], name="entity_code"),
            models.Index(fields=["sort_key", "id"], name="entity_sorted"),
            models.Index(fields=["level", "sort_key"], name="entity_by_level"),
        ]

    def __str__(self) -> str:
        """Show code and name."""
        return f"{self.code} {self.name}"

    @property
    def ref(self) -> str:
        """Name it for ever: "source:source_id"."""
        return entity_ref(self.source, self.source_id)


class Registration(models.Model):
    """An entity as it was registered at one moment: append-only, sealed in the ledger."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="registrations")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "version"], name="registration_version_unique"),
        ]

    def __str__(self) -> str:
        """Name entity and version."""
        return f"{self.entity_id} v{self.version}"


class Succession(models.Model):
    """One body's duties passed to another, on a day, by an act: a merger has several rows to one successor."""

    predecessor = models.ForeignKey(Entity, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Entity, models.PROTECT, related_name="inheritances")
    on = models.DateField()
    act = models.CharField(max_length=300)
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="succession_unique"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_to_another"),
            models.CheckConstraint(condition=~Q(act=""), name="succession_has_act"),
        ]

    def __str__(self) -> str:
        """Name both bodies."""
        return f"{self.predecessor_id} -> {self.successor_id}"
