"""Activities of different bodies that look alike: looked through, and said what they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yupana.domain.commitments.actions.likening import liken as say
from yupana.domain.commitments.likenesses import RowOf
from yupana.domain.commitments.rules import Likeness
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces import sending
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import AUTHORITY, Visit, door
from yupana.interfaces.words import label
from yupana.projections.overviews.followup import plan_call
from yupana.projections.overviews.radar import MOST, Radar
from yupana.projections.overviews.register import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse, StreamingHttpResponse

    from yupana.domain.obligations.models import Call
    from yupana.projections.overviews.radar import Line, Pair

_TWO_PLANS = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")
PAIRS = 20  # on a page
COLUMNS = ("percent", "words", *(f"{of}_{side}" for side in (1, 2) for of in ("entity", "row", "name")), "said", "note")


class LikenForm(forms.Form):
    """What two activities are, each named by its obligation and its row."""

    first = forms.RegexField(r"^\d{1,9}-\d{1,6}$")
    second = forms.RegexField(r"^\d{1,9}-\d{1,6}$")
    seen = forms.IntegerField(min_value=0)
    verdict = forms.ChoiceField(choices=[(each.value, each.value) for each in Likeness])
    note = forms.CharField(label=gettext_lazy("Note"), max_length=2000, required=False)


@door(*AUTHORITY, methods=("GET", "HEAD"))
def radar(visit: Visit, code: str) -> HttpResponse:
    """List pairs of activities that look alike: open ones, or those of which something was said."""
    call, found = _found(visit, code)
    said, between = visit.request.GET.get("said", ""), visit.request.GET.get("between", "")
    shown = {"call": call, "said": said, "between": between, "query": visit.query("said", "between")}
    if found.size > MOST:
        return visit.show("desk/oversight/radar.html", {**shown, "too_many": found.size})
    lines = _lines(found, said, between)
    page = cut(lines, visit.page, PAIRS)
    if page is None:
        raise Missing("call-unknown", call=code)
    counts = {"open": len(found.open), **{each.value: len(found.settled(each)) for each in Likeness}}
    shown |= {"page": page, "pairs": found.told(page.rows), "counts": counts, "rows": found.size}
    return visit.show("desk/oversight/radar.html", shown)


@door(*AUTHORITY, methods=("GET", "HEAD"))
def radar_csv(visit: Visit, code: str) -> StreamingHttpResponse:
    """Give the same list whole, as a table."""
    _call, found = _found(visit, code)
    lines = _lines(found, visit.request.GET.get("said", ""), "") if found.size <= MOST else []
    return sending.table(f"{code}-radar", [COLUMNS, *map(_told, found.told(lines))])


@door(Role.REVIEWER, Role.PLANNER, methods=("POST",))
def liken(visit: Visit, code: str) -> HttpResponse:
    """Say of two activities what they are, and go on with the next pair."""
    call = plan_call(visit.actor, code)
    form = LikenForm(visit.sent)
    status = attempt(form, lambda: _say(visit, form))
    if status != DONE:
        return visit.show("desk/oversight/refused.html", {"call": call, "form": form}, status)
    joined = form.cleaned_data["verdict"] == Likeness.JOIN
    return visit.done(_("Marked: join forces.") if joined else _("Marked: different."), "radar", code)


def _say(visit: Visit, form: LikenForm) -> None:
    told = form.cleaned_data
    first, second = (RowOf(*map(int, told[side].split("-"))) for side in ("first", "second"))
    say(
        actor=visit.actor,
        first=first,
        second=second,
        verdict=told["verdict"],
        note=told["note"],
        seen=told["seen"],
        on=visit.on,
    )


def _told(pair: Pair) -> list[str]:
    sides = (cell for row in pair.rows for cell in (row.submission.obligation.debtor.name, str(row.row), row.name))
    settled = pair.settled
    told = [label(Likeness(settled.verdict)), settled.note] if settled else ["", ""]
    return [str(pair.share.percent), " ".join(pair.words), *sides, *told]


def _found(visit: Visit, code: str) -> tuple[Call, Radar]:
    call = plan_call(visit.actor, code)
    return call, Radar(visit.actor, [call])


def _lines(found: Radar, said: str, between: str) -> Sequence[Line]:
    """Choose the pairs: of two plans ("12-15"), of which something was said, or else the open ones."""
    if plans := _TWO_PLANS.fullmatch(between):
        return found.between(int(plans[1]), int(plans[2]))
    known = {each.value: each for each in Likeness}
    return found.settled(known[said]) if said in known else found.open
