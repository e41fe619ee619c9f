"""Reading plans: their rows, what each row answers in the end, and what stands behind every entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    Subquery,
    When,
    prefetch_related_objects,
)

from yupana.domain.commitments import likenesses
from yupana.domain.commitments.facts import (
    HEADER,
    MONEY,
    MORE_HEADER,
    MORE_ROW,
    ROW,
    AlsoAnswers,
    Money,
    PlanRow,
    Value,
    partner_content,
    plan_content,
    reclassification_content,
    transfer_content,
    year_one_content,
)
from yupana.domain.commitments.models import Activity, Also, Partnership, Reclassification, YearOne
from yupana.domain.instruments.facts import item_ref
from yupana.domain.instruments.models import Item
from yupana.domain.obligations.models import Obligation, Transfer
from yupana.domain.obligations.queries import transfer_act, with_due
from yupana.domain.obligations.rules import Expects, Visibility
from yupana.domain.submissions.models import Step
from yupana.domain.submissions.policy import AUTHORITY
from yupana.domain.submissions.queries import all_with_debtors, found, state_due, subject_of, with_accepted
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.ledger.rebuilding import expect, rebuilt

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from django.db.models import QuerySet
    from django_stubs_ext import WithAnnotations

    from yupana.domain.obligations.queries import DueObligation
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.ledger.queries import Content


class Answered(TypedDict):
    """What ``with_answered`` adds to a row."""

    reviewed_by: int | None
    answered_id: int | None


if TYPE_CHECKING:
    AnsweredActivity = WithAnnotations[Activity, Answered]


def with_answered(activities: QuerySet[Activity]) -> QuerySet[AnsweredActivity]:
    """Annotate ``answered_id``: the item a row answers in the end, its reviewer's word before its own (NULL: none)."""
    last = Reclassification.objects.filter(activity=OuterRef("pk")).order_by("-entry_id")
    return activities.annotate(
        reviewed_by=Subquery(last.values("entry_id")[:1]),
        answered_id=Case(
            When(reviewed_by__isnull=False, then=Subquery(last.values("item_id")[:1])),
            default=F("item_id"),
            output_field=BigIntegerField(),
        ),
    )


def owed_publicly() -> QuerySet[DueObligation]:
    """What public calls that were opened ask of bodies, annotated with all that a standing follows from."""
    put = Obligation.objects.filter(call__visibility=Visibility.PUBLIC).exclude(call__entry=None)
    return with_due(with_accepted(put))


def naming(item: int) -> QuerySet[Activity, int]:
    """Keys of the rows that name an item, or were ever placed there: those in which to look for its answers."""
    moved = Reclassification.objects.filter(item=item).values_list("activity", flat=True)
    beside = Also.objects.filter(item=item).order_by().values_list("activity", flat=True)
    return Activity.objects.filter(item=item).order_by().values_list("pk", flat=True).union(moved, beside)


def answers(item: int) -> Q:
    """Say of rows `with_answered` whether they answer an item: first of all, or beside another one."""
    return Q(answered_id=item) | Q(Exists(Also.objects.filter(activity=OuterRef("pk"), item=item)))


def answering(item: int) -> QuerySet[Activity, int]:
    """Keys of the obligations whose plan, as it was accepted last, answers an item after review."""
    accepted = Step.objects.filter(submission__obligation=OuterRef("submission__obligation"), after=State.ACCEPTED)
    last = Subquery(accepted.order_by("-entry_id").values("submission")[:1])
    rows = with_answered(Activity.objects.filter(pk__in=naming(item), submission=last)).filter(answers(item))
    return rows.order_by().values_list("submission__obligation", flat=True)


def rows_of(actor: Actor, submission: int) -> QuerySet[AnsweredActivity]:
    """The rows of a version that the actor may read, in order, with ``answered_id`` and their reviews."""
    version = found(actor, submission)
    rows = with_answered(Activity.objects.filter(submission=version)).select_related("item")
    return rows.prefetch_related("reclassifications__item").order_by("row")


def row_for_review(actor: Actor, submission: int, row: int) -> AnsweredActivity:
    """One row of a version that the actor may read, or Missing."""
    activity = rows_of(actor, submission).select_related("submission__obligation").filter(row=row).first()
    if activity is None:
        raise Missing("row-unknown", row=row)
    return activity


def last_row(obligation: int) -> int:
    """The highest number that any version of a plan used, or about which a partner was asked; one query."""
    written = Activity.objects.filter(submission__obligation=obligation).order_by().values("submission__obligation")
    asked = Partnership.objects.filter(obligation=obligation).values("obligation")
    tops: Iterator[QuerySet[Any, int]] = (
        each.annotate(top=Max("row")).values_list("top", flat=True) for each in (written, asked)
    )
    return max([0, *next(tops).union(*tops)])


