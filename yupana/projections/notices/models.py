"""Mail that is to leave the house, and how far the outbox was filled."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yupana.domain.people.models import Person
from yupana.projections.notices.rules import Post, Rule


class Outbox(models.Model):
    """One thing to tell one person: by which rule, about what, on which day. The four together are there once.

    ``subject`` is "plan:" or "report:" and an obligation's key, "review:" and a version's, "queue", "inbox",
    "evidence", "findings" or "invitation" (":" and the account's epoch, once it is not the first): what the link leads
    to. ``about_on`` is the day that the sentence names. ``address`` is where it was sent, so that what comes back can
    be told; what it says is made when it leaves and kept nowhere.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    rule = models.CharField(max_length=12)
    subject = models.CharField(max_length=40)
    due_on = models.DateField()
    about_on = models.DateField()
    state = models.CharField(max_length=8, default=Post.WAITING.value)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    address = models.CharField(max_length=254, blank=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "rule", "subject", "due_on"], name="outbox_once"),
            models.CheckConstraint(condition=Q(rule__in=[r.value for r in Rule]), name="outbox_rule_known"),
            models.CheckConstraint(condition=Q(state__in=[p.value for p in Post]), name="outbox_state_known"),
        ]
        indexes = [models.Index(fields=["state", "tried_at"], name="outbox_by_state")]

    def __str__(self) -> str:
        """Name rule, subject and day."""
        return f"{self.rule} {self.subject} {self.due_on}"


class Filled(models.Model):
    """The one row that says for which day the reminders were made."""

    name = models.CharField(max_length=20, primary_key=True)
    on = models.DateField()

    def __str__(self) -> str:
        """Show the day."""
        return str(self.on)
