"""What somebody typed into a draft that is none any more: shown to be copied, for it can be saved nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.interfaces.desk.doors import CONFLICT, Visit

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yupana.domain.obligations.models import Obligation

_UNTYPED = {"csrfmiddlewaretoken", "base", "seen", "another"}


def kept(visit: Visit, obligation: Obligation, name: str) -> HttpResponse:
    """Say that the draft was handed in or discarded meanwhile, and show what was typed; ``name`` of the page to go to.

    Fields of a table are named like "3.name", and stand together by row.
    """
    rows: dict[str, list[str]] = {}
    for key, text in visit.request.POST.items():
        row, dot, _rest = key.partition(".")
        if key not in _UNTYPED and str(text).strip():
            rows.setdefault(row if dot else "", []).append(str(text))
    shown = {"obligation": obligation, "place": f"desk:{name}", "rows": list(rows.items())}
    return visit.show("desk/kept.html", shown, CONFLICT)
