"""What happens to calls and obligations, as it stands behind their entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from yupana.domain.obligations.rules.calendar import Declared
    from yupana.foundation.kernel.canonical import Plain


@dataclass(frozen=True, slots=True)
class CallTerms:
    """What a call says, frozen when it opens. ``editions`` are named CODE/EDITION, in order.

    ``since`` names in the same way the edition that a complementary call goes on from, "" for any other call.
    ``plan_type`` and ``calendar`` are as on ``models.Call``. ``follows`` is the code of the call whose accepted plans
    are reported on.
    """

    code: str
    title: str
    editions: tuple[str, ...]
    audience: str
    opens_on: date
    due_on: date | None
    period: str
    expects: str
    asks_target: bool
    asks_responsible: bool
    asks_budget: bool
    visibility: str
    historical: bool
    remedy_days: int
    since: str = ""
    plan_type: str = ""
    calendar: str = ""
    follows: str = ""
    locks_on: date | None = None


@dataclass(frozen=True, slots=True)
class Debt:
    """One obligation as it is put. ``debtor`` is "source:source_id"; ``scope`` the digest of what is owed."""

    debtor: str
    period: str
    subject: str
    scope: str
    due_on: date | None
    level: str
    territory: str


@dataclass(frozen=True, slots=True)
class Act:
    """A recorded act about one obligation. ``due_on`` is the new date of an extension, None for a waiver."""

    call: str
    debtor: str
    period: str
    subject: str
    reason: str
    act: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What an entity asks about one obligation: more time ``until`` a day, or to be waived (None)."""

    call: str
    debtor: str
    period: str
    subject: str
    until: date | None
    reason: str
    on: date
    by: int | None


def opening_content(terms: CallTerms, scopes: Mapping[str, Sequence[str]], debts: Iterable[Debt]) -> dict[str, Plain]:
    """Say all that call.opened vouches for: the terms, each scope's items by name, and who owes which scope."""
    content: dict[str, Plain] = {
        "call": terms.code,
        "title": terms.title,
        "editions": list(terms.editions),
        "audience": terms.audience,
        "opens_on": terms.opens_on,
        "due_on": terms.due_on,
        "period": terms.period,
        "expects": terms.expects,
        "asks": {"target": terms.asks_target, "responsible": terms.asks_responsible, "budget": terms.asks_budget},
        "visibility": terms.visibility,
        "historical": terms.historical,
        "remedy_days": terms.remedy_days,
        "scopes": {digest: sorted(items) for digest, items in scopes.items()},
        "debts": [_owed(debt) for debt in sorted(debts, key=lambda each: (each.debtor, each.period, each.subject))],
    }
    # Left out where it says nothing, so that what was sealed before it could be said reads as ever.
    more: dict[str, Plain] = {
        "since": terms.since,
        "plan_type": terms.plan_type,
        "calendar": terms.calendar,
        "follows": terms.follows,
        "locks_on": terms.locks_on,
    }
    return content | {name: value for name, value in more.items() if value}


def added_content(call: str, debt: Debt) -> dict[str, Plain]:
    """Say all that obligation.added vouches for."""
    return {"call": call, "debt": _owed(debt)}


def _owed(debt: Debt) -> list[Plain]:
    return [debt.debtor, debt.period, debt.subject, debt.scope, debt.due_on, debt.level, debt.territory]


def closing_content(call: str) -> dict[str, Plain]:
    """Say all that call.closed vouches for."""
    return {"call": call}


def act_content(act: Act) -> dict[str, Plain]:
    """Say all that due.extended and obligation.waived vouch for."""
    return {
        "call": act.call,
        "debtor": act.debtor,
        "period": act.period,
        "subject": act.subject,
        "reason": act.reason,
        "act": act.act,
        "due_on": act.due_on,
    }


def holiday_content(calendar: str, declared: Declared) -> dict[str, Plain]:
    """Say all that holiday.declared and holiday.revoked vouch for."""
    return {
        "calendar": calendar,
        "day": declared.day,
        "territory": declared.territory,
        "works": declared.works,
        "name": declared.name,
        "act": declared.act,
    }


def plea_content(asked: Asked) -> dict[str, Plain]:
    """Say all that plea.made vouches for."""
    return {**_named(asked), "until": asked.until, "reason": asked.reason, "on": asked.on, "by": asked.by}


def plea_decision_content(asked: Asked, *, granted: bool, on: date | None, answer: str) -> dict[str, Plain]:
    """Say all that plea.granted and plea.denied vouch for."""
    told: dict[str, Plain] = {"granted": granted, "on": on, "answer": answer}
    return {**_named(asked), "until": asked.until, "asked_on": asked.on, **told}


def _named(asked: Asked) -> dict[str, Plain]:
    return {"call": asked.call, "debtor": asked.debtor, "period": asked.period, "subject": asked.subject}
