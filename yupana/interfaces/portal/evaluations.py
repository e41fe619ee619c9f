"""Published evaluations: the page that is read and printed, its bodies, what a figure is made of, and its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from yupana.domain.entities import public as entities
from yupana.domain.progress.public import evaluations
from yupana.foundation.kernel.text import fold
from yupana.interfaces import sending
from yupana.interfaces.interchange import evaluations as workbook
from yupana.interfaces.interchange.spreadsheets.streamed import streamed
from yupana.interfaces.portal.asked import asked, one_of, query_of, text_of
from yupana.interfaces.portal.frozen import opened_figure
from yupana.interfaces.portal.page import Foot, foot, page_of, public_page
from yupana.projections.overviews import evaluation as overview
from yupana.projections.overviews.evaluation.telling import STANDS, WITHOUT, Telling

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from yupana.domain.progress.public.evaluations import EvaluationCard
    from yupana.interfaces.portal.asked import Asked

ROWS = 50
NAMED = 60  # bodies that are named on the page itself


@public_page
def index(request: HttpRequest) -> HttpResponse:
    """List what was evaluated."""
    when = asked(request)
    found = evaluations.published_evaluations()
    context = {"here": "evaluations", "asked": when, "foot": foot(when), "evaluations": found}
    return render(request, "portal/evaluations/index.html", context)


@public_page
def evaluation(request: HttpRequest, code: str) -> HttpResponse:
    """Show one evaluation, as it was frozen."""
    card, told = _found(code)
    silent = told.reading.silent()
    context = {
        **_frame(request, card),
        "told": told,
        "silent": silent[:NAMED],
        "more_silent": len(silent[NAMED:]),
        "silent_total": len(silent),
    }
    return render(request, "portal/evaluations/evaluation.html", context)


@public_page
def bodies(request: HttpRequest, code: str) -> HttpResponse:
    """List its bodies, or those of one level, department, band, or name."""
    card, told = _found(code)
    choice = _choice(request, told)
    rows = [each for each in told.ordered() if _fits(each, choice)]
    context = {
        **_frame(request, card),
        "told": told,
        "cut": page_of(request, rows, ROWS).told(told.body),
        "query": query_of(**choice),
        "levels": told.levels(),
        "bands": _bands(told),
        "flags": told.flags(),
        **choice,
        "no_category": choice["category"] == WITHOUT,
    }
    return render(request, "portal/evaluations/bodies.html", context)


@public_page
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """Say what one of its figures is made of, down to what the record says as of its position."""
    card, told = _found(code)
    context = {**_frame(request, card), "told": told, **opened_figure(request, told)}
    return render(request, "portal/evaluations/figure.html", context)


@public_page
def as_json(request: HttpRequest, code: str) -> HttpResponseBase:
    """Give the frozen bytes, from which anybody can count it again."""
    card = evaluations.published_evaluation(code)
    return sending.unchanging(request, card.digest, f"{card.code}.json", "application/json")


@public_page
def as_xlsx(request: HttpRequest, code: str) -> HttpResponseBase:  # noqa: ARG001 (what the frame hands over)
    """Give the same as a workbook of several sheets."""
    card, told = _found(code)
    return sending.workbook(card.code, streamed(workbook.sheets(card, told)))


def _found(code: str) -> tuple[EvaluationCard, Telling]:
    card = evaluations.published_evaluation(code)
    return card, Telling(overview.read(card.digest), entities.levels())


def _frame(request: HttpRequest, card: EvaluationCard) -> dict[str, object]:
    """What every page of an evaluation has: its foot speaks of the frozen figures, the root of the record of now."""
    when: Asked = asked(request)
    now = foot(when)
    frozen = Foot(card.as_of, card.formula, card.position, now.size, now.root)
    return {"here": "evaluations", "asked": when, "foot": frozen, "card": card}


def _choice(request: HttpRequest, told: Telling) -> dict[str, str]:
    return {
        "q": text_of(request),
        "level": one_of(request, "level", {level.code for level in told.levels()}),
        "kind": text_of(request, "kind"),
        "category": text_of(request, "category"),
        "band": one_of(request, "band", {code for code, _words in _bands(told)}),
        "flag": one_of(request, "flag", {kind for kind, _words, _many in told.flags()}),
    }


def _fits(body: Mapping[str, Any], choice: Mapping[str, str]) -> bool:
    band = str(body["band"]) if body["band"] is not None else body["unranked"]
    return (
        choice["level"] in ("", body["level"])
        and choice["kind"] in ("", body["kind"])
        and choice["category"] in ("", body.get("category", WITHOUT))
        and choice["band"] in ("", band)
        and choice["flag"] in ("", *body["flags"])
        and all(word in fold(f"{body['name']} {body['code']}") for word in fold(choice["q"]).split())
    )


def _bands(told: Telling) -> list[tuple[str, str]]:
    """List what a list of bodies can be cut down to: each band, and each reason to be in none."""
    return [(at, name) for at, name, _floor in told.bands] + [(why, str(words)) for why, words in STANDS.items()]
