"""An accepted plan on paper, its files, and what the code on a paper stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from yupana.foundation.kernel.errors import Missing
from yupana.foundation.vault import store as vault
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
    try:
        found = paper.for_everybody(submission)
    except Missing as error:
        raise Http404 from error
    when = asked(request)
    return render(
        request, "portal/print.html", {"here": "register", "asked": when, "foot": foot(when), "printed": found}
    )


@public_page
def document(request: HttpRequest, submission: int, digest: str) -> HttpResponseBase:
    """Give a file of an accepted version, to be kept, under its name; what is not public is not there."""
    try:
        found = paper.document_for_everybody(submission, digest)
        unchanged = get_conditional_response(request, etag=f'"{found.digest}"')
        if unchanged is not None:  # before the file is opened: nobody would close it
            return unchanged
        file = vault.open_(found.digest)
    except Missing as error:
        raise Http404 from error
    response = FileResponse(file, as_attachment=True, filename=found.name, content_type=found.media_type)
    response.headers["ETag"] = f'"{found.digest}"'
    return response


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
