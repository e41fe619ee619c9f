"""Calls, the scopes that many obligations share, and the recorded acts that move a due date."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yupana.domain.entities.models import Entity, GovernmentLevel
from yupana.domain.instruments.models import Edition, Item
from yupana.domain.obligations.rules import CallState, Expects, Visibility
from yupana.foundation.ledger.models import Entry


class Call(models.Model):
    """One or more editions put to an audience in a window. ``due_on`` NULL: the deadline is not known (old paper).

    ``asks_*`` say which rungs the call asks for; what was never asked for is unknown, not unmet.
    ``historical`` calls hold what was handed in on paper before. ``since`` is the edition that a complementary call
    goes on from: only what changed since then binds. ``entry`` records the opening.
    """

    code = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=8, default=CallState.DRAFT.value)
    audience = models.TextField()
    opens_on = models.DateField()
    due_on = models.DateField(null=True)
    period = models.CharField(max_length=12)
    expects = models.CharField(max_length=12)
    asks_target = models.BooleanField()
    asks_responsible = models.BooleanField()
    asks_budget = models.BooleanField()
    visibility = models.CharField(max_length=12)
    historical = models.BooleanField(default=False)
    remedy_days = models.PositiveSmallIntegerField(default=15)
    since = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="complements")
    entry = models.OneToOneField(Entry, models.PROTECT, null=True)
    closing_entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="+")
    editions = models.ManyToManyField(Edition, through="CallEdition", related_name="calls")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("opens_on")), name="call_due_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=False) | Q(historical=True), name="call_due_unless_historical"
            ),
            models.CheckConstraint(
                condition=Q(state=CallState.DRAFT.value, entry__isnull=True)
                | (~Q(state=CallState.DRAFT.value) & Q(entry__isnull=False)),
                name="call_opened_by_entry",
            ),
            models.CheckConstraint(
                condition=Q(state=CallState.CLOSED.value, closing_entry__isnull=False)
                | (~Q(state=CallState.CLOSED.value) & Q(closing_entry__isnull=True)),
                name="call_closed_by_entry",
            ),
            models.CheckConstraint(condition=~Q(code="") & ~Q(title=""), name="call_has_code_and_title"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in CallState]), name="call_state_known"),
            models.CheckConstraint(condition=Q(expects__in=[e.value for e in Expects]), name="call_expects_known"),
            models.CheckConstraint(
                condition=Q(visibility__in=[v.value for v in Visibility]), name="call_visibility_known"
            ),
        ]

    def __str__(self) -> str:
        """Show the code."""
        return self.code


class CallEdition(models.Model):
    """An edition that a call puts, in the order given."""

    call = models.ForeignKey(Call, models.CASCADE)
    edition = models.ForeignKey(Edition, models.PROTECT)
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "edition"], name="call_edition_unique"),
        ]

    def __str__(self) -> str:
        """Name both."""
        return f"{self.call_id}: {self.edition_id}"


class Scope(models.Model):
    """The binding items that a group of obligations of one call share, so that nothing is stored per entity x item."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="scopes")
    digest = models.CharField(max_length=64)
    items = models.ManyToManyField(Item, through="ScopeItem", related_name="scopes")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "digest"], name="scope_unique"),
        ]

    def __str__(self) -> str:
        """Show the digest's head."""
        return self.digest[:12]


class ScopeItem(models.Model):
    """One item of a scope."""

    scope = models.ForeignKey(Scope, models.PROTECT)
    item = models.ForeignKey(Item, models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "item"], name="scope_item_unique"),
        ]

    def __str__(self) -> str:
        """Name both."""
        return f"{self.scope_id}: {self.item_id}"


class Obligation(models.Model):
    """One debtor's share of a call, frozen at opening. Its standing is derived, never stored.

    ``level`` and ``territory`` are the debtor's on that day: the group that its figures add up in.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="obligations")
    debtor = models.ForeignKey(Entity, models.PROTECT, related_name="obligations")
    period = models.CharField(max_length=12)
    subject = models.CharField(max_length=60, blank=True)
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="obligations")
    due_on = models.DateField(null=True)
    level = models.ForeignKey(GovernmentLevel, models.PROTECT)
    territory = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "debtor", "period", "subject"], name="obligation_unique"),
        ]
        indexes = [models.Index(fields=["call", "level", "territory"], name="obligation_by_group")]

    def __str__(self) -> str:
        """Name call and debtor."""
        return f"{self.call_id} x {self.debtor_id}"


class Extension(models.Model):
    """A recorded act that moves the due date of one obligation; the last one recorded holds."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="extensions")
    due_on = models.DateField()
    reason = models.TextField()
    act = models.CharField(max_length=300)
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(act=""), name="extension_has_reason_and_act"),
        ]

    def __str__(self) -> str:
        """Name obligation and day."""
        return f"{self.obligation_id} until {self.due_on}"


class Waiver(models.Model):
    """A recorded act that lifts one obligation: it leaves every base and is listed."""

    obligation = models.OneToOneField(Obligation, models.PROTECT)
    reason = models.TextField()
    act = models.CharField(max_length=300)
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(act=""), name="waiver_has_reason_and_act"),
        ]

    def __str__(self) -> str:
        """Name the obligation."""
        return f"waiver of {self.obligation_id}"
