"""Who comes in. Every view of the desk stands behind `door`, which denies by default."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.defaults import page_not_found

from yupana.domain.people import queries as people
from yupana.foundation.kernel.actor import Actor, Role
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.interfaces import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from django.http import HttpRequest, QueryDict
    from django.http.response import HttpResponseBase

UNPROCESSABLE = 422
CONFLICT = 409
FORBIDDEN = 403
AUTHORITY = (Role.PLANNER, Role.REVIEWER, Role.AUDITOR)
ENTITY = (Role.ENTITY_PLANNER, Role.EXECUTIVE)


@dataclass
class Visit:
    """One request by somebody with a mandate in force: who asks, on which day, and how to answer."""

    request: HttpRequest
    actor: Actor
    on: date

    @property
    def writes(self) -> bool:
        """Whether this is a form being sent."""
        return self.request.method == "POST"

    @property
    def sent(self) -> QueryDict | None:
        """What was sent; None when nothing was, which a form takes for showing itself."""
        return self.request.POST if self.writes else None

    @cached_property
    def who(self) -> list[tuple[str, str]]:
        """The bodies and roles for which they act, for the line that says who one is here."""
        held = people.mandates_of(cast("Any", self.request.user), self.on)
        return [(mandate.entity.name, words.label(Role(mandate.role))) for mandate in held]

    @property
    def reviews(self) -> bool:
        """Whether the review queue is theirs to read."""
        return self.actor.has(*AUTHORITY)

    @property
    def decides(self) -> bool:
        """Whether they may decide on what was handed in."""
        return self.actor.has(Role.REVIEWER)

    @property
    def governs(self) -> bool:
        """Whether they publish editions and open calls."""
        return self.actor.has(Role.PLANNER)

    @property
    def owes(self) -> bool:
        """Whether they act for an entity."""
        return self.actor.has(*ENTITY)

    @property
    def page(self) -> int:
        """The page asked for; the first where the address says no number."""
        text = self.request.GET.get("page", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1  # noqa: PLR2004 - no list is so long

    def query(self, *names: str) -> str:
        """The other parameters of this address, for the links of the pager: empty, or ending in &."""
        said = {name: self.request.GET[name] for name in names if self.request.GET.get(name)}
        return f"{urlencode(said)}&" if said else ""

    def show(self, template: str, context: Mapping[str, object], status: int = 200) -> HttpResponse:
        """Render a page of the desk."""
        return render(self.request, template, {**context, "visit": self}, status=status)

    def go(self, name: str, *args: object, **query: object) -> HttpResponse:
        """Redirect after a write."""
        address = reverse(f"desk:{name}", args=args)
        return HttpResponseRedirect(f"{address}?{urlencode(query)}" if query else address)

    def done(self, told: str, name: str, *args: object, **query: object) -> HttpResponse:
        """Redirect after a write, and say there what was done."""
        messages.success(self.request, told)
        return self.go(name, *args, **query)


def acting(request: HttpRequest) -> Actor:
    """Return who asks, with the mandates in force today; nobody without an account."""
    return people.actor_for(cast("Any", request.user), on=timezone.localdate())


def status_of(refused: Refused) -> int:
    """Return the HTTP status that says the same."""
    if isinstance(refused, Conflict):
        return CONFLICT
    return FORBIDDEN if isinstance(refused, Forbidden) else UNPROCESSABLE


def door(
    *roles: Role, methods: tuple[str, ...] = ("GET", "HEAD", "POST")
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Let a view be reached only by people with a mandate in force, in one of the roles if any is named.

    Anonymous readers are sent to sign in; what is sent without a session, or without the role, is answered 403. The
    pages that come out are never kept by a cache.
    """

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def answer(request: HttpRequest, **kwargs: object) -> HttpResponseBase:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            response = _let_in(view, roles, request, kwargs)
            add_never_cache_headers(response)
            return response

        answer.roles = roles  # type: ignore[attr-defined] # read by the test that no view stands outside a door
        return answer

    return decorate


def _let_in(
    view: Callable[..., HttpResponseBase], roles: tuple[Role, ...], request: HttpRequest, kwargs: Mapping[str, object]
) -> HttpResponseBase:
    if not request.user.is_authenticated:
        return _to_sign_in(request)
    visit = Visit(request, acting(request), timezone.localdate())
    if not visit.actor.mandates:
        # The inbox is where everybody lands after signing in; there the answer is a page, elsewhere a refusal.
        landing = request.method != "POST" and request.path == reverse("desk:inbox")
        return visit.show("desk/no_mandate.html", {}, 200 if landing else FORBIDDEN)
    if roles and not visit.actor.has(*roles):
        return visit.show("desk/refused.html", {"sentence": words.sentence(Forbidden("role-missing"))}, FORBIDDEN)
    try:
        return view(visit, **kwargs)
    except Missing as missing:
        # Answered here, so that this page too is never kept by a cache.
        return page_not_found(request, missing)
    except Refused as refused:
        return visit.show("desk/refused.html", {"sentence": words.sentence(refused)}, status_of(refused))


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return render(request, "desk/signed_out.html", {}, status=FORBIDDEN)
    return HttpResponseRedirect(f"{reverse('desk:sign-in')}?{urlencode({'next': request.get_full_path()})}")
