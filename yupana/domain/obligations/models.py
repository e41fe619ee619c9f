"""Calls, the scopes that many obligations share, and the recorded acts that move a due date."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yupana.domain.entities.models import Entity, GovernmentLevel
from yupana.domain.instruments.models import Edition, Item
from yupana.domain.obligations.rules import CallState, ContactHow, Expects, Visibility
from yupana.domain.people.models import Person
from yupana.foundation.ledger.models import Entry


class Call(models.Model):
    """One or more editions put to an audience in a window. ``due_on`` NULL: the deadline is not known (old paper).

    ``asks_*`` say which rungs the call asks for; what was never asked for is unknown, not unmet.
    ``historical`` calls hold what was handed in on paper before. ``since`` is the edition that a complementary call
    goes on from: only what changed since then binds. ``follows`` is the call whose accepted plans are reported on, one
    call a period, and ``locks_on`` the last day on which a report is taken at all. ``plan_type`` names one of
    ``rules.PLAN_TYPES`` ("": any plan) and ``calendar`` one of ``rules.CALENDARS``, by whose business days terms are
    counted ("": every day counts). ``entry`` records the opening.
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
    plan_type = models.CharField(max_length=12, blank=True, default="")
    calendar = models.CharField(max_length=12, blank=True, default="")
    since = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="complements")
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    locks_on = models.DateField(null=True)
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
            models.UniqueConstraint(
                fields=["follows", "period"], condition=Q(follows__isnull=False), name="call_once_per_period"
            ),
            models.CheckConstraint(
                condition=Q(expects=Expects.PROGRESS.value, follows__isnull=False)
                | (~Q(expects=Expects.PROGRESS.value) & Q(follows__isnull=True)),
                name="call_for_progress_follows",
            ),
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

    ``level`` and ``territory`` are the debtor's on that day: the group that its figures add up in. ``entry`` records
    that a report was asked of one more body while its call was open; NULL: the opening of the call records it.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="obligations")
    debtor = models.ForeignKey(Entity, models.PROTECT, related_name="obligations")
    period = models.CharField(max_length=12)
    subject = models.CharField(max_length=60, blank=True)
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="obligations")
    due_on = models.DateField(null=True)
    level = models.ForeignKey(GovernmentLevel, models.PROTECT)
    territory = models.CharField(max_length=20, blank=True)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True)

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


class Holiday(models.Model):
    """A day that an act declared free of work, beside those that a calendar's own rules give, or took back.

    ``territory`` is the INE code of a department, "" where it holds everywhere. ``works`` True: it is a working day
    after all. Of two acts about one day and place the last one holds.
    """

    calendar = models.CharField(max_length=12)
    day = models.DateField()
    territory = models.CharField(max_length=20, blank=True)
    works = models.BooleanField(default=False)
    name = models.CharField(max_length=200)
    act = models.CharField(max_length=300)
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(act=""), name="holiday_has_name_and_act"),
        ]
        indexes = [models.Index(fields=["calendar", "day"], name="holiday_by_day")]

    def __str__(self) -> str:
        """Name day and place."""
        return f"{self.day} {self.territory} {self.name}"


class Plea(models.Model):
    """What an entity asks about one obligation, more time or to be waived, and what was decided.

    ``until`` is the day asked for, NULL where it asks to be waived. What is granted is an `Extension` or a `Waiver`.
    """

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="pleas")
    until = models.DateField(null=True)
    reason = models.TextField()
    asked_on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT)
    granted = models.BooleanField(null=True)
    decided_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    decision_entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(granted__isnull=True), name="plea_one_undecided"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="plea_has_reason"),
            models.CheckConstraint(
                condition=Q(granted__isnull=True, decided_on__isnull=True, decision_entry__isnull=True)
                | Q(granted__isnull=False, decided_on__isnull=False, decision_entry__isnull=False),
                name="plea_decided_by_entry",
            ),
        ]

    def __str__(self) -> str:
        """Name obligation and day."""
        return f"{self.obligation_id} asks for {self.until}"


class Transfer(models.Model):
    """An obligation of a body that is no more, as it passed to the body that goes on with it.

    It leaves every base from then on; ``to`` is the successor's own obligation in the same call.
    """

    obligation = models.OneToOneField(Obligation, models.PROTECT, related_name="transfer")
    to = models.ForeignKey(Obligation, models.PROTECT, related_name="taken_over")
    reason = models.TextField()
    act = models.CharField(max_length=300)
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(act=""), name="transfer_has_reason_and_act"),
            models.CheckConstraint(condition=~Q(obligation=F("to")), name="transfer_to_another"),
        ]

    def __str__(self) -> str:
        """Name both."""
        return f"{self.obligation_id} -> {self.to_id}"


class Contact(models.Model):
    """One attempt to reach an entity that is silent, as the authority notes it for itself."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="contacts")
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="contacts")
    on = models.DateField()
    how = models.CharField(max_length=12)
    cite = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(how__in=[h.value for h in ContactHow]), name="contact_how_known"),
        ]
        indexes = [models.Index(fields=["entity", "on"], name="contact_by_entity")]

    def __str__(self) -> str:
        """Name entity and day."""
        return f"{self.entity_id} on {self.on}"
