"""What an activity takes along into the plan of a successor: a reviewer's word, its first year, its partners."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from yupana.domain.commitments.facts import carried_content
from yupana.domain.commitments.models import Activity, Justification, Partnership, Reclassification
from yupana.domain.commitments.queries import (
    item_names,
    items_of,
    partner_answered,
    partner_asked,
    plan_row,
    with_answered,
    with_parts,
    year_one_of,
)
from yupana.domain.commitments.rules import Fate, Kind, in_calendar_years, read_date
from yupana.domain.obligations.rules import Visibility
from yupana.domain.submissions.models import Document
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger.actions import BATCH, record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from yupana.domain.commitments.facts import PlanRow
    from yupana.domain.obligations.models import Obligation
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.ledger.models import Entry


@dataclass(frozen=True, slots=True)
class Passing:
    """An activity on its way into a new version: its number so far, and as it is to stand.

    ``carried`` as on `Activity`. Where a reviewer moved it, ``reason`` says why and ``answered`` is the item that it
    answers from now on (None: none that its new owner owes).
    """

    was: int
    row: PlanRow
    carried: dict[str, str] | None
    answered: int | None = None
    reason: str = ""


def passing(version: Submission, owed: Mapping[str, Sequence[int]]) -> list[Passing]:
    """Read the activities of a version as they stand after review; ``owed`` are the items of their new owner."""
    rows = list(with_answered(with_parts(Activity.objects.filter(submission=version))).order_by("row"))
    names = item_names({*items_of(rows), *(row.answered_id for row in rows)})
    moved = Reclassification.objects.filter(activity__submission=version).order_by("entry")
    reasons = dict(moved.values_list("activity", "reason"))
    return [_passing(row, names, owed, reasons.get(row.pk, "")) for row in rows]


def _passing(
    row: Any,  # noqa: ANN401 (an activity with what was annotated to it)
    names: Mapping[int, str],
    owed: Mapping[str, Sequence[int]],
    reason: str,
) -> Passing:
    told = _fitted(plan_row(row, names), owed, reviewed=bool(reason))
    was = names.get(row.answered_id or 0, "")
    answered = row.answered_id if len(owed.get(was, ())) == 1 else None
    lost = bool(was) and (answered is None if reason else not told.item)
    carried = carried_content(was, Fate.NOT_OWED) if lost else row.carried
    return Passing(row.row, told, carried, answered if reason else None, reason)


def _fitted(row: PlanRow, owed: Mapping[str, Sequence[int]], *, reviewed: bool) -> PlanRow:
    """Leave of what a row answers only what its new owner owes; another one comes first unless a reviewer decides."""
    left = [each for each in (row.item, *(also.item for also in row.also)) if len(owed.get(each, ())) == 1]
    first = row.item if row.item in left else "" if reviewed else next(iter(left), "")
    return replace(row, item=first, also=tuple(each for each in row.also if each.item in left and each.item != first))


def in_years_of(owed: Obligation, rows: Sequence[Passing], source: Obligation, own: Sequence[Passing]) -> list[Passing]:
    """Write the days of rows so that they mean in another plan what they meant in their own.

    "Año 1" becomes the year that it was, unless it is the same year in both. Refused where nobody ever said which one
    it was, and the other plan says it of its own rows.
    """
    theirs, year = year_one_of(owed.pk), year_one_of(source.pk)
    if year is None:
        if _counts_years(rows) and (theirs is not None or _counts_years(own)):
            raise Refused("transfer-year-open", entity=source.debtor.name)
        return list(rows)
    if year == theirs:
        return list(rows)
    return [
        replace(
            each,
            row=replace(
                each.row,
                starts=in_calendar_years(each.row.starts, year_one=year),
                ends=in_calendar_years(each.row.ends, year_one=year),
            ),
        )
        for each in rows
    ]


def _counts_years(rows: Sequence[Passing]) -> bool:
    """Whether any row counts years from the first one of its plan."""
    texts = (text for each in rows for text in (each.row.starts, each.row.ends))
    return any(read_date(text, year_one=None).kind is Kind.RELATIVE for text in texts)


def say_where_from(rows: Sequence[Passing], stored: Sequence[Activity]) -> None:
    """Keep on each stored row which item it answered before, where that is known."""
    told = []
    for each, activity in zip(rows, stored, strict=True):
        if each.carried is not None:
            activity.carried = each.carried
            told.append(activity)
    Activity.objects.bulk_update(told, ["carried"], batch_size=BATCH)


def take_papers(made: Submission, whole: Submission) -> None:
    """Give a new version the documents of the one before it; not those of which an act erased the name."""
    if whole.entry_id is None or hasattr(whole.entry, "erasure"):
        return
    Document.objects.bulk_create(
        [
            Document(
                submission=made,
                **{name: getattr(each, name) for name in ("kind", "name", "digest", "media_type", "size")},
            )
            for each in whole.documents.all()
        ]
    )


def take_reasons(made: Submission, version: Submission, numbers: Mapping[int, int]) -> None:
    """Give it the justifications of another version, by the numbers that its rows have now (0: the whole plan)."""
    Justification.objects.bulk_create(
        [
            Justification(submission=made, rule=each.rule, row=numbers[each.row], text=each.text)
            for each in version.justifications.all()
            if each.row in numbers
        ]
    )


_OWN = ("id", "obligation", "row", "entry", "answer_entry")


def take_partners(source: Obligation, numbers: Mapping[int, tuple[Obligation, int]], on: date) -> None:
    """Keep whoever confirmed to take part in an activity beside it, in the words that they agreed to."""
    joined = Partnership.objects.filter(obligation=source, row__in=numbers, confirmed=True).select_related("partner")
    columns = [each.attname for each in Partnership._meta.concrete_fields if each.name not in _OWN]  # noqa: SLF001 (Django's documented API)
    for each in joined.order_by("pk"):
        owed, row = numbers[each.row]
        if each.partner_id == owed.debtor_id:
            continue  # its own activity now
        kept = Partnership(obligation=owed, row=row, **{name: getattr(each, name) for name in columns})
        kept.entry = _recorded("partner.asked", kept, on, partner_asked(kept))
        kept.answer_entry = _recorded("partner.answered", kept, on, partner_answered(kept))
        kept.save(force_insert=True)


def _recorded(verb: str, kept: Partnership, on: date, content: Plain) -> Entry:
    owed = kept.obligation
    codes: dict[str, str | int] = {
        "call": owed.call.code, "entity": owed.debtor.ref, "obligation": owed.pk, "row": kept.row,
    }  # fmt: skip
    return record(Fact(verb, codes, on, content, reserved=owed.call.visibility == Visibility.RESTRICTED))