def names_used(obligation: int, *, beside: int = 0) -> dict[int, set[str]]:
    """What the rows of a plan were called, by number: in all its versions, and where a partner was asked; one query.

    ``beside``: without the rows of that version. What was said of a number (a question, a remark, that it is like
    another one) was said of its words: it never goes to others.
    """
    written = Activity.objects.filter(submission__obligation=obligation).exclude(submission=beside).order_by()
    asked = Partnership.objects.filter(obligation=obligation).values_list("row", "activity")
    found: dict[int, set[str]] = {}
    for row, name in written.values_list("row", "name").union(asked):
        found.setdefault(row, set()).add(name)
    return found


def partnerships(actor: Actor) -> QuerySet[Partnership]:
    """Who was asked to take part in what, as far as the actor may know: its owner, who was asked, and the authority."""
    told = Partnership.objects.select_related("obligation__call", "obligation__debtor", "partner").order_by("pk")
    if actor.operator or actor.has(*AUTHORITY):
        return told
    mine = actor.entities(Role.ENTITY_PLANNER, Role.EXECUTIVE)
    return told.filter(Q(obligation__debtor__in=mine) | Q(partner__in=mine))


def partnership(actor: Actor, pk: int) -> Partnership:
    """One of them; Missing where there is none for this reader."""
    found = partnerships(actor).filter(pk=pk).first()
    if found is None:
        raise Missing("partnership-unknown")
    return found


def year_one_of(obligation: int) -> int | None:
    """The year that "Año 1" means in a plan, None while nobody confirmed it."""
    return YearOne.objects.filter(obligation=obligation).values_list("year", flat=True).first()


def item_names(wanted: Collection[int | None] | None = None) -> dict[int, str]:
    """Names of items in contents, "INSTRUMENT/EDITION#role:code" by key: of the wanted ones, or of all."""
    items = Item.objects.all() if wanted is None else Item.objects.filter(pk__in=[key for key in wanted if key])
    parts = items.values_list("pk", "edition__instrument__code", "edition__code", "role", "code")
    return {
        pk: item_ref(f"{instrument}/{edition}", role, code) for pk, instrument, edition, role, code in parts.iterator()
    }


def scope_items(obligations: Sequence[Obligation]) -> dict[int, dict[str, list[int]]]:
    """By scope: the items that its rows may answer, under their long name and under "role:code"."""
    scopes = {obligation.scope_id for obligation in obligations}
    parts = Item.objects.filter(scopes__in=scopes).values_list(
        "scopes", "pk", "edition__instrument__code", "edition__code", "role", "code"
    )
    items: dict[int, dict[str, list[int]]] = {scope: {} for scope in scopes}
    for scope, pk, instrument, edition, role, code in parts:
        for name in (f"{role}:{code}", item_ref(f"{instrument}/{edition}", role, code)):
            items[scope].setdefault(name, []).append(pk)
    return items


_ROWS = ("also", "programmed", "lines")
PARTS = ("activities", *(f"activities__{each}" for each in _ROWS), "documents", "justifications")


def fetch_parts(versions: Sequence[Submission]) -> None:
    """Fetch all that some versions hold, in six queries, for `content_of`."""
    prefetch_related_objects(versions, *PARTS)


def content_of(version: Submission, names: Mapping[int, str]) -> dict[str, Plain]:
    """What is sealed when a version is handed in. Its parts should be at hand: `fetch_parts`."""
    header: dict[str, Plain] = {field: getattr(version, field) for field in HEADER}
    more: dict[str, Plain] = {
        "documents": [[each.kind, each.name, each.digest, each.size] for each in version.documents.all()],
        "justifications": [[each.row, each.rule, each.text] for each in version.justifications.all()],
    }
    header |= _said({field: getattr(version, field) for field in MORE_HEADER} | more)
    return plan_content(subject_of(version), header, [_row_content(row, names) for row in version.activities.all()])


