"""Reading calls and obligations with the due dates that hold now, and what stands behind each entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from yupana.domain.instruments.facts import NOBODY, item_ref
from yupana.domain.instruments.models import Item
from yupana.domain.instruments.queries import facts
from yupana.domain.obligations.facts import (
    Act,
    Asked,
    CallTerms,
    Debt,
    act_content,
    added_content,
    closing_content,
    holiday_content,
    opening_content,
    plea_content,
    plea_decision_content,
)
from yupana.domain.obligations.models import (
    Call,
    CallEdition,
    Extension,
    Holiday,
    Obligation,
    Plea,
    ScopeItem,
    Transfer,
    Waiver,
)
from yupana.domain.obligations.policy import OF_THE_ENTITY, obligations_readable_by, pleas_readable_by, readable_by
from yupana.domain.obligations.rules import (
    CALENDARS,
    CallState,
    Days,
    Declared,
    Reach,
    Unowed,
    audiences,
    end_of_term,
)
from yupana.domain.obligations.rules.changed import difference
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.ledger.rebuilding import expect, rebuilt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from django.db.models import QuerySet
    from django_stubs_ext import WithAnnotations

    from yupana.domain.instruments.models import Edition
    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.ledger.queries import Content

CHUNK = 2000


class Due(TypedDict):
    """What ``with_due`` adds to an obligation."""

    effective_due: date | None
    is_waived: bool
    is_transferred: bool


if TYPE_CHECKING:
    DueObligation = WithAnnotations[Obligation, Due]


@dataclass(frozen=True, slots=True)
class Binding:
    """An item that binds, named as for ever, and whom; ``said_by``: whose audience holds (None: the call's)."""

    item: Item
    name: str
    reach: Reach
    said_by: Item | None


def binding(put: Sequence[Edition], since: Edition | None = None) -> list[Binding]:
    """List the items of some editions that bind, in reading order, and whom; of drafts, too.

    With ``since`` only what one edition says differently from that earlier one.
    """
    refs = {each.pk: f"{each.instrument.code}/{each.code}" for each in put}
    order = {each.pk: at for at, each in enumerate(put)}
    items = sorted(Item.objects.filter(edition__in=refs), key=lambda item: (order[item.edition_id], item.order))
    by_key = {item.pk: item for item in items}
    held = audiences((item.pk, item.parent_id, item.audience) for item in items)
    anew = difference(facts(since.pk), facts(put[0].pk)) if since else None
    return [
        Binding(
            item,
            item_ref(refs[item.edition_id], item.role, item.code),
            Reach(held[item.pk].audience) if anew is None else anew[str(item.lineage)],
            by_key.get(held[item.pk].said_by or 0),
        )
        for item in items
        if item.binds and (anew is None or str(item.lineage) in anew)
    ]


def unowed(opened: Call) -> list[tuple[Binding, Unowed]]:
    """List the items of a call's editions that bind and that nobody owes under it, each with why."""
    owed = ScopeItem.objects.filter(scope__call=opened)
    left = Item.objects.filter(edition__calls=opened, binds=True).exclude(pk__in=owed.values("item"))
    keys = set(left.values_list("pk", flat=True))
    if not keys:
        return []
    named = CallEdition.objects.filter(call=opened).select_related("edition__instrument").order_by("order")
    put = [each.edition for each in named]
    anew = {each.item.pk for each in binding(put, opened.since)} if opened.since else None
    return [(each, _why_unowed(each, anew)) for each in binding(put) if each.item.pk in keys]


def _why_unowed(each: Binding, anew: set[int] | None) -> Unowed:
    if each.reach.audience == NOBODY:
        return Unowed.NOBODY
    return Unowed.UNCHANGED if anew is not None and each.item.pk not in anew else Unowed.EMPTY


def call(code: str) -> Call:
    """Find a call by its code, whoever asks: for actions and the console. Missing if there is none."""
    return _coded(Call.objects.all(), code)


def readable(actor: Actor) -> QuerySet[Call]:
    """List every call that the actor may read, the newest first."""
    return readable_by(actor, Call.objects.order_by("-opens_on", "-pk"))


def readable_call(actor: Actor, code: str) -> Call:
    """Find a call by its code if the actor may read it; Missing otherwise."""
    return _coded(readable(actor), code)


def with_due(obligations: QuerySet[Obligation]) -> QuerySet[DueObligation]:
    """Annotate ``effective_due`` (the last recorded extension, else the first date) and whether it left every base."""
    last = Extension.objects.filter(obligation=OuterRef("pk")).order_by("-entry").values("due_on")[:1]
    return obligations.annotate(
        effective_due=Coalesce(Subquery(last), "due_on"),
        is_waived=Exists(Waiver.objects.filter(obligation=OuterRef("pk"))),
        is_transferred=Exists(Transfer.objects.filter(obligation=OuterRef("pk"))),
    )


def owed_by(actor: Actor) -> QuerySet[DueObligation]:
    """List what the entities owe for which the actor plans or signs, with due dates, the most urgent first."""
    own = Obligation.objects.filter(debtor__in=actor.entities(*OF_THE_ENTITY)).exclude(call__entry=None)
    return with_due(own.select_related("call", "debtor")).order_by("effective_due", "pk")


def owed_one(actor: Actor, pk: int) -> DueObligation:
    """Find what an entity owes for which the actor plans or signs; Missing otherwise."""
    found = owed_by(actor).filter(pk=pk).first()
    if found is None:
        raise Missing("obligation-unknown", obligation=pk)
    return found


def obligations_of(owed: Call) -> QuerySet[DueObligation]:
    """List the obligations of a call with due dates, by the debtors' names."""
    return with_due(owed.obligations.all()).select_related("call", "debtor").order_by("debtor__sort_key", "pk")


def readable_obligation(actor: Actor, pk: int) -> DueObligation:
    """Find an obligation, with due dates, if the actor may read it; Missing otherwise."""
    opened = Obligation.objects.exclude(call__entry=None).select_related("call", "debtor")
    found = with_due(obligations_readable_by(actor, opened)).filter(pk=pk).first()
    if found is None:
        raise Missing("obligation-unknown", obligation=pk)
    return found


def passed_to(owed: Iterable[Obligation]) -> dict[int, str]:
    """Name the bodies to which obligations passed; they come from ``with_due``. Asks only where some did."""
    gone = [one.pk for one in owed if vars(one)["is_transferred"]]
    acts = Transfer.objects.filter(obligation__in=gone) if gone else Transfer.objects.none()
    return dict(acts.values_list("obligation", "to__debtor__name"))


def days_of(calendar: str) -> Days | None:
    """Return the working days of a calendar, with every act about them; None where a call names none."""
    if not calendar:
        return None
    acts = Holiday.objects.filter(calendar=calendar).order_by("entry")
    return Days(CALENDARS[calendar], [declared(each) for each in acts])


def declared(holiday: Holiday) -> Declared:
    """Read an act about a day as the rules and the record take it."""
    return Declared(holiday.day, holiday.territory, holiday.works, holiday.name, holiday.act)


def term_of(owed: Obligation, start: date, term: int) -> date:
    """Return the last day of a term that one debtor is given: counted as its call says, in its own department."""
    return end_of_term(days_of(owed.call.calendar), start, term, owed.territory)


def due_days_of(opened: Call) -> list[tuple[date | None, int]]:
    """List the days by which a call was put to its debtors, and how many have each."""
    rows = opened.obligations.order_by("due_on").values_list("due_on").annotate(Count("pk"))
    return [(day, number) for day, number in rows]


def pleas(actor: Actor) -> QuerySet[Plea]:
    """List what entities ask, as far as the actor may read it, the oldest first.

    ``granted_until`` is the day up to which time was given by the act that a granted one led to.
    """
    told = Plea.objects.select_related("obligation__call", "obligation__debtor")
    by_then = Extension.objects.filter(obligation=OuterRef("obligation"), entry__lt=OuterRef("decision_entry"))
    told = told.annotate(granted_until=Subquery(by_then.order_by("-entry").values("due_on")[:1]))
    return pleas_readable_by(actor, told).order_by("entry")


def undecided(actor: Actor) -> QuerySet[Plea]:
    """List what entities ask and nobody decided yet, as far as the actor may read it, the oldest first."""
    return pleas(actor).filter(granted=None)


def plea(actor: Actor, pk: int) -> Plea:
    """Find what an entity asks if the actor may read it; Missing otherwise."""
    found = pleas(actor).filter(pk=pk).first()
    if found is None:
        raise Missing("plea-unknown")
    return found


def asked(plea: Plea) -> Asked:
    """Read a plea as it is recorded; its call and its debtor should be at hand."""
    owed = plea.obligation
    return Asked(
        call=owed.call.code,
        debtor=owed.debtor.ref,
        period=owed.period,
        subject=owed.subject,
        until=plea.until,
        reason=plea.reason,
        on=plea.asked_on,
        by=plea.by_id,
    )


def sealed_contents() -> Iterator[Content]:
    """Rebuild from the tables what stands behind every entry of this room."""
    yield from rebuilt(Call.objects.select_related("since__instrument"), _opened)
    yield from rebuilt(Call.objects.all(), lambda each: closing_content(each.code), entry="closing_entry")
    added = Obligation.objects.select_related("call", "debtor", "scope")
    yield from rebuilt(added, lambda each: added_content(each.call.code, debt_of(each)))
    told = ("obligation__call", "obligation__debtor")
    yield from rebuilt(Extension.objects.select_related(*told), lambda each: act_content(extension_act(each)))
    yield from rebuilt(Waiver.objects.select_related(*told), lambda each: act_content(waiver_act(each)))
    yield from rebuilt(Holiday.objects.all(), lambda each: holiday_content(each.calendar, declared(each)))
    yield from rebuilt(Plea.objects.select_related(*told), lambda each: plea_content(asked(each)))
    yield from rebuilt(Plea.objects.select_related(*told), plea_decision, entry="decision_entry")


def _opened(each: Call) -> Plain:
    expect(found=each.state, due=CallState.CLOSED if each.closing_entry_id else CallState.OPEN)
    strays = each.obligations.filter(entry=None).exclude(scope__call=each).count()
    expect(found=strays, due=0)  # a scope of another call, even of the same items, was never theirs
    return content_of(each)


def plea_decision(plea: Plea) -> dict[str, Plain]:
    """Say what stands behind the decision about a plea."""
    return plea_decision_content(asked(plea), granted=bool(plea.granted), on=plea.decided_on, answer=plea.answer)


def content_of(opened: Call) -> dict[str, Plain]:
    """Say what stands behind an opening; the action records exactly this, and verification rebuilds it."""
    return opening_content(_terms(opened), _scopes(opened), _debts(opened))


def extension_act(extension: Extension) -> Act:
    """Read an extension as it is recorded."""
    return _act(extension.obligation, extension.reason, extension.act, extension)


def waiver_act(waiver: Waiver) -> Act:
    """Read a waiver as it is recorded."""
    return _act(waiver.obligation, waiver.reason, waiver.act, None)


def transfer_act(transfer: Transfer) -> dict[str, Plain]:
    """Read a transfer as it is recorded, without where it goes."""
    return act_content(_act(transfer.obligation, transfer.reason, transfer.act, None))


def _act(owed: Obligation, reason: str, act: str, extension: Extension | None) -> Act:
    debtor = f"{owed.debtor.source}:{owed.debtor.source_id}"
    due_on = extension.due_on if extension else None
    return Act(owed.call.code, debtor, owed.period, owed.subject, reason, act, due_on)


def _terms(opened: Call) -> CallTerms:
    put = CallEdition.objects.filter(call=opened).order_by("order", "pk")
    editions = put.values_list("edition__instrument__code", "edition__code")
    return CallTerms(
        code=opened.code,
        title=opened.title,
        editions=tuple(f"{instrument}/{edition}" for instrument, edition in editions),
        audience=opened.audience,
        opens_on=opened.opens_on,
        due_on=opened.due_on,
        period=opened.period,
        expects=opened.expects,
        asks_target=opened.asks_target,
        asks_responsible=opened.asks_responsible,
        asks_budget=opened.asks_budget,
        visibility=opened.visibility,
        historical=opened.historical,
        remedy_days=opened.remedy_days,
        since=f"{opened.since.instrument.code}/{opened.since.code}" if opened.since else "",
        plan_type=opened.plan_type,
        calendar=opened.calendar,
        follows=opened.follows.code if opened.follows else "",
        locks_on=opened.locks_on,
    )


def _scopes(opened: Call) -> dict[str, list[str]]:
    scopes: dict[str, list[str]] = {digest: [] for digest in opened.scopes.values_list("digest", flat=True)}
    named = ("scope__digest", "item__edition__instrument__code", "item__edition__code", "item__role", "item__code")
    for digest, instrument, edition, role, code in ScopeItem.objects.filter(scope__call=opened).values_list(*named):
        scopes[digest].append(item_ref(f"{instrument}/{edition}", role, code))
    return scopes


def _debts(opened: Call) -> Iterator[Debt]:
    told = (
        "debtor__source", "debtor__source_id", "period", "subject", "scope__digest", "due_on", "level_id", "territory",
    )  # fmt: skip
    frozen = opened.obligations.filter(entry=None)
    for source, source_id, *rest in frozen.values_list(*told).iterator(CHUNK):
        yield Debt(f"{source}:{source_id}", *rest)


def debt_of(owed: Obligation) -> Debt:
    """Read one obligation as it is recorded; its debtor and its scope should be at hand."""
    expect(found=owed.scope.call_id, due=owed.call_id)
    told = (owed.period, owed.subject, owed.scope.digest, owed.due_on, owed.level_id or "", owed.territory)
    return Debt(owed.debtor.ref, *told)


def _coded(calls: QuerySet[Call], code: str) -> Call:
    found = None if "\0" in code else calls.filter(code=code).first()  # which no code holds, and PostgreSQL refuses
    if found is None:
        raise Missing("call-unknown", call=code)
    return found
