"""The public record and the formulas: what makes the rest of the portal worth believing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from yupana.interfaces.portal.asked import asked
from yupana.interfaces.portal.feed import told
from yupana.interfaces.portal.page import foot, public_page
from yupana.projections.overviews import record
from yupana.projections.overviews.printed import typed_code

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ENTRIES = 25
MOST_CODE = 60
MOST_TYPED = 500  # an address may be pasted
MOST_DIGITS = 18  # what fits into a position


@public_page
def verify(request: HttpRequest) -> HttpResponse:
    """Show the head of the record, how to verify it, and its entries from the newest (or ?before=) back.

    With ?code= lead to what that code on a printed plan stands for.
    """
    code = request.GET.get("code", "").strip()
    if code:
        seal = typed_code(code[:MOST_TYPED])
        return redirect("portal:verify_plan", seal="".join(seal.split()).replace("/", "-")[:MOST_CODE])
    when = asked(request)
    head = record.head()
    before = _before(request, head.size)
    context = {
        "here": "record",
        "asked": when,
        "foot": foot(when),
        "head": head,
        "entries": told(record.entries(before, ENTRIES)),
        "newest": before < head.size,
        "older": max(0, before - ENTRIES),
    }
    return render(request, "portal/verify.html", context)


@public_page
def entries(request: HttpRequest) -> StreamingHttpResponse:
    """Give every entry (below ?before=), one a line: whoever has them counts the root again."""
    size = _before(request, record.head().size)
    named = content_disposition_header(as_attachment=True, filename=f"registro-{size}.jsonl") or ""
    return StreamingHttpResponse(
        record.lines(size), content_type="application/jsonl", headers={"Content-Disposition": named}
    )


@public_page
def method(request: HttpRequest) -> HttpResponse:
    """Say the formulas in words."""
    when = asked(request)
    return render(request, "portal/method.html", {"here": "method", "asked": when, "foot": foot(when)})


def _before(request: HttpRequest, size: int) -> int:
    text = request.GET.get("before", "")
    if not text:
        return size
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS and 0 < int(text) <= size):
        raise Http404
    return int(text)