def with_parts(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Fetch with each row, in three more queries, what it holds more than one of."""
    return rows.prefetch_related(*_ROWS)


def plan_rows(version: Submission) -> list[PlanRow]:
    """Return the rows of a version as an action takes them, their items by the long name; five queries."""
    rows = list(with_parts(Activity.objects.filter(submission=version)).order_by("row"))
    names = item_names(items_of(rows))
    return [plan_row(row, names) for row in rows]


def plan_row(row: Activity, names: Mapping[int, str]) -> PlanRow:
    """Return one row, which should come `with_parts`, as an action takes it."""
    return PlanRow(
        **{field: getattr(row, field) for field in (*ROW, *MORE_ROW)},
        item=names.get(row.item_id or 0, ""),
        also=tuple(AlsoAnswers(names[each.item_id], each.share_bp) for each in row.also.all()),
        programmed=tuple(Value(each.period, each.value) for each in row.programmed.all()),
        money=money_of(row),
    )


def money_of(row: Activity) -> tuple[Money, ...]:
    """Return the lines of its budget."""
    return tuple(Money(**{field: getattr(each, field) for field in MONEY}) for each in row.lines.all())


def items_of(rows: Iterable[Activity]) -> set[int | None]:
    """Keys of all items that rows, which should come `with_parts`, say they answer."""
    return {key for row in rows for key in (row.item_id, *(each.item_id for each in row.also.all()))}


def _row_content(row: Activity, names: Mapping[int, str]) -> dict[str, Plain]:
    told: dict[str, Plain] = {field: getattr(row, field) for field in ROW}
    more: dict[str, Plain] = {field: getattr(row, field) for field in MORE_ROW} | {
        "also": [[names.get(each.item_id, ""), each.share_bp] for each in row.also.all()],
        "programmed": [[each.period, each.value] for each in row.programmed.all()],
        "money": [[getattr(each, field) for field in MONEY] for each in row.lines.all()],
        "carried": row.carried,
    }
    return {"item": names.get(row.item_id or 0, ""), **told, **_said(more)}


def _said(more: Mapping[str, Plain]) -> dict[str, Plain]:
    """Leave out what says nothing, so that what was sealed before it could be said reads as ever."""
    return {name: value for name, value in more.items() if value}


def sealed_contents() -> Iterator[Content]:
    """What stands behind every entry of this room: plans handed in, reclassifications, likenesses, first years."""
    names = item_names()

    def handed_in(version: Submission) -> Plain:
        expect(found=version.state, due=state_due(version))
        return content_of(version, names)

    def reviewed(review: Reclassification) -> Plain:
        subject = subject_of(review.activity.submission)
        return reclassification_content(subject, review.activity.row, names.get(review.item_id or 0, ""), review.reason)

    plans = all_with_debtors().filter(obligation__call__expects=Expects.PLAN)
    yield from rebuilt(plans.prefetch_related(*PARTS, "steps"), handed_in)
    told = ("activity__submission__obligation__call", "activity__submission__obligation__debtor")
    yield from rebuilt(Reclassification.objects.select_related(*told), reviewed)
    passed = Transfer.objects.select_related(
        *(f"{end}__{of}" for end in ("obligation", "to") for of in ("call", "debtor"))
    )
    went = "obligation__row_transfers__to"
    yield from rebuilt(passed.prefetch_related(f"{went}__call", f"{went}__debtor"), _transferred)
    yield from likenesses.sealed_contents()
    asked = Partnership.objects.select_related("obligation__call", "obligation__debtor", "partner")
    yield from rebuilt(asked, partner_asked)
    yield from rebuilt(asked, partner_answered, entry="answer_entry")
    yield from rebuilt(YearOne.objects.select_related("obligation__call", "obligation__debtor"), _year_one)


def _transferred(transfer: Transfer) -> Plain:
    rows = [
        (each.row, each.to.call.code, each.to.debtor.ref, each.to_row)
        for each in transfer.obligation.row_transfers.all()
    ]
    expect(found={each.entry_id for each in transfer.obligation.row_transfers.all()} - {transfer.entry_id}, due=set())
    return transfer_content(transfer_act(transfer), f"{transfer.to.call.code}@{transfer.to.debtor.ref}", rows)


def partner_asked(asked: Partnership) -> dict[str, Plain]:
    """Say what stands behind a question."""
    call, debtor = asked.obligation.call.code, asked.obligation.debtor.ref
    told = (call, debtor, asked.row, asked.partner.ref, asked.part)
    return partner_content(*told, on=asked.asked_on, name=asked.activity)


def partner_answered(asked: Partnership) -> dict[str, Plain]:
    """Say what stands behind an answer."""
    call, debtor = asked.obligation.call.code, asked.obligation.debtor.ref
    told = partner_content(call, debtor, asked.row, asked.partner.ref, asked.answer, on=asked.answered_on)
    return told | {"confirmed": asked.confirmed}


def _year_one(year: YearOne) -> Plain:
    return year_one_content(year.obligation.call.code, year.obligation.debtor.ref, year.year)
