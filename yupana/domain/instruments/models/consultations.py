"""What was put to the public before it was published, what people said about it, and what was answered."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yupana.domain.entities.models import Entity
from yupana.domain.instruments.facts import Verdict
from yupana.domain.instruments.models.editions import Edition
from yupana.foundation.ledger.models import Entry


class Consultation(models.Model):
    """A window in which anybody may comment on a draft, whose text stands still meanwhile.

    ``text`` is the hex SHA-256 of what was put to consultation, so that nobody can say that it was another.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="consultations")
    opens_on = models.DateField()
    closes_on = models.DateField()
    text = models.CharField(max_length=64)
    entry = models.OneToOneField(Entry, models.PROTECT)
    closing_entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="consultation_window_forward"),
            models.UniqueConstraint(
                fields=["edition"], condition=Q(closing_entry__isnull=True), name="consultation_one_open"
            ),
        ]

    def __str__(self) -> str:
        """Name edition and window."""
        return f"{self.edition_id} {self.opens_on}..{self.closes_on}"


class Comment(models.Model):
    """What somebody said about an item, or about the whole (``lineage`` NULL). ``item`` is "role:code" as it stood.

    ``entity`` is the body they spoke for, NULL for a citizen, who is asked for no name.
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="comments")
    lineage = models.UUIDField(null=True)
    item = models.CharField(max_length=100, blank=True)
    text = models.TextField()
    on = models.DateField()
    entity = models.ForeignKey(Entity, models.PROTECT, null=True, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_has_text"),
            models.CheckConstraint(
                condition=Q(lineage__isnull=True, item="") | (Q(lineage__isnull=False) & ~Q(item="")),
                name="comment_names_its_item",
            ),
        ]

    def __str__(self) -> str:
        """Name the consultation."""
        return f"comment on {self.consultation_id}"


class Answer(models.Model):
    """What the authority answered: what became of the comment, and why. Withheld: its text is not shown."""

    comment = models.OneToOneField(Comment, models.PROTECT)
    verdict = models.CharField(max_length=10)
    text = models.TextField()
    on = models.DateField()
    entry = models.OneToOneField(Entry, models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="answer_has_text"),
            models.CheckConstraint(
                condition=Q(verdict__in=[each.value for each in Verdict]), name="answer_verdict_known"
            ),
        ]

    def __str__(self) -> str:
        """Name the comment."""
        return f"answer to {self.comment_id}"
