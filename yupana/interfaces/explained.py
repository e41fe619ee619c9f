"""The page of a figure, for portal and desk: its address read, its parts and leaves in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from django.core.exceptions import BadRequest
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yupana.domain.entities import public as entities
from yupana.domain.progress.rules import Flag
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.kernel.share import Share
from yupana.interfaces import gauges, tags, words
from yupana.projections.figures.labels import FORMULAS, LABELS
from yupana.projections.figures.rules import COVERAGE, EXECUTION, PROGRESS
from yupana.projections.overviews.explain import Axis, explain
from yupana.projections.overviews.explained.leaves import leaves
from yupana.projections.overviews.figure import BELOW, BY_LINE, BY_WEIGHT, NO_LINE, NOWHERE, Figure
from yupana.projections.overviews.money import ACCRUED, CURRENT, PROGRAMMED
from yupana.projections.overviews.register import names_of_departments

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.http import QueryDict

    from yupana.domain.progress.rules import Said
    from yupana.projections.overviews.explain import Explained
    from yupana.projections.overviews.explained.deeds import Deed
    from yupana.projections.overviews.explained.leaves import Leaf
    from yupana.projections.overviews.explained.parts import Part

MOST_CALLS, MOST_TEXT = 60, 200
HOW = ("", BY_WEIGHT, BY_LINE)
MONEY = {
    PROGRAMMED: gettext_lazy("Money programmed in accepted plans"),
    CURRENT: gettext_lazy("Current budget said in accepted plans"),
    ACCRUED: gettext_lazy("Money accrued as said in accepted plans"),
}
NAMES = {**LABELS, **MONEY}
OF_MONEY = gettext_lazy(
    "The sum of what the activities of accepted plans say, in cents. An activity of several lines divides its money "
    "among them. What nobody said is missing: it is not zero."
)


@dataclass(frozen=True, slots=True)
class Row:
    """One part in words: ``told`` its numbers with their base, ``unknown`` what nobody knows.

    ``address`` is where it opens further ("": it does not).
    """

    name: str
    share: Share
    told: str
    address: str
    weight: int
    unknown: str
    leaf: Leaf | None = None
    deeds: tuple[Done, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """An activity in words."""

    deed: Deed
    ratio: str
    counted: str
    actual: str
    target: str
    to_date: str
    baseline: str
    flags: tuple[str, ...]
    told: tuple[tuple[str, str, str, int | None, int | None, bool], ...]


def figure_of(query: QueryDict, *, today: date | None, call: str = "") -> Figure:
    """Read a figure's address: 404 for what is not counted, 400 for a day that is none or (``today``) to come.

    ``call``: it is read at the desk, of that call alone; where the address says nothing more, how far it is covered.
    """
    told = {name: query.get(name, "")[:MOST_TEXT].replace("\0", "") for name in ("m", "i", "n", "t", "e", "p", "x")}
    calls = (call,) if call else tuple(code for code in query.get("c", "").replace("\0", "").split(",") if code)
    measure, day = told["m"] or COVERAGE * bool(call), query.get("as_of", "") or date.max.isoformat() * bool(call)
    if measure not in (NAMES if call else LABELS) or not 0 < len(calls) <= MOST_CALLS or told["p"] not in HOW:
        raise Http404
    if told["n"] and told["n"] not in {level.code for level in entities.levels()}:
        raise Http404
    return Figure(
        measure=measure, calls=calls, as_of=_day(day, today), item=told["i"], level=told["n"],
        territory=told["t"], entity=told["e"], weighted=told["p"] == BY_WEIGHT, by_line=told["p"] == BY_LINE,
        only=told["x"], inside=bool(call),
    )  # fmt: skip


def _day(text: str, today: date | None) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadRequest("as_of") from None
    if day.isoformat() != text or (today is not None and day > today):
        raise BadRequest("as_of")
    return day


def context_of(
    figure: Figure, calls: Mapping[int, str], titles: Sequence[str], page: int, position: int
) -> dict[str, object]:
    """Say everything that the page of a figure shows; 404 for what is not there."""
    found = explain(figure, calls, page)
    if found is None:
        raise Http404
    say, said = saying(figure.measure), unknown_in(figure.measure)
    return {
        "explained": found,
        "name": NAMES[figure.measure],
        "formula": FORMULAS.get(figure.measure, OF_MONEY),
        "told": say(found.share),
        "unknown": said(found.share),
        "titles": [*titles, *_about(figure)],
        "rows": _rows(found, position),
        "before": _rest(found.before, say, said),
        "after": _rest(found.after, say, said),
        "up": _up(figure),
        "by_line": _by_line(found),
        "query": _page_query(figure),
        "is_money": figure.measure in MONEY,
        "is_progress": figure.measure in PROGRESS and figure.measure != EXECUTION,
    }


def saying(measure: str) -> Callable[[Share], str]:
    """Return how shares of a measure are written: "12 of 40", or in bolivianos."""

    def counted(share: Share) -> str:
        done, due = tags.number(share.done), tags.number(share.due)
        return _("%(done)s of %(due)s") % {"done": done, "due": due}

    def money(share: Share) -> str:
        done, due = tags.bolivianos(share.done), tags.bolivianos(share.due)
        return _("%(done)s of %(due)s") % {"done": done, "due": due}

    def amount(share: Share) -> str:
        return tags.bolivianos(share.done)

    if measure in MONEY:
        return amount
    return money if measure == EXECUTION else counted


def unknown_in(measure: str) -> Callable[[Share], str]:
    """Return how what is unknown in shares of a measure is written: as a number, or in bolivianos."""
    write = tags.bolivianos if measure in MONEY or measure == EXECUTION else tags.number
    return lambda share: write(share.unknown)


def leaf_row(name: str, share: Share, leaf: Leaf, measure: str) -> Row:
    """Say of one obligation what the record says of it."""
    told = saying(measure)(share) if share.due else ""
    deeds = tuple(_done(deed, measure) for deed in leaf.deeds)
    return Row(name, share, told, "", 0, unknown_in(measure)(share), leaf, deeds)


def _rows(found: Explained, position: int) -> list[Row]:
    say = saying(found.figure.measure)
    held = _leaves(found, position)
    return [_row(part, found.axis, say, held, found.figure.measure) for part in found.cut.rows]


def _leaves(found: Explained, position: int) -> Mapping[int, Leaf]:
    if found.axis is not Axis.OBLIGATION:
        return {}
    owed = [part.obligation for part in found.cut.rows if part.obligation is not None]
    return leaves(found.figure, owed, found.item, position=position, inside=found.figure.inside)


def _row(
    part: Part, axis: Axis, say: Callable[[Share], str], held: Mapping[int, Leaf], measure: str
) -> Row:  # what a row is made of
    leaf = held.get(part.obligation or 0)
    return Row(
        name=part.name or (_("in no department") if axis is Axis.DEPARTMENT else _("answers no line")),
        share=part.share,
        told=say(part.share) if part.share.due else "",
        address=tags.explained_at(part.figure) if part.figure else "",
        weight=part.weight,
        unknown=unknown_in(measure)(part.share),
        leaf=leaf,
        deeds=tuple(_done(deed, measure) for deed in leaf.deeds) if leaf else (),
    )


def _done(deed: Deed, measure: str) -> Done:
    now = deed.advance
    return Done(
        deed=deed,
        ratio=words.label(deed.unsaid) if deed.unsaid else _percent(deed.ratio),
        counted="" if measure == EXECUTION else _counted(deed),
        actual=_quantity(now.actual),
        target=_quantity(now.target),
        to_date=_quantity(now.target_to_date),
        baseline="" if deed.baseline is None else gauges.quantity(Fraction(deed.baseline)),
        flags=tuple(words.label(flag) for flag in Flag if flag in now.flags),
        told=tuple(
            (words.period(each.period), _said(each.said), _said(each.found), each.accepted_at, each.verdict_at,
             each.disputed)
            for each in deed.told
        ),
    )  # fmt: skip


def _counted(deed: Deed) -> str:
    """Write what an activity gives to its line: basis points of those that are its part."""
    if not deed.counts or deed.capped is None:
        return ""
    return _("%(done)s of %(due)s") % {"done": _points(deed.points * deed.capped), "due": _points(deed.points)}


def _points(value: Fraction) -> str:
    return gauges.quantity(Fraction(round(value * 100) * (SCALE // 100)))


def _said(value: Said | None) -> str:
    """Write what was said of a period: "" where nothing was, the word where it was said that there is none."""
    if value is None:
        return ""
    return gauges.told(value) or _("no value")


def _quantity(value: Fraction | None) -> str:
    return "" if value is None else gauges.quantity(Fraction(round(value)))


def _percent(ratio: Fraction | None) -> str:
    """Write a ratio in per cent with two decimals where it has them."""
    if ratio is None:
        return ""
    return f"{gauges.quantity(Fraction(round(ratio * 10_000) * SCALE // 100))}{tags.NARROW}%"


def _rest(share: Share, say: Callable[[Share], str], unknown: Callable[[Share], str]) -> Row | None:
    return None if share == Share() else Row("", share, say(share), "", 0, unknown(share))


def _place(code: str) -> str:
    """Name a department."""
    return _("in no department") if code == NOWHERE else names_of_departments().get(code, code)


def _about(figure: Figure) -> list[str]:
    """Say of what it is a figure, beside its calls: of which part of the plan, of whom."""
    told = []
    if figure.item and figure.item != NO_LINE:
        ref, _sign, key = figure.item.partition("#")
        told.append(f"{tags.item_named(key.removesuffix(BELOW))} · {ref}" if key else ref)
    told += [level.name for level in entities.levels() if level.code == figure.level]
    if figure.territory:
        told.append(_place(figure.territory))
    if figure.entity:
        source, _sign, number = figure.entity.partition(":")
        told.append(entities.card(source, number).name)
    return told


def _up(figure: Figure) -> list[tuple[str, str]]:
    """Name the wider figures that this one is a part of, the widest first."""
    steps: list[tuple[str, Figure]] = []
    if figure.level or figure.entity:
        steps.append((_("all together"), replace(figure, level="", territory="", entity="")))
    if figure.level and (figure.territory or figure.entity):
        name = next(level.name for level in entities.levels() if level.code == figure.level)
        steps.append((name, replace(figure, territory="", entity="")))
    if figure.territory and figure.entity:
        steps.append((_place(figure.territory), replace(figure, entity="")))
    return [(name, tags.explained_at(wider)) for name, wider in steps]


def _by_line(found: Explained) -> str:
    figure = found.figure
    if found.lines < 2 or figure.weighted or figure.by_line or figure.entity:  # noqa: PLR2004 - one line is the figure
        return ""
    return tags.explained_at(replace(figure, by_line=True))


def _page_query(figure: Figure) -> str:
    return tags.explained_at(figure).partition("?")[2] + "&"
