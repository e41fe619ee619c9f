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
    Rule.UNREVIEWED: _("What came in on %(day)s still waits for its review."),
    Rule.ACCEPTED: _("A plan of your entity was accepted on %(day)s."),
    Rule.INVITED: _("You were named on %(day)s to act for a public body. Choose your password with this link:"),
    Rule.DRAFT: _("A report of your entity was begun and has not been touched since %(day)s."),
    Rule.SILENT: _("Your entity has not reported for two periods in a row. The last report was due on %(day)s."),
    Rule.OFF_PLAN: _("A report of your entity that was accepted on %(day)s says that activities are off plan."),
    Rule.EXPIRES: _("Evidence of your entity is valid until %(day)s."),
    Rule.EXPIRED: _("Evidence of your entity stopped being valid on %(day)s."),
    Rule.CHECKED: _("What your entity reported was checked on %(day)s."),
    Rule.DISPUTED: _("A finding that was disputed on %(day)s waits for an answer."),
    Rule.FIX: _("Your entity has something to put right until %(day)s."),
    Rule.FIX_LATE: _("Your entity had something to put right until %(day)s."),
    Rule.FIXED: _("On %(day)s an entity said that it put something right. It waits to be looked at."),
}
# What is said of a report where another sentence is said of a plan.
OF_REPORTS: dict[Rule, StrPromise] = {
    Rule.DUE: _("A report of your entity is due on %(day)s."),
    Rule.LATE: _("A report of your entity was due on %(day)s and has not been handed in."),
    Rule.RETURNED: _("A report of your entity came back on %(day)s and has to be mended."),
    Rule.REMEDY: _("A report that came back to your entity can be mended until %(day)s."),
    Rule.READY: _("Since %(day)s a report of your entity waits for your approval."),
    Rule.ACCEPTED: _("A report of your entity was accepted on %(day)s."),
}
# The authority is told of all entities at once.
OF_OTHERS: dict[Rule, StrPromise] = {
    Rule.LATE: _("There are plans or reports that were due on %(day)s and have not been handed in."),
    Rule.SILENT: _("There are entities that have not reported for two periods in a row, the last time on %(day)s."),
    Rule.OFF_PLAN: _("Reports that were accepted on %(day)s say that activities are off plan."),
    Rule.FIX_LATE: _("There are things to put right that were due on %(day)s."),
}
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
        Rule.DRAFT: pgettext_lazy("notice", "draft untouched"),
        Rule.SILENT: pgettext_lazy("notice", "silent"),
        Rule.OFF_PLAN: pgettext_lazy("notice", "off plan"),
        Rule.EXPIRES: pgettext_lazy("notice", "evidence about to expire"),
        Rule.EXPIRED: pgettext_lazy("notice", "evidence expired"),
        Rule.CHECKED: pgettext_lazy("notice", "was checked"),
        Rule.DISPUTED: pgettext_lazy("notice", "dispute waits"),
        Rule.FIX: pgettext_lazy("notice", "to be put right soon"),
        Rule.FIX_LATE: pgettext_lazy("notice", "not put right in time"),
        Rule.FIXED: pgettext_lazy("notice", "put right, waits"),
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
