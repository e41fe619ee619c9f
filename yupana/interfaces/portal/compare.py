"""Two editions of a plan compared: what changed, how much of it, in words and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from yupana.domain.instruments.rules.changes import ChangeKind
from yupana.domain.instruments.rules.compare import summary
from yupana.interfaces import sending
from yupana.interfaces.portal import changed
from yupana.interfaces.portal.asked import asked, one_of, page_number, query_of
from yupana.interfaces.portal.books import editions_of, published, put_to_all
from yupana.interfaces.portal.page import foot, public_page
from yupana.interfaces.words import label
from yupana.projections.overviews import compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

    from yupana.domain.instruments.facts import ItemFact
    from yupana.domain.instruments.public import EditionCard
    from yupana.domain.instruments.rules.changes import Change
    from yupana.projections.overviews.compare import Compared

MOST = 20_000  # characters of a page of changes
AROUND = 500  # characters' worth of what stands around each
FIELDS = ("text", "body", "legal_basis", "due_on", "audience", "stake", "transition")


@public_page
def changes(request: HttpRequest, instrument: str, code: str) -> HttpResponse:
    """Show what an edition changed in another one, by default in the one before it."""
    when = asked(request)
    after = published(instrument, code)
    before = _before(request, after)
    both = compare.compared(before, after) if before else None
    context = {
        "here": "plan",
        "asked": when,
        "foot": foot(when),
        "edition": after,
        "before": before,
        "item_page": "portal:item",
        "others": [each for each in editions_of(instrument) if each.id != after.id],
        **_listed(request, both, before.code if before else ""),
    }
    return render(request, "portal/changes.html", context)


@public_page
def proposed(request: HttpRequest, instrument: str, code: str) -> HttpResponse:
    """Show what a draft in consultation would change in the edition that was published last."""
    put = put_to_all(instrument, code)
    if not put.is_open:
        return redirect("portal:consultation", instrument, code)
    when, before = asked(request), next(iter(editions_of(instrument)), None)
    both = compare.compared(before, put) if before else None
    context = {
        "here": "plan",
        "asked": when,
        "foot": foot(when),
        "put": put,
        "takes": put.last.takes(timezone.localdate()),
        "edition": put,
        "before": before,
        "item_page": "portal:put_item",
        **_listed(request, both),
    }
    return render(request, "portal/consultation_changes.html", context)


def _listed(request: HttpRequest, both: Compared | None, origin: str = "") -> dict[str, object]:
    """Put one page of changes into words, of the kind that is asked for; with how many there are of each."""
    found = both.changes if both else ()
    kind = one_of(request, "kind", {each.value for each in ChangeKind})
    pages = _pages(_chosen(found, kind))
    page = page_number(request)
    if not 0 < page <= len(pages):
        raise Http404
    return {
        "counts": [(each.value, label(each), number) for each, number in summary(found).items()],
        "touched": sum(bool(change.said) for change in found),
        "kind": kind,
        "changes": [changed.told(change, both.before, both.after) for change in pages[page - 1]] if both else (),
        "page": page,
        "pages": len(pages),
        "query": query_of(**{"from": origin}, kind=kind, as_of=request.GET.get("as_of", "")),
    }


@public_page
def as_json(request: HttpRequest, instrument: str, code: str) -> JsonResponse:
    """Give every change as data."""
    before, after, found = _asked_for(request, instrument, code)
    told = {
        "before": before.ref,
        "after": after.ref,
        "counts": {kind.value: number for kind, number in summary(found).items()},
        "changes": [_plain(change) for change in found],
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@public_page
def as_table(request: HttpRequest, instrument: str, code: str) -> StreamingHttpResponse:
    """Give every change as a table: one row for each thing that is said differently."""
    before, after, found = _asked_for(request, instrument, code)
    head = ["kinds", "item_before", "item_after", "field", "before", "after"]
    return sending.table(f"{instrument}-{before.code}-{after.code}", _table(found), head)


def _asked_for(request: HttpRequest, instrument: str, code: str) -> tuple[EditionCard, EditionCard, Sequence[Change]]:
    after = published(instrument, code)
    before = _before(request, after)
    if before is None:
        raise Http404
    return before, after, compare.compared(before, after).changes


def _before(request: HttpRequest, after: EditionCard) -> EditionCard | None:
    """Find the edition that was asked for, else the one published before; None for the first of all."""
    named = request.GET.get("from", "")
    if named and named != after.code:
        return published(after.instrument, named)
    if named:
        raise Http404
    every = editions_of(after.instrument)
    at = [each.id for each in every].index(after.id)
    return every[at + 1] if at + 1 < len(every) else None


def _chosen(found: Iterable[Change], kind: str) -> list[Change]:
    """Keep the changes of one kind; without one all but those that only follow from others."""
    return [change for change in found if (kind in change.kinds if kind else change.said)]


def _pages(found: Sequence[Change]) -> list[list[Change]]:
    pages: list[list[Change]] = [[]]
    used = 0
    for change in found:
        cost = AROUND + changed.cost(change)
        if pages[-1] and used + cost > MOST:
            pages.append([])
            used = 0
        pages[-1].append(change)
        used += cost
    return pages


def _plain(change: Change) -> dict[str, object]:
    return {
        "lineage": change.lineage,
        "kinds": sorted(kind.value for kind in change.kinds),
        "before": change.before.row.key if change.before else None,
        "after": change.after.row.key if change.after else None,
        "fields": {name: [was, now] for name, was, now in _fields(change)},
        "origins": [[origin.kind.value, origin.lineage] for origin in change.origins],
        "heirs": list(change.heirs),
    }


def _table(found: Iterable[Change]) -> Iterator[list[object]]:
    for change in found:
        keys = [each.row.key if each else None for each in (change.before, change.after)]
        kinds = " ".join(sorted(kind.value for kind in change.kinds))
        told = list(_fields(change))
        for name, was, now in told:
            yield [kinds, *keys, name, was, now]
        if not told:
            yield [kinds, *keys, None, None, None]


def _fields(change: Change) -> Iterator[tuple[str, object, object]]:
    """Yield what is said differently; of an item that came or left all that it says or said."""
    one, two = (_said(each) for each in (change.before, change.after))
    for name in {**one, **two}:
        if one.get(name) != two.get(name):
            yield name, one.get(name), two.get(name)


def _said(item: ItemFact | None) -> Mapping[str, object]:
    if item is None:
        return {}
    row = item.row
    told = {name: getattr(row, name) for name in FIELDS}
    told |= {
        "item": row.key,
        "parent": "{}:{}".format(*row.parent) if row.parent else "",
        "weight": item.weight,
        "binds": item.binds,
        "target": str(row.target.plain()) if row.target else "",
    }
    return {
        name: str(value) if name in {"due_on", "transition"} else value
        for name, value in told.items()
        if value not in (None, "")
    }
