"""Plans that a body had accepted before: what a new one may begin from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.rules import Expects, Visibility
from yupana.domain.submissions.queries import all_with_debtors, with_accepted

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from yupana.domain.submissions.models import Submission


def earlier_plans(draft: Submission) -> list[Submission]:
    """The accepted plans of the same body under other calls, those of the same kind first, then the newest.

    One of a restricted call is offered only where what is written is restricted as well.
    """
    owed = draft.obligation
    others: QuerySet[Any] = with_accepted(Obligation.objects.filter(debtor=owed.debtor_id).exclude(pk=owed.pk))
    others = others.filter(call__expects=Expects.PLAN)
    if owed.call.visibility != Visibility.RESTRICTED:
        others = others.exclude(call__visibility=Visibility.RESTRICTED)
    held = all_with_debtors().filter(pk__in=others.filter(accepted_id__isnull=False).order_by().values("accepted_id"))
    newest = held.order_by("-obligation__call__opens_on", "-pk")
    return sorted(newest, key=lambda each: each.obligation.call.plan_type != owed.call.plan_type)
