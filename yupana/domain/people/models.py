"""Accounts, and the mandates that give them anything to do."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from yupana.domain.entities.models import Entity
from yupana.domain.people.rules import username_key
from yupana.foundation.kernel.actor import Role
from yupana.foundation.ledger.models import Entry


class PersonManager(BaseUserManager["Person"]):
    """Finds people by user name as they typed it, without regard to case."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """Fetch by user name; Django's sign-in calls this."""
        return self.get(username=username_key(username or ""))


class Person(AbstractBaseUser):
    """An account. It may do nothing by itself: rights come from mandates alone.

    ``email`` is for notices alone and is shown to nobody else. ``invited_on``: the day on which the link to choose a
    password was made. ``session_epoch`` is part of what every session must match, so that raising it ends all of them
    at once.
    """

    username = models.CharField(max_length=60, unique=True)
    display_name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(max_length=254, blank=True, default="")
    invited_on = models.DateField(null=True)
    is_active = models.BooleanField(default=True)
    session_epoch = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(username=""), name="person_has_username"),
        ]

    def __str__(self) -> str:
        """Show the user name."""
        return self.username

    def get_session_auth_hash(self) -> str:
        """Bind sessions to the password and to the epoch."""
        return self._get_session_auth_hash()

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        base: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc] # absent from the stubs
        return f"{base}.{self.session_epoch}"


class Mandate(models.Model):
    """A person acts for an entity in a role from one day to another, both included; ``ended_on`` cuts it short.

    A mandate that is ended on a day gives no right from that day on. ``letter`` and ``letter_on`` are number and day of
    the designation letter that it stands on, where there is one.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    letter = models.CharField(max_length=120, blank=True, default="")
    letter_on = models.DateField(null=True)
    entry = models.OneToOneField(Entry, models.PROTECT)
    end_entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="mandate_forward"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_entry__isnull=True)
                | Q(ended_on__isnull=False, end_entry__isnull=False),
                name="mandate_end_recorded",
            ),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="mandate_role_known"),
        ]
        indexes = [models.Index(fields=["person", "starts_on"], name="mandate_by_person")]

    def __str__(self) -> str:
        """Name the three ends."""
        return f"{self.person_id} {self.role} {self.entity_id}"
