"""Consultations: read what is put, item by item, say something about it without an account, and see who was answered.

The one write of the portal is here. Its form carries no CSRF token, and needs none: whoever sends it acts for nobody,
no session is read and no cookie is set, so another site can bring about nothing that it could not send by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from yupana.domain.instruments import public as instruments
from yupana.domain.instruments.actions.consulting import comment
from yupana.foundation.kernel.actor import NOBODY
from yupana.foundation.kernel.errors import Missing, Refused
from yupana.interfaces import words
from yupana.interfaces.portal import throttle
from yupana.interfaces.portal.asked import asked
from yupana.interfaces.portal.books import put_to_all
from yupana.interfaces.portal.forms import CommentForm
from yupana.interfaces.portal.page import foot, or_404, page_of, public_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpRequest, HttpResponse

    from yupana.domain.instruments.public import Consulted, Node

COMMENTS = 30  # on a page
UNPROCESSABLE, TOO_MANY = 422, 429
HERE = {"same-origin", "none"}  # what a browser calls a form that was sent from a page of ours, or by hand


@public_page
def consultation(request: HttpRequest, instrument: str, code: str) -> HttpResponse:
    """Show what is put and until when, its uppermost items, and the comments that were answered."""
    return _whole(request, put_to_all(instrument, code))


@public_page
def put_item(request: HttpRequest, instrument: str, code: str, role: str, item: str) -> HttpResponse:
    """Show one item that is put, with what it says, what is below it, and what was said about it."""
    put = put_to_all(instrument, code)
    if not put.is_open:
        return redirect("portal:consultation", instrument, code)
    return _item(request, put, f"{role}:{item}")


@csrf_exempt
@never_cache
@require_POST
@or_404
def say(request: HttpRequest, instrument: str, code: str) -> HttpResponse:
    """Take a comment on the whole or on an item, and lead to its receipt; nothing of what was typed is lost."""
    put = put_to_all(instrument, code)
    form = CommentForm(request.POST)
    status = _refusal(request, put, form)
    if status:
        return _again(request, put, form, status)
    try:
        said = form.cleaned_data
        heard = comment(actor=NOBODY, edition=put.ref, item=said["item"], text=said["text"], on=timezone.localdate())
    except Missing:
        return _again(request, put, form, UNPROCESSABLE)
    except Refused as refused:
        form.add_error(None, words.sentence(refused))
        return _again(request, put, form, UNPROCESSABLE)
    return redirect("portal:receipt", instrument, code, instruments.number_of(heard.entry))


@public_page
def receipt(request: HttpRequest, instrument: str, code: str, receipt: str) -> HttpResponse:
    """Show that a comment came, where it stands in the record once it is sealed, and its answer once there is one."""
    put = put_to_all(instrument, code)
    found = instruments.receipt(put.id, receipt)
    when = asked(request)
    context = {"here": "plan", "asked": when, "foot": foot(when), "put": put, "receipt": found}
    return render(request, "portal/consultation_receipt.html", context)


def _refusal(request: HttpRequest, put: Consulted, form: CommentForm) -> int:
    """Say in the form why it is not taken, and return the status that says the same; 0 where it is."""
    if not _is_ours(request):
        form.add_error(None, _("This came from another site. Read it, and send it from here."))
        return UNPROCESSABLE
    if not form.is_valid():
        return UNPROCESSABLE
    if not throttle.take(request, put.ref):
        form.add_error(None, _("Many comments came in this hour. Try again in an hour: your text is below."))
        return TOO_MANY
    return 0


def _is_ours(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of ours, as far as the browser says so; old ones name only the host."""
    origin = request.headers.get("Origin")
    return request.headers.get("Sec-Fetch-Site", "none") in HERE and (
        origin is None or urlsplit(origin).netloc == request.get_host()
    )


def _again(request: HttpRequest, put: Consulted, form: CommentForm, status: int) -> HttpResponse:
    """Show the page from which it was sent, with what was typed; where its item is gone, offer those that are there."""
    item = str(form.data.get("item", ""))
    if not item or not put.is_open:
        return _whole(request, put, form, status)
    try:
        return _item(request, put, item, form, status)
    except Missing:
        form.add_error("item", _("This item is not there any more. Choose another one, or the whole text."))
        form.offer((node.key, f"{node.code} · {node.text}") for node in _nodes(instruments.tree(put.id)))
        return _whole(request, put, form, status)


def _nodes(tree: Iterable[Node]) -> Iterator[Node]:
    for node in tree:
        yield node
        yield from _nodes(node.children)


def _whole(request: HttpRequest, put: Consulted, form: CommentForm | None = None, status: int = 200) -> HttpResponse:
    when = asked(request)
    context = {
        "here": "plan",
        "asked": when,
        "foot": foot(when),
        "put": put,
        "takes": put.last.takes(timezone.localdate()),
        "tree": instruments.tree(put.id) if put.is_open else (),
        "cut": page_of(request, instruments.heard(put.id), COMMENTS),
        "form": form or CommentForm(),
        "say": reverse("portal:say", args=[put.instrument, put.code]),
    }
    return render(request, "portal/consultation.html", context, status=status)


def _item(
    request: HttpRequest, put: Consulted, key: str, form: CommentForm | None = None, status: int = 200
) -> HttpResponse:
    role, _colon, code = key.partition(":")
    node = instruments.item(put.id, role, code)
    when = asked(request)
    context = {
        "here": "plan",
        "asked": when,
        "foot": foot(when),
        "put": put,
        "takes": put.last.takes(timezone.localdate()),
        "node": node,
        "told": instruments.told(put.id, [node.id])[node.id],
        "cut": page_of(request, instruments.heard(put.id, node.key), COMMENTS),
        "form": form or CommentForm(initial={"item": node.key}),
        "say": reverse("portal:say", args=[put.instrument, put.code]),
    }
    return render(request, "portal/consultation_item.html", context, status=status)
