"""Reading indicators: which items have one, the sheet that holds for each, and what entities reported of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from yupana.domain.entities.queries import reached
from yupana.domain.instruments.facts import ItemRole, item_ref
from yupana.domain.instruments.models import Item
from yupana.domain.instruments.queries import row_of
from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.queries import with_due
from yupana.domain.obligations.rules import Expects, Visibility
from yupana.domain.progress.facts import sheet_content
from yupana.domain.progress.models import Measured, Sheet
from yupana.domain.progress.rules import Said, SheetSource, said_of
from yupana.domain.progress.rules.periods import closes
from yupana.domain.progress.rules.sheets import Draft, SheetFields, Terms, drafted
from yupana.domain.submissions.models import Step
from yupana.domain.submissions.queries import with_accepted
from yupana.domain.submissions.rules import State
from yupana.foundation.ledger.rebuilding import rebuilt

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from yupana.domain.instruments.models import Edition
    from yupana.domain.obligations.models import Call
    from yupana.domain.obligations.queries import DueObligation
    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.ledger.queries import Content

MEASURED_ROLES = (ItemRole.TARGET.value, ItemRole.INDICATOR.value)


@dataclass(frozen=True, slots=True)
class Reported:
    """What accepted reports say of one indicator: by body and period; and which periods each body was asked for."""

    said: dict[int, dict[str, Said]] = field(default_factory=lambda: defaultdict(dict))
    asked: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


def measured_by_sheet(edition: Edition) -> QuerySet[Item]:
    """Select the items of an edition that an indicator may be set for, in reading order."""
    items = Item.objects.filter(edition=edition, role__in=MEASURED_ROLES).order_by("order")
    return items.select_related("edition__instrument", "parent")


def sheet_of(item: Item) -> Sheet | None:
    """Find the sheet that holds for an item: the one that was recorded last."""
    return item.sheets.order_by("-entry").first()


def sheets_of(edition: Edition) -> dict[int, Sheet]:
    """Find the sheets that hold for the items of an edition, by item."""
    sheets = Sheet.objects.filter(item__edition=edition).select_related("item").order_by("entry")
    return {each.item_id: each for each in sheets}


def draft_of(item: Item, terms: Terms | None = None) -> Draft:
    """Make the sheet of an item from what the edition says; see ``rules.sheets.drafted``."""
    row = row_of(item)
    return drafted(row.text, row.target, row.due_on, terms or Terms())


def fields_of(sheet: Sheet) -> SheetFields:
    """Return what a sheet says, as an action takes it."""
    told: dict[str, Any] = {each.name: getattr(sheet, each.name) for each in fields(SheetFields)}
    return SheetFields(**{**told, "gaps": tuple((kind, text) for kind, text in sheet.gaps)})


def name_of(item: Item) -> str:
    """Name an item in contents: "INSTRUMENT/EDITION#role:code"."""
    return item_ref(f"{item.edition.instrument.code}/{item.edition.code}", item.role, item.code)


def reported(sheets: Collection[Sheet], calls: QuerySet[Call], *, as_of: date) -> dict[int, Reported]:
    """Read what was reported of indicators under some calls, by item: of periods whose reports were due by a day.

    Whoever was waived, or passed what it owed on, was not asked. Queries grow with audiences and due calls, not with
    indicators or entities.
    """
    told = {each.item_id: Reported() for each in sheets if each.source == SheetSource.REPORT and each.audience}
    if not told:
        return told
    every = _owed(calls, {each.item.edition_id for each in sheets})
    owed = [each for each in every if _is_due(each, as_of)]
    versions = _versions(every, as_of)
    for each, body in _asked([sheet for sheet in sheets if sheet.item_id in told], owed):
        told[each].asked[body.debtor_id].append(body.period)
    for value in Measured.objects.filter(submission__in=versions, item__in=told):
        version = versions[value.submission_id]
        if version.period in told[value.item_id].asked.get(version.debtor_id, ()):
            told[value.item_id].said[version.debtor_id][version.period] = said_of(value, value.gap)
    return told


def _owed(calls: QuerySet[Call], editions: set[int]) -> list[Any]:
    """Select the reports that are owed, each with the version that was accepted last."""
    asking = calls.filter(expects=Expects.PROGRESS, editions__in=editions).exclude(entry=None)
    found: QuerySet[Any] = with_due(with_accepted(Obligation.objects.filter(call__in=asking.values("pk"))))
    return list(found.filter(is_waived=False, is_transferred=False).select_related("call").order_by("pk"))


def _is_due(each: DueObligation, as_of: date) -> bool:
    return each.effective_due is None or each.effective_due <= as_of


def _versions(every: Sequence[Any], as_of: date) -> dict[int, Any]:
    """Say which versions count on a day, and what each answers: the one accepted last.

    Of restricted reports none counts before all of its period are due, under whatever call, and one of each body is
    accepted. Then those count that stood when the last body's came: of two days or two looks nobody takes one body's
    value from the difference.
    """
    closed: dict[str, list[Any]] = defaultdict(list)
    found = {}
    for each in every:
        if each.call.visibility == Visibility.RESTRICTED:
            closed[each.period].append(each)
        elif each.accepted_id and _is_due(each, as_of):
            found[each.accepted_id] = each
    accepted = _accepted([each.pk for some in closed.values() for each in some])
    for some in closed.values():
        came = sorted((accepted[each.pk][0][0], each.debtor_id) for each in some if each.pk in accepted)
        first = {body: step for step, body in reversed(came)}
        if {each.debtor_id for each in some} != first.keys() or not all(_is_due(each, as_of) for each in some):
            continue
        for each in some:
            stood = [version for step, version in accepted.get(each.pk, ()) if step <= max(first.values())]
            found |= dict.fromkeys(stood[-1:], each)
    return found


def _accepted(owed: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """List by obligation its accepted versions in order, each after the entry by which it was accepted."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    steps = Step.objects.filter(submission__obligation__in=owed, after=State.ACCEPTED).order_by("entry_id")
    for one, entry, version in steps.values_list("submission__obligation", "entry", "submission") if owed else ():
        found[one].append((entry, version))
    return found


def _asked(sheets: Sequence[Sheet], owed: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    """Say who was asked for what, and how often: the audience of the sheet that holds, at the opening of the call."""
    audiences = {each.audience for each in sheets}
    days = {each.call.opens_on for each in owed}
    reach = {day: reached(sorted(audiences), on=day) for day in sorted(days)}
    for each in owed:
        for sheet in sheets:
            if not closes(sheet.frequency, each.period):
                continue
            bodies = reach[each.call.opens_on][sheet.audience]
            if isinstance(bodies, frozenset) and each.debtor_id in bodies:
                yield sheet.item_id, each


def sealed_contents() -> Iterator[Content]:
    """What stands behind the entries of sheets: for verification."""
    sheets = Sheet.objects.select_related("item__edition__instrument")

    def content(sheet: Sheet) -> Plain:
        return sheet_content(name_of(sheet.item), fields_of(sheet).plain())

    yield from rebuilt(sheets, content)
