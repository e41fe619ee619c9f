"""The short list at the top of the inbox, and where each line leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from yupana.domain.people import queries as people
from yupana.projections.notices.live import News, notices
from yupana.projections.overviews.followup import Apart

if TYPE_CHECKING:
    from yupana.interfaces.desk.doors import Visit
    from yupana.projections.notices.live import Notice

NEW_DAYS = 30
# Where the only one is found; several are found on the page behind the comma.
PLACES = {
    News.READY: ("desk:plan", "desk:inbox"),
    News.ACCEPTED: ("desk:version", "desk:inbox"),
    News.REPLACED: ("portal:instrument", "desk:inbox"),
    News.COMMENTS: ("desk:consult", "desk:editions"),
    News.UNREVIEWED: ("desk:review", "desk:queue"),
    News.PUT_REPLACED: ("desk:call", "desk:calls"),
    News.EXPIRES: ("desk:evidence-piece", "desk:evidence"),
    News.OFF_PLAN: ("desk:report-version", "desk:answers"),
    News.FIX_LATE: ("desk:findings", "desk:findings"),
}
# Of several under one call: how they answered it.
ANSWERED = {News.SILENT: Apart.OWED, News.OVERDUE: Apart.OWED, News.OFF_PLAN: Apart.OFF_PLAN}


@dataclass(frozen=True, slots=True)
class Line:
    """A notice with its link."""

    news: News
    many: int
    address: str
    call: str = ""


def top(visit: Visit) -> dict[str, object]:
    """Return what the inbox shows above everything: news, and the way to what a new person takes over."""
    told = [Line(each.news, each.many, _address(each), each.call) for each in notices(visit.actor, on=visit.on)]
    begins = visit.owes and people.newly(visit.actor, on=visit.on, days=NEW_DAYS)
    return {"notices": told, "begins": begins}


def _address(notice: Notice) -> str:
    if notice.call and not notice.key:
        return f"{reverse('desk:answers', args=[notice.call])}?how={ANSWERED[notice.news]}"
    one, several = PLACES[notice.news]
    return reverse(one, args=notice.key.split("/")) if notice.key else reverse(several)
