"""An accepted plan on paper, its files, and what the code on a paper stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from yupana.foundation.kernel.errors import Missing
from yupana.interfaces import sending
from yupana.interfaces.portal.asked import asked
from yupana.interfaces.portal.page import foot, public_page
from yupana.projections.overviews import printed as paper

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

NOT_FOUND = 404


@public_page
def printed(request: HttpRequest, submission: int) -> HttpResponse:
    """Show a version that was accepted as it is printed."""
    found = paper.for_everybody(submission)
    when = asked(request)
    return render(
        request, "portal/print.html", {"here": "register", "asked": when, "foot": foot(when), "printed": found}
    )


@public_page
def document(request: HttpRequest, submission: int, digest: str) -> HttpResponseBase:
    """Give a file of an accepted version, to be kept, under its name; what is not public is not there."""
    found = paper.document_for_everybody(submission, digest)
    return sending.unchanging(request, found.digest, found.name, found.media_type)


@public_page
def verified(request: HttpRequest, seal: str) -> HttpResponse:
    """Say what the code on a paper stands for, and whether the record proves it."""
    when = asked(request)
    context: dict[str, object] = {"here": "record", "asked": when, "foot": foot(when), "seal": seal}
    try:
        context["found"] = paper.by_code(seal)
    except Missing:
        return render(request, "portal/verify_plan.html", context, status=NOT_FOUND)
    return render(request, "portal/verify_plan.html", context)
