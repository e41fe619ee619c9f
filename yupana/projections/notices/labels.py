"""What notices say to people: one sentence each. No mail ever says more, whatever it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yupana.projections.notices.rules import Post, Rule

if TYPE_CHECKING:
    from enum import StrEnum

    from django_stubs_ext import StrPromise

MESSAGES: dict[str, StrPromise] = {
    "mail-unknown": _("Nothing was ever sent to %(address)s."),
}
SENTENCES: dict[Rule, StrPromise] = {
    Rule.DUE: _("A plan of your entity is due on %(day)s."),
    Rule.LATE: _("A plan of your entity was due on %(day)s and has not been handed in."),
    Rule.RETURNED: _("A plan of your entity came back on %(day)s and has to be mended."),
    Rule.REMEDY: _("A plan that came back to your entity can be mended until %(day)s."),
    Rule.READY: _("Since %(day)s a plan of your entity waits for your approval."),
    Rule.UNREVIEWED: _("A plan that came in on %(day)s still waits for its review."),
    Rule.ACCEPTED: _("A plan of your entity was accepted on %(day)s."),
    Rule.INVITED: _("You were named on %(day)s to act for a public body. Choose your password with this link:"),
}
# The authority is told of the late ones of all entities at once.
LATE_OF_OTHERS = _("There are plans that were due on %(day)s and have not been handed in.")
SUBJECT = _("Yupana: something waits for you")
LABELS: dict[type[StrEnum], dict[str, StrPromise]] = {
    Rule: {
        Rule.DUE: pgettext_lazy("notice", "due soon"),
        Rule.LATE: pgettext_lazy("notice", "late"),
        Rule.RETURNED: pgettext_lazy("notice", "came back"),
        Rule.REMEDY: pgettext_lazy("notice", "term to mend ends"),
        Rule.READY: pgettext_lazy("notice", "waits for approval"),
        Rule.UNREVIEWED: pgettext_lazy("notice", "waits for review"),
        Rule.ACCEPTED: pgettext_lazy("notice", "accepted"),
        Rule.INVITED: pgettext_lazy("notice", "invitation"),
    },
    Post: {
        Post.WAITING: pgettext_lazy("mail", "waiting"),
        Post.SENDING: pgettext_lazy("mail", "unclear whether it left"),
        Post.SENT: pgettext_lazy("mail", "sent"),
        Post.FAILED: pgettext_lazy("mail", "failed"),
        Post.BOUNCED: pgettext_lazy("mail", "came back"),
        Post.DROPPED: pgettext_lazy("mail", "not needed any more"),
    },
}
